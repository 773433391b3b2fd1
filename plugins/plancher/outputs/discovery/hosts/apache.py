"""For Apache, which reads « .htaccess » again for each request: few lines at the root of the site, thousands where few requests go.

Five thousand rules cost each request of each page thirty milliseconds, three
hundred cost two. Beyond, a folder of their own has them, where Apache looks
only for what has a query that we know, or no file; the pages that stand in the
place of former addresses answer for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.base.former_address import unquoted, value_of
from plancher.outputs.discovery.hosts import patterns
from plancher.outputs.discovery.hosts.rules import Rules

FILE = ".htaccess"
FOLDER = "_redirections"
MOST = 300
"""Rules that the root of the site may have."""


def files(rules: Rules, head: str) -> Iterator[tuple[str, str]]:
    """The path of each file, from the root of the site, and its text."""
    if not len(rules):
        return
    own = list(_rules(rules))
    if len(own) <= MOST:
        yield FILE, _file(head, f"{rules.base}/", own)
        return
    yield FILE, _file(head, f"{rules.base}/", list(_to_folder(rules)))
    back = f'RewriteRule "^(.*)$" "{_substituted(rules.base)}/$1" [END]'
    yield f"{FOLDER}/{FILE}", _file(head, f"{rules.base}/{FOLDER}/", [*own, back])


def _file(head: str, base: str, lines: list[str]) -> str:
    return "\n".join([f"{head}<IfModule mod_rewrite.c>", "RewriteEngine On", f'RewriteBase "{base}"', *lines, "</IfModule>", ""])


def _to_folder(rules: Rules) -> Iterator[str]:
    """What is looked for in the folder of rules."""
    names = "|".join(rules.parameters)
    paths = {path for known in rules.parameters.values() for path, _, _ in known} | {path for path, _, _ in rules.queries}
    if paths:
        whole = ["^" + patterns.of_bytes(query[:1]) for _, query, _ in rules.queries]
        asked = [f"(?:^|&)(?:{names})="] if names else []
        yield f'RewriteCond %{{QUERY_STRING}} "{"|".join([*asked, *sorted(set(whole))])}" [NC]'
        yield f'RewriteRule "^(?:{"|".join(sorted(patterns.of_bytes(_inside(path, rules)) for path in paths))})$" "{FOLDER}/$0" [L]'
    yield "RewriteCond %{REQUEST_FILENAME} !-f"
    yield "RewriteCond %{REQUEST_FILENAME} !-d"
    yield f'RewriteRule "^(.+)$" "{FOLDER}/$1" [L]'


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
