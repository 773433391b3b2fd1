"""Shortcodes of Hugo and Nikola, and Zola's: calls between braces, some of which hold a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.importing.blogs.readers.folders.markup import known_calls
from plancher.importing.blogs.readers.folders.markup.calls import Call, Token, replace
from plancher.importing.blogs.readers.folders.markup.work import Work

_INSIDE = r"(?:[^\"`<>%{]|\{(?!\{[<%])|\"(?:[^\"\\]|\\.)*+\"|`[^`]*+`|[<>%](?!\}\})){0,4000}+"
_HUGO = re.compile(rf"\{{\{{(?P<sign>[<%])(?P<literal>/\*)?(?P<inside>{_INSIDE})[>%]\}}\}}")
_HUGO_LITERAL = re.compile(r"\{\{([<%])/\*((?:(?!\*/|\{\{|\{%).){0,4000}+)\*/([>%])\}\}", re.DOTALL)
_CALL = re.compile(r"\s*(?P<end>/)?\s*(?P<name>[\w./-]*[\w-])(?P<arguments>.*?)(?P<whole>/)?\s*$", re.DOTALL)
_ARGUMENTS = r"(?:[^\"'`()]|\"[^\"]*+\"|'[^']*+'|`[^`]*+`|\((?:[^()\"]|\"[^\"]*+\")*+\)){0,4000}+"
_ZOLA = re.compile(
    rf"\{{\{{(?!/\*)\s*(?P<inline>[A-Za-z_][\w:]*)\s*\((?P<with>{_ARGUMENTS})\)\s*/?\s*\}}\}}"
    rf"|\{{%-?\s*(?P<block>(?!end\s*-?%)[A-Za-z_][\w:]*)\s*\((?P<holding>{_ARGUMENTS})\)\s*-?%\}}"
    r"|\{%-?\s*(?P<end>end)\s*-?%\}"
)
_ZOLA_LITERAL = re.compile(r"\{([{%])/\*((?:(?!\*/|\{\{|\{%).){0,4000}+)\*/([}%])\}", re.DOTALL)
_MORE = re.compile(r"(?im)^[ \t]*<!-- *(?:more|excerpt|truncate|end-?excerpt|teaser_end|summary) *-->[ \t]*\n?|<!-- *(?:more|excerpt|truncate|teaser_end) *-->")
_LONGEST_SUMMARY = 500


def hugo(work: Work) -> str:
    """« {{< figure src="x" >}} », « {{% note %}}…{{% /note %}} », and their escaped forms."""
    if "{{" not in work.text and "{{" not in work.masked.restored(work.text):
        return work.text
    work.masked.change_code(lambda code: _HUGO_LITERAL.sub(r"{{\1\2\3}}", code) if "/*" in code else code)
    work.text = _HUGO_LITERAL.sub(lambda typed: work.masked.literal(f"{{{{{typed[1]}{typed[2]}{typed[3]}}}}}"), work.text)
    return replace(work, list(_hugo_tokens(work.text)), lambda call: _hugo_call(call, work))


def _hugo_tokens(text: str) -> Iterator[Token]:
    for match in _HUGO.finditer(text):
        call = _CALL.match(match["inside"])
        if call:
            yield Token(match.start(), match.end(), call["name"], call["arguments"], bool(call["end"]), bool(call["whole"]))


def _hugo_call(call: Call, work: Work) -> str:
    if call.name in {"ref", "relref"}:
        typed = call.first("path")
        name, sign, anchor = typed.partition("#")
        return (work.resolve(name) or name) + sign + anchor if name else sign + anchor
    if call.name == "param":
        return ""
    if call.name == "raw" and call.body is not None:
        return call.body
    if call.name == "media":  # Nikola's: the address of a page or a film
        return f"<{call.at(0)}>" if call.at(0).startswith("http") else known_calls.render(call, work)
    return known_calls.render(call, work)


def zola(work: Work) -> str:
    """« {{ youtube(id="x") }} », « {% note() %}…{% end %} », and their escaped forms."""
    work.masked.change_code(lambda code: _ZOLA_LITERAL.sub(r"{\1\2\3}", code) if "/*" in code else code)
    work.text = _ZOLA_LITERAL.sub(lambda typed: work.masked.literal(f"{{{typed[1]}{typed[2]}{typed[3]}}}"), work.text)
    tokens = []
    for match in _ZOLA.finditer(work.text):
        if match["end"]:
            tokens.append(Token(match.start(), match.end(), "", is_end=True))
        else:
            tokens.append(
                Token(match.start(), match.end(), match["inline"] or match["block"], match["with"] or match["holding"] or "", is_whole=bool(match["inline"]))
            )
    return replace(work, tokens, lambda call: known_calls.render(call, work)) if tokens else work.text


def excerpt(work: Work) -> str:
    """The mark where an excerpt ends is taken out; one short paragraph before it is the summary that its author chose."""
    mark = _MORE.search(work.text)
    if mark is None:
        return work.text
    before = work.text[: mark.start()].strip()
    if before and "\n\n" not in before and len(before) <= _LONGEST_SUMMARY and not before.startswith(("#", ">", "-", "*", "!", "<", "|")):
        work.summary = work.masked.restored(before)
    return _MORE.sub("\n", work.text)
