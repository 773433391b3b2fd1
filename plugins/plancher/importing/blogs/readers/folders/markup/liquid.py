"""Template tags of Jekyll and Eleventy (Liquid, Nunjucks): nothing is evaluated but addresses and plain names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from plancher.importing.blogs.readers.folders.markup import blocks, known_calls
from plancher.importing.blogs.readers.folders.markup.calls import Call, Token, replace
from plancher.importing.blogs.readers.folders.markup.work import Work

_RAW = re.compile(r"\{%-?\s*(?:raw|verbatim)\s*-?%\}(?P<inside>(?:(?!\{%-?\s*(?:end)?(?:raw|verbatim)\b).)*+)\{%-?\s*end(?:raw|verbatim)\s*-?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"(?m)^(?P<margin>[ \t]*)\{%-?\s*highlight\s+(?P<language>[^%{}]*?)-?%\}(?P<code>(?:(?!\{%-?\s*endhighlight).|\n)*+)\{%-?\s*endhighlight\s*-?%\}"
)
_RAW_TAG = re.compile(r"(?m)^[ \t]*\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}[ \t]*\n|\{%-?\s*(?:end)?(?:raw|verbatim)\s*-?%\}")
_TAG = re.compile(r"\{%-?\s*(?P<name>[A-Za-z_][\w-]*)(?P<arguments>(?:[^%{]|\{(?!%)|%(?!\})){0,4000}+)%\}")
_VALUE = re.compile(r"\{\{-?(?P<inside>(?:[^{}\"']|\"[^\"]*+\"|'[^']*+'){0,2000}+)-?\}\}")
_COMMENT = re.compile(r"\{#.{0,4000}?#\}", re.DOTALL)
_HOLDING = frozenset(
    "highlight comment codeblock code blockquote quote pullquote details spoiler note warning tip info danger callout aside tabs tab figure caption".split()
)
"""Tags that hold a text, with an « end… » of their own."""
_STRUCTURE = frozenset(
    "if elsif elseif else endif unless endunless for endfor case when endcase assign capture endcapture set endset cycle break continue liquid layout render"
    " extends import from macro endmacro block endblock paginate endpaginate tablerow endtablerow increment decrement echo".split()
)


class Liquid:
    """Knows the few names of a site that a text may call."""

    def __init__(self, site_address: str, base: str, values: Callable[[str], str]) -> None:
        """
        :param base: the folder of the site on its host, without a slash at its end.
        :param values: gives what a dotted name of the site or of the page stands for, or nothing.
        """
        self.site_address, self.base, self.values = site_address, base, values

    def __call__(self, work: Work) -> str:
        """The text without any template tag."""
        work.masked.change_code(lambda code: _RAW_TAG.sub("", code) if "raw" in code or "verbatim" in code else code)
        text = _RAW.sub(lambda typed: self._raw(typed["inside"], work), work.text) if "{%" in work.text else work.text
        text = _RAW_TAG.sub("", text)
        text = _HIGHLIGHT.sub(lambda typed: self._code(typed, work), text)
        work.text = (
            _COMMENT.sub(lambda typed: _dropped_call("un commentaire que personne ne voyait est retiré.", typed[0], work), text)
            if "{#" in text and "#}" in text
            else text
        )
        if "{{" in work.text:
            work.text = _VALUE.sub(lambda typed: self._value(typed, work), work.text)
        tokens = list(_tokens(work.text)) if "{%" in work.text else []
        return replace(work, tokens, lambda call: self._call(call, work)) if tokens else work.text

    @staticmethod
    def _raw(inside: str, work: Work) -> str:
        """What its author asked to be shown as it is; Markdown in it is Markdown."""
        return re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda typed: work.masked.literal(typed[0]), inside)

    @staticmethod
    def _code(typed: re.Match[str], work: Work) -> str:
        """« {% highlight ruby %} »: a fence."""
        language = re.match(r"[\w+#.-]+", typed["language"].strip())
        return typed["margin"] + work.masked.block(work.masked.restored(typed["code"]), language[0] if language else "")

    def _value(self, typed: re.Match[str], work: Work) -> str:
        """« {{ site.baseurl }} », « {{ "/x" | relative_url }} »."""
        first, *filters = (part.strip() for part in re.split(r"\|(?=(?:[^\"']|\"[^\"]*\"|'[^']*')*$)", typed["inside"]))
        word = re.fullmatch(r"\"([^\"]*)\"|'([^']*)'", first)
        value = (word[1] if word[1] is not None else word[2]) if word else self._named(first)
        for name in filters:
            value = self._filtered(value, name)
        if not value and not re.fullmatch(r"site\.(?:baseurl|url)|page\.\w*url", first):
            work.note("une valeur que seul l'ancien moteur connaissait est retirée.", typed[0])
        return value

    def _named(self, name: str) -> str:
        match name:
            case "site.url":
                return self.site_address
            case "site.baseurl" | "site.base_url":
                return self.base
            case _:
                return self.values(name)

    def _filtered(self, value: str, name: str) -> str:
        kind, _, argument = name.partition(":")
        match kind.strip():
            case "relative_url" | "url":
                return self.base + "/" + value.lstrip("/") if not value.startswith(("http", "//", "#")) else value
            case "absolute_url":
                return self.site_address + self.base + "/" + value.lstrip("/") if not value.startswith("http") else value
            case "prepend":
                return (self._named(argument.strip()) if "." in argument and argument.strip()[:1].isalpha() else argument.strip().strip("\"'")) + value
            case "append":
                return value + (self._named(argument.strip()) if argument.strip()[:1].isalpha() else argument.strip().strip("\"'"))
            case _:
                return value

    def _call(self, call: Call, work: Work) -> str:
        name = call.name.lower()
        if name in {"post_url", "link"} or (name == "ref" and call.body is None):
            return _address(call, work)
        if name == "comment":
            return _dropped_call("un commentaire que personne ne voyait est retiré.", call.typed + (call.body or ""), work)
        if name in _STRUCTURE:
            return _dropped_call("une condition ou une boucle de l'ancien moteur est retirée, son texte reste.", call.typed, work)
        if name.startswith(("include", "render")) or name in {"include_relative", "include_cached"}:
            return _include(call, work)
        if name in {"img", "image", "imagecap", "asset_img"}:
            return _octopress(call, work)
        return "" if name == "more" else known_calls.render(call, work)


def _address(call: Call, work: Work) -> str:
    """« {% post_url 2008-10-01-un %} »."""
    path, sign, anchor = " ".join(call.positional).partition("#")
    found = work.resolve(path)
    if not found:
        work.note("un lien vers un texte qui n'est pas dans le dossier.", call.typed)
    return (found or f"/{path.lstrip('/')}") + sign + anchor


def _include(call: Call, work: Work) -> str:
    """« {% include figure image_path="x" caption="y" %} »: the file says what it shows."""
    called, *rest = call.positional or ("",)
    if called in {"toc", "toc.html", "head.html"}:
        return ""
    return known_calls.render(Call(called, call.typed, tuple(rest), call.named, call.body, call.is_alone), work)


def _octopress(call: Call, work: Work) -> str:
    """« {% img left /x.png 300 200 "a title" "an alternative" %} », « {% image "x.png", "an alternative" %} »."""
    place = next((i for i, value in enumerate(call.positional) if re.search(r"[/.]", value)), None)
    if place is None or call.named:
        return known_calls.render(Call("image", call.typed, call.positional, call.named, call.body, call.is_alone), work)
    words = [value for value in call.positional[place + 1 :] if not re.fullmatch(r"[\d.x]+(?:px|%|vw)?", value)]
    work.note("une image appelée par un raccourci est écrite en Markdown.", call.typed)
    return blocks.picture(call.positional[place], words[-1] if words else "", words[0] if len(words) > 1 else "")


def _dropped_call(message: str, typed: str, work: Work) -> str:
    work.note(message, typed)
    return ""


def _tokens(text: str) -> Iterator[Token]:
    ends = {match["name"].lower().removeprefix("end") for match in _TAG.finditer(text) if match["name"].lower().startswith("end")}
    for match in _TAG.finditer(text):
        name = match["name"]
        lower = name.lower()
        if lower in _STRUCTURE:
            yield Token(match.start(), match.end(), name, match["arguments"].rstrip("-"), is_whole=True)
        elif lower.startswith("end") and len(lower) > len("end"):
            yield Token(match.start(), match.end(), name[3:], is_end=True)
        else:
            yield Token(match.start(), match.end(), name, match["arguments"].rstrip("-"), is_whole=lower not in ends)


def without_attributes(work: Work) -> str:
    """Kramdown's « {: .class #id } »: looks, which our blog has no use for; « {:toc} » is made by itself."""
    return _ATTRIBUTES.sub(lambda typed: _dropped(typed, work), _TOC.sub("", work.text)) if "{:" in work.text or "{::" in work.text else work.text


_TOC = re.compile(r"(?m)^[ \t]*(?:[-*+]|1\.)[ \t]+[^\n]*\n\{:[^{}\n]*\btoc\b[^{}\n]*\}[ \t]*\n?")
_ATTRIBUTES = re.compile(r"(?m)^(?P<line>[ \t>]*)\{::?[^{}\n]*\}[ \t]*$\n?|(?<=[^\s\\])[ \t]?\{:[^{}\n]*\}")


def _dropped(typed: re.Match[str], work: Work) -> str:
    work.note("une mise en forme de kramdown est retirée.", typed[0].strip())
    return ""
