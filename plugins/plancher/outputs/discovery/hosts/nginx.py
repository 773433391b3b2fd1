"""For nginx: maps, which stand above « server », and the one line that asks them.

A map finds one of ten thousand addresses at once, which as many « location »
would not (nginx.org/en/docs/http/ngx_http_map_module.html). It takes « /Un »
for « /un », but in a regular expression, which costs more.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Collection, Iterable, Iterator

from plancher.base.former_address import unquoted, value_of
from plancher.outputs.discovery.hosts import patterns
from plancher.outputs.discovery.hosts.rules import Rules

HTTP, SERVER = "nginx-http.conf", "nginx-server.conf"
_LONGEST, _MOST = 40, 1000
"""Bytes of a key, and keys, for which the tables of nginx have room by themselves."""


def http(rules: Rules, head: str) -> str:
    """What stands above « server »."""
    return head + "".join(f"{line}\n" for line in (*_sizes(rules), *_maps(rules)))


def server(rules: Rules, head: str) -> str:
    """What stands in « server »."""
    return f"{head}if (${_name(rules)}) {{\n    return 301 ${_name(rules)};\n}}\n"


def _name(rules: Rules) -> str:
    """A variable of this site alone: others may stand on the same server."""
    return "plancher_" + re.sub(r"[^a-z0-9]+", "_", rules.site.lower().partition("//")[2]).strip("_")


def _sizes(rules: Rules) -> Iterator[str]:
    keys = [path for path, _ in rules.paths] + [f"{path}?{query}" for path, query, _ in rules.queries]
    longest = max((len(key.encode("utf-8", "surrogateescape")) for key in keys), default=0)
    if longest > _LONGEST or len(rules) > _MOST:
        yield "# Si nginx dit que ces deux lignes sont là deux fois (« duplicate »), retirez-les d'ici et gardez les plus grandes valeurs."
        yield f"map_hash_max_size {max(2048, 1 << (2 * len(rules)).bit_length())};"
        yield f"map_hash_bucket_size {max(128, 1 << (longest + 32).bit_length())};"


def _maps(rules: Rules) -> Iterator[str]:
    """Each asks the next when it does not know: whole queries, each parameter, paths."""
    name = _name(rules)
    steps: list[tuple[str, Iterable[tuple[str, str, bool]]]] = [("$uri?$args", _queries(rules))]
    steps += [(f"$uri?{parameter}=$arg_{parameter}", _values(parameter, known)) for parameter, known in rules.parameters.items()]
    steps += [("$uri", [*((path, target, False) for path, target in rules.paths), *((path, target, True) for path, target in rules.prefixes)])]
    for number, (source, pairs) in enumerate(steps):
        own = f"{name}_{number}" if number else name
        following = f"${name}_{number + 1}" if number + 1 < len(steps) else '""'
        yield f'map "{source}" ${own} {{'
        yield f"    default {following};"
        yield from _lines(pairs, rules.respelt)
        yield "}"


def _queries(rules: Rules) -> Iterator[tuple[str, str, bool]]:
    """As a browser sends them, and decoded."""
    for path, query, target in rules.queries:
        yield f"{path}?{query}", target, False
        yield f"{path}?{unquoted(query)}", target, False


def _values(parameter: str, known: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, bool]]:
    for path, value, target in known:
        for form in _sent(value):
            yield f"{path}?{parameter}={form}", target, False


def _sent(value: str) -> Iterator[str]:
    """A value as it may be sent."""
    said = value_of(value)
    yield from dict.fromkeys((value, said, urllib.parse.quote(said, errors="surrogateescape"), urllib.parse.quote_plus(said, errors="surrogateescape")))


def _lines(pairs: Iterable[tuple[str, str, bool]], respelt: Collection[str]) -> Iterator[str]:
    """Each key once: to nginx, « /Un » and « /un » are one.

    :param respelt: keys of which each other case is another address.
    """
    seen: set[bytes] = set()
    for key, target, is_prefix in pairs:
        raw, is_respelt = key.encode("utf-8", "surrogateescape"), key in respelt
        folded = (raw if is_respelt else raw.lower()) + (b"*" if is_prefix else b"")
        if folded in seen:
            continue
        seen.add(folded)
        is_plain = patterns.is_plain(key) and not is_prefix and not is_respelt
        written = key if is_plain else f"~^{patterns.of_bytes(key)}{'' if is_prefix else '$'}"
        yield f'    "{written}" "{target}";'
