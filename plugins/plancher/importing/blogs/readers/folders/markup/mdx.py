"""MDX: imports and exports are taken out, components keep what they hold; no expression is evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.importing.blogs.readers.folders.markup import known_calls
from plancher.importing.blogs.readers.folders.markup.calls import Call, Token, replace
from plancher.importing.blogs.readers.folders.markup.work import Work

_IMPORT = re.compile(r"(?m)^import\s+(?:(?P<what>[\w*{}\s,]{1,500}?)\s+from\s+)?[\"'](?P<from>[^\"'\n]+)[\"'];?[ \t]*$\n?")
_EXPORT = re.compile(r"(?m)^export\s+(?:default|const|let|function|async)\b[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*\n?")
_COMPONENT = re.compile(
    r"<(?P<end>/)?(?P<name>[A-Z][\w.]*)(?P<arguments>(?:\s(?:[^<>\"'{}]|\"[^\"]*+\"|'[^']*+'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}){0,4000}+)?)(?P<whole>(?<=/))?>"
)
_COMMENT = re.compile(r"\{/\*.{0,4000}?\*/\}", re.DOTALL)
_STRING = re.compile(r"\{\s*(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|`(?P<raw>[^`$\n]*)`)\s*\}")


def mdx(work: Work) -> str:
    """A text without any code of MDX."""
    imported: dict[str, str] = {}

    def taken(typed: re.Match[str]) -> str:
        for word in re.findall(r"\w+", typed["what"] or ""):
            imported[word] = typed["from"]
        work.note("une ligne de code (import) est retirée.", typed[0].strip())
        return ""

    def exported(typed: re.Match[str]) -> str:
        work.note("du code (export) est retiré.", typed[0].strip())
        return ""

    text = _EXPORT.sub(exported, _IMPORT.sub(taken, work.text))
    text = _COMMENT.sub("", text)
    work.text = _STRING.sub(lambda typed: typed["double"] or typed["single"] or typed["raw"] or "", text)
    tokens = list(_tokens(work.text))
    return replace(work, tokens, lambda call: known_calls.render(_with_files(call, imported), work)) if tokens else work.text


def _tokens(text: str) -> Iterator[Token]:
    for match in _COMPONENT.finditer(text):
        inside = match["arguments"] or ""
        yield Token(match.start(), match.end(), match["name"].replace(".", ""), inside.rstrip("/ "), bool(match["end"]), inside.rstrip().endswith("/"))


def _with_files(call: Call, imported: dict[str, str]) -> Call:
    """« src={hero} » as the file that was imported under this name."""
    named = tuple((key, imported.get(value.split(".")[0], value)) for key, value in call.named)
    return Call(call.name, call.typed, call.positional, named, call.body, call.is_alone)
