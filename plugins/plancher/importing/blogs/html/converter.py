"""From a settled tree to Markdown: markdownify walks it, these methods say what each element becomes.

markdownify alone turns « &lt;script&gt; » into a live tag, « 1. dit-il » into a list, and lets frames, superscripts and citations vanish.
Longer than most: one method for each element, as markdownify calls them.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from plancher.importing.blogs.html import code as code_blocks
from plancher.importing.blogs.html import escape, raw, walk
from plancher.importing.blogs.html.embeds import EMBED
from plancher.importing.blogs.html.passage import Passage

_SPACES = " \t\r\n\f"
_ANY_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\ufdd4\n"
"""A line break inside a paragraph; a noncharacter, which no text holds."""
_EDGES = re.compile(r"(?P<before>(?:\s|\ufdd4)*)(?P<words>.*?)(?P<after>(?:\s|\ufdd4)*)", re.DOTALL)
_STRESS = frozenset({"b", "strong", "em", "i"})
_NEEDS_BRACKETS = re.compile(r"[()\s]")

_CODE = frozenset({"pre", "code"})
Parents = Any  # a set of names, in markdownify, which has no types


class Converter(MarkdownConverter):
    """Converts one text."""

    def __init__(self, passage: Passage) -> None:
        super().__init__(heading_style="atx", bullets="-", wrap=False)
        self.passage = passage

    def process_text(self, el: NavigableString, parent_tags: Parents = None) -> str:
        """Words, harmless; spaces as a browser shows them."""
        parents = parent_tags or set()
        if "pre" in parents:
            return str(el)
        words = _ANY_SPACES.sub(" ", str(el))
        if "code" in parents:
            return words
        return escape.text(words, in_link="a" in parents, in_cell=bool(parents & {"td", "th"}))

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A paragraph."""
        body = _paragraph(text)
        return f"\n\n{body}\n\n" if body else ""

    def convert_tight(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """The only words of an item."""
        body = _paragraph(text)
        return f"\n{body}\n" if body else ""

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A line break, where a line may be broken."""
        if parent_tags & {"pre"}:
            return "\n"
        if parent_tags & {"td", "th"}:
            return "<br>"
        return _BREAK if "_inline" not in parent_tags and not parent_tags & {"dt", "summary", "code"} else " "

    def convert_hr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A line across the page."""
        return "\n\n***\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:  # noqa: N802 - markdownify's name
        """A heading, at the level that it was given (``headings``); elsewhere than at the first level, strong words."""
        words = _flat(text)
        if not words:
            return ""
        level = int(str(el.get("data-level", "0")))
        if not level:
            return f"\n\n{escape.line(f'**{words}**')}\n\n" if "**" not in words else f"\n\n{escape.line(words)}\n\n"
        anchor = el.get("data-anchor")
        return f"\n\n{'#' * level} {words}{f' {{#{anchor}}}' if anchor else ''}\n\n"

    def _stressed(self, el: Tag, text: str, sign: str) -> str:
        """Stress around words; as a tag where two signs would meet."""
        name = "strong" if len(sign) > 1 else "em"
        beside = (el.previous_sibling, el.next_sibling)
        meets = any(isinstance(node, Tag) and node.name in _STRESS for node in (*beside, *el.parents, *el.descendants))
        return _around(text, f"<{name}>", f"</{name}>") if meets else _around(text, sign, sign)

    def convert_b(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Strong words."""
        return text if parent_tags & _CODE else self._stressed(el, text, "**")

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Stressed words."""
        return text if parent_tags & _CODE else self._stressed(el, text, "*")

    convert_i = convert_em

    def convert_del(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Words struck out."""
        return text if parent_tags & _CODE else _around(text, "<del>", "</del>")

    convert_s = convert_del

    def convert_span(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Words in another language; else nothing but its words."""
        anchor = el.get("data-anchor")
        if anchor:
            return raw.opening("span", {"id": str(anchor)}) + f"</span>{text}"
        lang = el.get("lang")
        return _around(text, raw.opening("span", {"lang": str(lang)}), "</span>") if lang and not parent_tags & _CODE else text

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A link; one that may not be followed is only its words."""
        target = f"{raw.opening('span', {'id': str(el['data-anchor'])})}</span>" if el.get("data-anchor") else ""
        typed = str(el.get("href", ""))
        address = self.passage.address(typed) if typed else ""
        if typed and not address:
            self.passage.say("un lien dont l'adresse exécuterait du code, ou ne se lit pas, ne vient pas : ses mots restent.", el)
        if not address or parent_tags & _CODE:
            return f"{target}{text}"
        shown = el.get_text().strip()
        is_bare = shown == typed and not walk.holds_elements(el) and address.startswith(("http://", "https://"))
        if is_bare and el.get("data-title"):
            return f"{target}![{escape.text(str(el['data-title']), in_link=True)}]({_address(address)})"  # a film, as our Markdown reads it
        if is_bare and (EMBED in el.get_attribute_list("class") or shown == address):
            return f"{target}<{_bare(address)}>"
        title = " ".join(str(el.get("title", "")).split())
        tip = f' "{_quoted(title)}"' if title and title not in {shown, typed} else ""
        return target + _around(text.replace(_BREAK, " "), "[", f"]({_address(address)}{tip})")

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A picture; one that is still elsewhere is a link."""
        address, words, is_here = self.passage.picture(el)
        shown = escape.text(words, in_link=True, in_cell=bool(parent_tags & {"td", "th"}))
        if not address:
            return shown
        if not is_here:
            return shown if "a" in parent_tags else f"[{shown}]({_address(address)})"
        caption = " ".join(str(el.get("data-caption", "")).split())
        return f"![{shown}]({_address(address)}" + (f' "{_quoted(caption)}")' if caption else ")")

    def convert_code(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Code inside a line."""
        if parent_tags & {"pre", "code"}:
            return text
        before, words, after = _parted(_ANY_SPACES.sub(" ", text.replace("\ufdd4", "")))
        if not words:
            return before
        if "|" in words and parent_tags & {"td", "th"}:
            return f"{before}<code>{escape.text(words, in_link=True, in_cell=True)}</code>{after}"
        ticks = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
        margin = " " if words[0] == "`" or words[-1] == "`" else ""
        return f"{before}{ticks}{margin}{words}{margin}{ticks}{after}"

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A block of code."""
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        return f"\n\n{ticks}{el.get(code_blocks.LANGUAGE, '')}\n{code}\n{ticks}\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A quotation."""
        body = text.strip("\n")
        return "\n\n" + "\n".join(f"> {line}".rstrip(" ") for line in body.split("\n")) + "\n\n" if body.strip() else ""

    def convert_ul(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A list; inside an item, without an empty line before it."""
        body = text.strip("\n")
        if not body:
            return ""
        if el.name == "ol" and (beside := walk.before(el)) is not None and beside.name == "ol":
            body = f"<!-- -->\n\n{body}"  # two lists, not one
        return f"\n{body}\n" if "li" in parent_tags and "blockquote" not in parent_tags else f"\n\n{body}\n\n"

    convert_ol = convert_ul

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """An item, its lines under its words."""
        body = text.strip("\n")
        if not body.strip():
            return ""
        mark = f"{el['data-number']}. " if el.get("data-number") else "- "
        return f"{_indented(body, mark)}\n"

    def convert_dl(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Terms and what they mean."""
        return f"\n\n{text.strip(chr(10))}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A term."""
        words = _flat(text)
        beside = walk.before(el)
        before = "\n\n" if beside is not None and beside.name == "dd" else ""
        return f"{before}{escape.line(words)}\n" if words else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """What a term means."""
        body = text.strip("\n")
        beside = walk.before(el)
        if not body:
            return ""
        return f"{_indented(body, ':   ')}\n" if beside is not None else f"\n\n{body}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A cell."""
        words = re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", text.replace("\n", " "))
        return f" {re.sub(r'(?: *<br> *)+', '<br>', words)} |"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A row."""
        return f"|{text}\n"

    def convert_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A table, its head parted from its rows."""
        head, _, rows = text.strip("\n").partition("\n")
        sides = {"left": ":---", "right": "---:", "center": ":---:"}
        parting = "".join(f" {sides.get(side, '---')} |" for side in str(el["data-align"]).split(","))
        return f"\n\n{head}\n|{parting}\n{rows}\n\n"

    def convert_raw_table(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A table that stays HTML."""
        return f"\n\n{raw.table(el, self.passage)}\n\n"

    def convert_details(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Words that open at a click."""
        summary = next(iter(walk.children(el, "summary")), None)
        title = raw.inside(summary, self.passage) if summary is not None else "Détails"
        return f"\n\n<details>\n<summary>{title}</summary>\n\n{text.strip(chr(10))}\n\n</details>\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Written by ``convert_details``."""
        return "" if el.parent is not None and el.parent.name == "details" else text

    def convert_note_call(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """The call of a footnote."""
        return f"[^{el['data-name']}]"

    def convert_note_text(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """The text of a footnote."""
        body = text.strip("\n") or "…"
        lines = body.split("\n")
        rest = "".join(f"\n    {line}".rstrip(" ") if line else "\n" for line in lines[1:])
        return f"\n\n[^{el['data-name']}]: {lines[0]}{rest}\n\n"

    def convert_q(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A quotation inside a line."""
        return self._kept(el, text, parent_tags)

    def _kept(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if parent_tags & _CODE:
            return text
        return _around(text, raw.opening(el.name, raw.attributes(el)), f"</{el.name}>")

    convert_abbr = convert_bdi = convert_bdo = convert_cite = convert_dfn = convert_ins = convert_mark = convert_small = convert_q
    convert_sub = convert_sup = convert_time = convert_u = convert_var = convert_kbd = convert_samp = convert_q

    def convert_div(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """Nothing of its own."""
        return text

    convert_article = convert_section = convert_figcaption = convert_caption = convert_video = convert_div


def _parted(text: str) -> tuple[str, str, str]:
    """The spaces before words, the words, the spaces after them: stress stands at its words."""
    words = text.strip("\ufdd4 \t\r\n\f\xa0\u202f")
    if not words:
        return text, "", ""
    start = text.index(words[0])
    return text[:start], words, text[start + len(words) :]


def _around(text: str, before: str, after: str) -> str:
    first, words, last = _parted(text)
    return f"{first}{before}{words}{after}{last}" if words else first


def _flat(text: str) -> str:
    return _ANY_SPACES.sub(" ", text.replace("\ufdd4", " ")).strip()


def _paragraph(text: str) -> str:
    """Lines that open nothing, with a backslash where they are broken."""
    pieces = [_ANY_SPACES.sub(" ", piece).strip(_SPACES) for piece in text.split("\ufdd4")]
    lines = [piece for piece in pieces if piece.strip()]
    return "\\\n".join(escape.paragraph(lines))


def _indented(body: str, mark: str) -> str:
    margin = " " * len(mark)
    lines = body.split("\n")
    return "\n".join((f"{mark}{lines[0]}", *(f"{margin}{line}" if line else "" for line in lines[1:])))


def _address(address: str) -> str:
    bare = _bare(address)
    return f"<{bare}>" if _NEEDS_BRACKETS.search(bare) else bare


def _bare(address: str) -> str:
    """An address in which no sign ends it, or means something to Markdown."""
    signs = {'"': "%22", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", "[": "%5B", "]": "%5D", " ": "%20"}
    if address.startswith("|"):
        return address
    typed = "".join(signs.get(sign, sign) for sign in address).replace("|", "%7C").replace("*", "%2A")
    return re.sub(r"&(?=#?\w+;)", "&amp;", typed)


def _quoted(words: str) -> str:
    return (
        words.replace("&", "&amp;")
        .replace('"', "&quot;")
        .replace("<", "&lt;")
        .replace("|", "&#124;")
        .replace("\\", "&#92;")
        .replace("[", "&#91;")
        .replace("]", "&#93;")
    )
