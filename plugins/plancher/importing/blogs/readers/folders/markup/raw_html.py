"""HTML in a text: what our blog refuses becomes what it takes; words and addresses stay, looks and code go.

Longer than most: its tables of tags take a quarter of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from plancher.base import addresses
from plancher.importing.blogs.readers.folders.markup import blocks
from plancher.importing.blogs.readers.folders.markup.pictures import words_of
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.markdown import safety

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]{0,40})(?P<inside>(?:[\s/](?:[^<>\"']|\"[^\"]*+\"|'[^']*+'){0,8000}+)?)>")
_LOOSE = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]{0,40})(?P<inside>(?:[\s/][^<>]{0,2000})?)>")
"""A tag whose quotes do not pair."""
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=/>\"'<]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DECLARATION = re.compile(r"<[!?](?!--)")
_SAME = {
    "center": "div", "section": "div", "article": "div", "main": "div", "header": "div", "footer": "div", "aside": "div", "nav": "div", "address": "div",
    "strike": "del", "tt": "code", "acronym": "abbr", "h1": "h2", "dir": "ul", "menu": "ul", "fieldset": "div", "legend": "p", "hgroup": "div", "search": "div",
}  # fmt: skip
"""Tags that are refused, and the one that means nearly the same."""
_HTML = frozenset(
    "font big basefont nobr blink marquee picture source label button form input select option optgroup textarea output meter progress"
    " svg g path rect circle line"
    " polyline polygon ellipse text tspan defs use symbol title desc math mi mo mn mrow msup msub mfrac msqrt mtext semantics annotation"
    " html head body meta link base"
    " noscript template slot ruby rt rp rb rtc data dialog map area canvas applet frame frameset noframes bgsound wbr param"
    " track embed object video audio iframe script style"
    " lite-youtube lite-vimeo amp-youtube gist-embed".split()
)
"""Tags of HTML that are refused; any other name between < and > is a word of its author's."""
_FILMS = (
    (re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/(?P<id>[\w-]{6,})"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(?P<id>\d+)"), "https://vimeo.com/{}"),
    (
        re.compile(r"(?:https?:)?//(?:www\.|geo\.)?dailymotion\.com/(?:embed/video/|swf/|player\.html\?video=)(?P<id>\w+)"),
        "https://www.dailymotion.com/video/{}",
    ),
)
_HOLDING = frozenset("div section article aside details figure blockquote main header footer".split())
"""Tags between which another engine is asked to read Markdown."""
_FAR = 10_000
_EMPTY = frozenset({"img", "br", "hr", "col", "wbr"})


def raw_html(work: Work) -> str:
    """A text whose HTML our blog takes."""
    if "<" not in work.text:
        return work.text
    cleaner = _Html(work)
    text = cleaner.text()
    work.masked.change_code(cleaner.in_code)
    return text


