"""For Apache, which reads « .htaccess » again for each request: few lines at the root of the site, thousands where few requests go.

Five thousand rules cost each request of each page thirty milliseconds, three
hundred cost two. Beyond, folders of their own have them, where Apache looks
only for a query that we know, by its last two signs, or for what has no file;
the pages that stand in the place of former addresses answer for the rest.
"""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Collection, Iterator

from plancher.base.former_address import unquoted, value_of
from plancher.outputs.discovery.hosts import patterns
from plancher.outputs.discovery.hosts.rules import Rules

FILE = ".htaccess"
FOLDER = "_redirections"
MOST = 300
"""Rules that the root of the site may have."""
_PLAIN = re.compile(r"[A-Za-z0-9_/.-]*?(?P<last>[a-z0-9]{1,2})")
"""A query, or the value of a parameter, that is sent as it is."""


def files(rules: Rules, head: str, has_page: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """The path of each file, from the root of the site, and its text.

    :param has_page: the paths in whose place a page stands.
    """
    if not len(rules):
        return
    if len(rules) <= MOST:
        yield FILE, _file(head, f"{rules.base}/", list(_rules(rules)))
        return
    without = dataclasses.replace(rules, paths=[(path, target) for path, target in rules.paths if path not in has_page])
    folders = _folders(without)
    yield FILE, _file(head, f"{rules.base}/", list(_to_folders(without, folders)))
    back = f"{_substituted(rules.base)}/$1"
    yield f"{FOLDER}/{FILE}", _file(head, f"{rules.base}/{FOLDER}/", [f'RewriteRule "^[^/]*/(.*)$" "{back}" [END]'])
    for name, own in sorted(folders.items()):
        lines = [*_rules(own), f'RewriteRule "^(.*)$" "{back}" [END]']
        yield f"{FOLDER}/{name}/{FILE}", _file(head, f"{rules.base}/{FOLDER}/{name}/", lines)


def _folders(rules: Rules) -> dict[str, Rules]:
    """The rules of each folder: those of queries that end with the same signs, those of the other queries, those of paths."""
    parameters: dict[str, dict[str, list[tuple[str, str, str]]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    queries: dict[str, list[tuple[str, str, str]]] = collections.defaultdict(list)
    for name, known in rules.parameters.items():
        for path, value, target in known:
            plain = _PLAIN.fullmatch(value)
            parameters[f"q-{name}-{plain['last']}" if plain and name.islower() else "q"][name].append((path, value, target))
    for path, query, target in rules.queries:
        plain = _PLAIN.fullmatch(query)
        queries[f"q--{plain['last']}" if plain else "q"].append((path, query, target))
    found = {
        name: dataclasses.replace(rules, paths=(), prefixes=(), parameters=parameters.get(name, {}), queries=queries.get(name, ()))
        for name in {*parameters, *queries}
    }
    return found | ({"p": dataclasses.replace(rules, parameters={}, queries=())} if rules.paths or rules.prefixes else {})


def _file(head: str, base: str, lines: list[str]) -> str:
    return "\n".join([f"{head}<IfModule mod_rewrite.c>", "RewriteEngine On", f'RewriteBase "{base}"', *lines, "</IfModule>", ""])


def _to_folders(rules: Rules, folders: Collection[str]) -> Iterator[str]:
    """What sends a request to the folder that may know it."""
    asked = {path for known in rules.parameters.values() for path, _, _ in known} | {path for path, _, _ in rules.queries}
    paths = "|".join(sorted(patterns.of_bytes(_inside(path, rules)) for path in asked))
    names = "|".join(name for name in rules.parameters if name.islower())
    conditions = {
        "q-%1-%2": rf"(?:^|&)({names})=[A-Za-z0-9_/.-]*?([a-z0-9]{{1,2}})(?:&|$)" if names else "",
        "q--%1": "^[A-Za-z0-9_/.-]*?([a-z0-9]{1,2})$" if any(name.startswith("q--") for name in folders) else "",
        "q": "." if "q" in folders else "",
    }
    for folder, pattern in conditions.items():
        if pattern:
            yield f'RewriteCond %{{QUERY_STRING}} "{pattern}"'
            yield f'RewriteRule "^(?:{paths})$" "{FOLDER}/{folder}/$0" [L]'
    if "p" in folders:
        yield "RewriteCond %{REQUEST_FILENAME} !-f"
        yield "RewriteCond %{REQUEST_FILENAME} !-d"
        yield f'RewriteRule "^(.+)$" "{FOLDER}/p/$1" [L]'


def _rules(rules: Rules) -> Iterator[str]:
    """Each former address; a rule sees its path from the folder of the file, and decoded."""
    for name, known in rules.parameters.items():
        for path, value, target in known:
            yield f'RewriteCond %{{QUERY_STRING}} "(?:^|&){name}={_sent(value_of(value))}(?:&|$)" [NC]'
            yield _rule(f"^{patterns.of_bytes(_inside(path, rules))}$", target)
    for path, query, target in rules.queries:
        yield f'RewriteCond %{{QUERY_STRING}} "^{_sent_whole(query)}$" [NC]'
        yield _rule(f"^{patterns.of_bytes(_inside(path, rules))}$", target)
    twice = {path for path, _ in rules.paths}
    for path, target in rules.paths:
        if path.endswith("/") and path.rstrip("/") in twice:
            continue
        yield _rule(f"^{patterns.of_bytes(_inside(path, rules))}{'/?' if f'{path}/' in twice else ''}$", target)
    for path, target in rules.prefixes:
        yield _rule(f"^{patterns.of_bytes(_inside(path, rules))}", target)


def _inside(path: str, rules: Rules) -> str:
    return path.removeprefix(f"{rules.base}/")


def _rule(pattern: str, target: str) -> str:
    return f'RewriteRule "{pattern}" "{_substituted(target)}" [R=301,L,NE,QSD]'


def _substituted(address: str) -> str:
    """« %2 » would be a part of what the condition found."""
    return re.sub(r"[%$]", r"\\\g<0>", address)


def _sent(value: str) -> str:
    """A value as it may be sent: each sign as it is, or behind a percent sign."""
    signs = (_sign(bytes([byte])) for byte in value.encode("utf-8", "surrogateescape"))
    return "".join(signs)


def _sign(byte: bytes) -> str:
    if byte.isalnum():
        return byte.decode("ascii")
    other = r"|\+" if byte == b" " else ""
    return f"(?:\\x{byte[0]:02x}|%{byte[0]:02x}{other})"


def _sent_whole(query: str) -> str:
    """A whole query: its own percent signs say what is decoded."""
    return _sent(unquoted(query))
