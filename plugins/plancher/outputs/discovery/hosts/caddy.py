"""For Caddy: maps of paths and parameters, in the block of the site (caddyserver.com/docs/caddyfile/directives/map)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.base.former_address import unquoted, value_of
from plancher.outputs.discovery.hosts import patterns
from plancher.outputs.discovery.hosts.rules import Rules

FILE = "caddy.conf"


def fragment(rules: Rules, head: str) -> str:
    """What stands in the block of the site."""
    return head + "".join(f"{line}\n" for line in _lines(rules))


def _lines(rules: Rules) -> Iterator[str]:
    steps: list[tuple[str, Iterable[tuple[str, str, bool]], str]] = [("{path}?{query}", _queries(rules), "requete")] if rules.queries else []
    for number, (parameter, known) in enumerate(rules.parameters.items()):
        values = [(f"{path}?{parameter}={value_of(value)}", target, False) for path, value, target in known]
        steps.append((f"{{path}}?{parameter}={{http.request.uri.query.{parameter}}}", values, f"parametre_{number}"))
    paths = [*((path, target, False) for path, target in rules.paths), *((path, target, True) for path, target in rules.prefixes)]
    steps += [("{path}", iter(paths), "chemin")] if paths else []
    for source, pairs, name in steps:
        own = f"plancher_{name}"
        yield f'map "{source}" {{{own}}} {{'
        yield from _pairs(pairs)
        yield '    default ""'
        yield "}"
        yield f'@{own} not vars {{{own}}} ""'
        yield f"redir @{own} {{{own}}} 301"


def _queries(rules: Rules) -> Iterator[tuple[str, str, bool]]:
    for path, query, target in rules.queries:
        for form in dict.fromkeys((query, unquoted(query))):
            yield f"{path}?{form}", target, False


def _pairs(pairs: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    for key, target, is_prefix in pairs:
        is_plain = patterns.is_plain(key) and not is_prefix
        written = key if is_plain else f"~^{patterns.of_runes(key)}{'' if is_prefix else '$'}"
        yield f'    "{written}" "{target}"'