class _Html:
    def __init__(self, work: Work) -> None:
        self.work, self.typed = work, work.text
        self.dropped: dict[str, str] = {}
        """Tags and attributes that go, each with the place where it was first seen."""

    def text(self) -> str:
        out, place = [], 0
        for start, end, written in self._changes():
            if start >= place:
                out += [self.typed[place:start], written]
                place = end
        for what, former in self.dropped.items():
            self.work.note(f"{what} : retiré, les mots restent.", former)
        return "".join([*out, self.typed[place:]])

    def _changes(self) -> Iterator[tuple[int, int, str]]:
        place = 0
        lower, last_comment = self.typed.lower(), self.typed.rfind("-->")
        ends = {name: lower.rfind(f"</{name}") for name in ("script", "style", "iframe", "video", "audio", "object")}
        while (place := self.typed.find("<", place)) >= 0:
            comment = _COMMENT.match(self.typed, place) if place < last_comment and self.typed.startswith("<!--", place) else None
            tag = None if comment else self._tag_at(place)
            if comment or tag is None:
                if comment is None and self._is_word(place):
                    yield place, place + 1, "&lt;"
                place = comment.end() if comment else place + 1
                continue
            name = tag["name"].lower()
            end = tag.end()
            if name in ends and not tag["end"] and not tag["inside"].rstrip().endswith("/") and ends[name] > place:
                close = lower.find(f"</{name}", tag.end())
                end = self.typed.find(">", close) + 1 or tag.end()
                if end > tag.end() or name != "iframe":
                    yield place, end, self._whole(name, tag, self.typed[tag.end() : close])
            else:
                written = self._tag(name, tag)
                if written != tag[0]:
                    yield place, end, written
            place = end

    def _tag_at(self, place: int) -> re.Match[str] | None:
        if self.typed[max(0, place - 2) : place] == "](" or _AUTOLINK.match(self.typed, place, place + _FAR):
            return None
        tag = _TAG.match(self.typed, place, place + _FAR)
        if tag is None:
            tag = _LOOSE.match(self.typed, place, place + _FAR)
            return tag if tag and (tag["name"].lower() in safety.AUTHOR_TAGS or tag["name"].lower() in _SAME or tag["name"].lower() in _HTML) else None
        return tag

    def _is_word(self, place: int) -> bool:
        """Whether the sign opens no tag, and would be taken for one."""
        if self.typed[max(0, place - 2) : place] == "](" or _AUTOLINK.match(self.typed, place, place + _FAR):
            return False
        return _DECLARATION.match(self.typed, place) is not None or re.match(r"/?[A-Za-z]", self.typed[place + 1 : place + 3]) is not None

    def in_code(self, code: str) -> str:
        """HTML that shows code keeps its words; its tags lose what is refused."""
        if not re.match(r"<(?:pre|code|textarea)\b", code, re.IGNORECASE):
            return code
        known = {*safety.AUTHOR_TAGS, *_SAME}

        def cleaned(tag: re.Match[str]) -> str:
            name = tag["name"].lower()
            return self._tag(name, tag) if name in known or name in {"font", "textarea", "big"} else tag[0]

        return _TAG.sub(cleaned, code)

    def _whole(self, name: str, tag: re.Match[str], inside: str) -> str:
        """A player or a script, with what it holds."""
        values = _values(tag["inside"])
        address = values.get("src") or values.get("data-src") or values.get("data") or _address_inside(inside)
        if name in {"script", "style"}:
            self.work.note("un script ou une feuille de style est retiré : rien n'est exécuté ici.", tag[0] + inside)
            page = re.fullmatch(r"(?:https?:)?(//gist\.github\.com/[\w./-]+?)\.js(?:\?.*)?", address)
            return f"<https:{page[1]}>" if page else ""
        return self._player(name, tag, address, values, _words(inside))

    def _player(self, name: str, tag: re.Match[str], address: str, values: dict[str, str], words: str) -> str:
        if not address or not addresses.is_safe(address):
            return words
        for shape, page in _FILMS:
            film = shape.match(address)
            if film:
                self.work.note("un lecteur de vidéo est montré par l'adresse de sa page.", tag[0])
                return self._alone(tag, f"<{page.format(film['id'])}>", blocks.link(values.get("title", ""), page.format(film["id"])))
        address = f"https:{address}" if address.startswith("//") else address
        self.work.note("ce qu'un cadre ou un lecteur montrait est devenu un lien.", tag[0])
        kind = {"video": "Vidéo", "audio": "Enregistrement"}.get(name, "")
        shown = blocks.link(values.get("title", "") or words or kind, address)
        return self._alone(tag, shown, shown)

    def _alone(self, tag: re.Match[str], alone: str, inline: str) -> str:
        """What stands for a player: a paragraph of its own where it had one."""
        line = self.typed.rfind("\n", 0, tag.start()) + 1
        before = self.typed[line : tag.start()]
        if before.strip(" \t>"):
            return f"\n\n{alone}\n\n" if re.fullmatch(r"\s*(?:<(?:p|div|center|figure)\b[^<>]*>\s*)+", before) else inline
        return f"\n{before}{alone}\n{before.rstrip()}\n"

    def _tag(self, name: str, tag: re.Match[str]) -> str:
        if name == "a" and tag["inside"] and not tag["end"] and "href" not in _values(tag["inside"]) and "name" in _values(tag["inside"]):
            return f'<a id="{html.escape(_values(tag["inside"])["name"])}">'
        if name in safety.AUTHOR_TAGS:
            return tag[0] if tag["end"] else self._with_attributes(name, name, tag)
        if name in _SAME:
            return f"</{_SAME[name]}>" if tag["end"] else self._with_attributes(name, _SAME[name], tag)
        if name in {"embed", "lite-youtube", "amp-youtube", "lite-vimeo"} and not tag["end"]:
            values = _values(tag["inside"])
            video = values.get("videoid") or values.get("data-videoid", "")
            film = f"https://player.vimeo.com/video/{video}" if name == "lite-vimeo" else f"https://www.youtube.com/embed/{video}"
            return self._player(name, tag, film if video else values.get("src", ""), values, "")
        if name in _HTML or name.partition(":")[0] in {"o", "v", "w", "m", "svg", "st1"}:
            self.dropped.setdefault(f"balise <{name}>", tag[0])
            return ""
        return "&lt;" + tag[0][1:]

    def _with_attributes(self, former: str, name: str, tag: re.Match[str]) -> str:
        """The tag with the attributes that it may have here."""
        if not tag["inside"].strip(" /\n") and name != "img":
            return tag[0] if former == name else f"<{name}>"
        values = _values(tag["inside"])
        kept = {}
        for key, value in values.items():
            is_link = key in {"href", "src", "cite", "poster"}
            if key == "markdown" and former in _HOLDING and (not tag.start() or tag.string[tag.start() - 1] == "\n"):
                kept[key] = value
            elif not safety.is_allowed(name, key) or (is_link and not addresses.is_safe(value)):
                self.dropped.setdefault(f"attribut « {key} » de <{former}>", tag[0])
            else:
                kept[key] = value
        if name == "img":
            if not kept.get("src"):
                kept["src"] = values.get("data-src", "")
            if not kept.get("alt", "").strip():
                kept["alt"] = words_of(kept["src"], kept.get("title", ""))
                self.work.note("une image n'avait pas de texte de remplacement : son nom en tient lieu, décrivez-la.", tag[0])
        if kept == values and former == name:
            return tag[0]
        end = " /" if tag["inside"].rstrip().endswith("/") and name in _EMPTY else ""
        return f"<{name}{''.join(_written(key, value) for key, value in kept.items())}{end}>"


def _written(key: str, value: str) -> str:
    return f" {key}" if not value and key in {"markdown", "open", "reversed", "controls"} else f' {key}="{html.escape(value)}"'


def _values(inside: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for typed in _ATTRIBUTE.finditer(inside):
        value = next((typed[kind] for kind in ("double", "single", "bare") if typed[kind] is not None), "")
        values.setdefault(typed["name"].lower(), html.unescape(value.removesuffix("/") if typed["bare"] else value))
    return values


def _address_inside(inside: str) -> str:
    for tag in _TAG.finditer(inside):
        values = _values(tag["inside"])
        if tag["name"].lower() in {"source", "embed", "iframe"} and values.get("src"):
            return values["src"]
        if tag["name"].lower() == "param" and values.get("name", "").lower() in {"movie", "src"}:
            return values.get("value", "")
    return ""


def _words(inside: str) -> str:
    return blocks.one_line(re.sub(r"<[^<>]*>", " ", inside))
