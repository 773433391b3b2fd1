"""What no text may hold here: programs, styles, forms, spies. Each is told; words that a reader saw stay."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from plancher.importing.blogs.html import walk
from plancher.importing.blogs.html.passage import Passage

_SILENT = frozenset({"base", "link", "meta", "param", "source", "track", "wbr", "rp"})
_PROGRAMS = {
    "script": "un script",
    "style": "une feuille de style",
    "canvas": "un dessin fait par un script",
    "applet": "une applette Java",
    "svg": "un dessin SVG",
}
_CONTROLS = frozenset(
    {"input", "button", "select", "option", "optgroup", "textarea", "label", "form", "fieldset", "legend", "datalist", "output", "meter", "progress"}
)
_GIST = re.compile(r"(?:https?:)?//(?P<path>gist\.github\.com/[\w./-]+?)(?:\.js)?(?:\?.*)?$")
_SPIES = re.compile(
    r"(?:^|[/.])(?:feeds\.feedburner\.com/~|feeds\.wordpress\.com/1\.0/|stats\.wordpress\.com|pixel\.wp\.com|pixel\.quantserve\.com|ad\.doubleclick\.net"
    r"|blogger\.googleusercontent\.com/tracker/|www\.google-analytics\.com|b\.scorecardresearch\.com|ir-[a-z]+\.amazon|assoc-amazon\.[a-z.]+/e/ir)"
    r"|blogger-post-footer|/piwik\.php|/matomo\.php|medium\.com/_/stat"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url")
_LAYOUT = ("align", "bgcolor", "color", "face")
_LAID_OUT = re.compile(r"text-align|float|color|font-size|background", re.IGNORECASE)


def run(soup: BeautifulSoup, passage: Passage) -> None:
    """Take out what must go."""
    for tag in [node for node in soup.descendants if isinstance(node, Tag)]:
        if tag.parent is None:
            continue  # it went with the element around it
        if tag.name in _PROGRAMS or tag.name in _SILENT or tag.name in {"template", "noembed", "noframes", "title"}:
            _drop(soup, tag, passage)
        elif tag.name in _CONTROLS:
            _control(tag, passage)
        elif tag.name == "img":
            _picture(tag, passage)
        else:
            _attributes(tag, passage)


def _drop(soup: BeautifulSoup, tag: Tag, passage: Passage) -> None:
    gist = _GIST.match(str(tag.get("src", ""))) if tag.name == "script" else None
    if gist:
        address = f"https://{gist['path']}"
        paragraph, link = soup.new_tag("p"), soup.new_tag("a", href=address)
        link.string = address
        paragraph.append(link)
        passage.say("un extrait de code de GitHub, que montrait un script, devient un lien.", tag)
        tag.replace_with(paragraph)
        return
    if tag.name in _PROGRAMS:
        passage.say(f"{_PROGRAMS[tag.name]} ne vient pas : rien ne s'exécute dans un texte.", tag)
    elif tag.name not in _SILENT and tag.get_text(strip=True):
        passage.say(f"une partie que les navigateurs ne montraient pas (<{tag.name}>) ne vient pas.", tag)
    words = tag.get_text(" ", strip=True) if tag.name == "svg" else ""
    if tag.name in {"param", "source", "track"}:
        return  # the player around it needs them
    if words:
        tag.replace_with(words)
    elif tag.name == "wbr":
        tag.unwrap()
    else:
        tag.extract()


def _control(tag: Tag, passage: Passage) -> None:
    if tag.name in {"form", "input", "select", "textarea"}:
        passage.count("un formulaire ne vient pas : seuls ses mots restent.")
    if tag.name == "textarea":
        tag.name = "pre"
    elif tag.name in {"form", "fieldset", "option", "legend"}:
        tag.name = "div"
    else:
        value = str(tag.get("value", "")) if str(tag.get("type", "")).lower() in {"submit", "button", "reset"} else ""
        tag.replace_with(value) if value else tag.unwrap()


def _picture(tag: Tag, passage: Passage) -> None:
    lazy = next((str(tag[name]) for name in _LAZY if tag.get(name)), "")
    source = str(tag.get("src", ""))
    if lazy and (not source or source.startswith("data:") or "lazy" in source or "blank" in source or "placeholder" in source):
        tag["src"] = source = lazy
    sides = [str(tag.get(side, "")).strip().removesuffix("px") for side in ("width", "height")]
    if sides in (["1", "1"], ["0", "0"], ["1", "0"], ["0", "1"]) or _SPIES.search(source):
        passage.say("une image invisible, qui comptait les lecteurs, ne vient pas.", tag)
        tag.extract()
    elif not source or walk.around(tag, "pre", "code", "textarea", "tt", "xmp", "listing"):
        words = str(tag.get("alt", ""))
        tag.replace_with(f" {words} ") if words else tag.extract()
    elif tag.parent and tag.parent.name == "noscript" and _is_shown_before(tag, source):
        tag.extract()


def _is_shown_before(tag: Tag, source: str) -> bool:
    before = tag.parent.find_previous("img") if tag.parent else None
    return before is not None and before.get("src") == source


def _attributes(tag: Tag, passage: Passage) -> None:
    style = str(tag.get("style", ""))
    if _HIDDEN.search(style) and tag.get_text(strip=True):
        passage.say("un passage que l'ancien blog cachait se voit désormais : relisez-le.", tag)
    if any(name[:2] == "on" for name in tag.attrs):
        passage.count("un attribut qui exécutait du code ne vient pas.")
    if _LAID_OUT.search(style) or any(tag.has_attr(name) for name in _LAYOUT):
        passage.count("une mise en page (alignement, couleur, taille) ne vient pas : le thème s'en charge.")
