"""What calls mean whichever the generator: pictures, films, callouts, links, code; of an unknown one, all words stay.

Longer than most: one table of names, and a short function for each kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from plancher.base.french import fold
from plancher.importing.blogs.readers.folders.markup import blocks
from plancher.importing.blogs.readers.folders.markup.calls import Call
from plancher.importing.blogs.readers.folders.markup.work import Work

_SOURCE = ("src", "url", "href", "image", "img", "image_path", "file", "path", "link", "name")
_ALTERNATIVE = ("alt", "alttext", "description")
_CAPTION = ("caption", "title", "legend", "legende", "attr")
_PICTURES = frozenset("figure fig figurebox img image picture photo responsive_image responsive_img resize_image imgproc lightbox media".split())
_FILMS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtubelite": "https://www.youtube.com/watch?v={}",
    "liteyoutube": "https://www.youtube.com/watch?v={}",
    "yt": "https://www.youtube.com/watch?v={}",
    "youtubeembed": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "vimeosimple": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
}
_PAGES = {
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "x": "https://twitter.com/i/status/{}",
    "twittersimple": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "speakerdeck": "https://speakerdeck.com/player/{}",
    "codepen": "https://codepen.io/{}",
    "jsfiddle": "https://jsfiddle.net/{}",
    "asciinema": "https://asciinema.org/a/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "github": "https://github.com/{}",
    "githubcard": "https://github.com/{}",
}
_CALLOUTS = frozenset("admonition notice alert callout aside box block message infobox panel banner hint highlightbox caution".split())
_FOLDED = frozenset("details detail expand expandable collapse collapsible spoiler accordion toggle accordionitem".split())
_TITLED = frozenset("tab tabitem tabpane codetab step".split())
_PLAIN = frozenset(
    "tabs tabgroup tabset tabbed codetabs steps center centre div span row column columns col grid cards cardgrid lead fragment raw rawhtml html markdown md"
    " unsafe wrap wrapper section container article p nobr clear br toc gallery figuregroup linkcards".split()
)
_QUOTES = frozenset("blockquote quote pullquote epigraph citation".split())
_CODE = frozenset("highlight code codeblock prettify sourcecode syntax".split())
_LINKS = frozenset("button btn a link relref ref card linkcard linkbutton docs internal external extlink".split())
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)


def render(call: Call, work: Work) -> str:
    """A call as Markdown. What it says in words is kept, whatever it was."""
    name = re.sub(r"[\W_]", "", fold(PurePosixPath(call.name).stem))
    for names, write in _WAYS:
        if name in names and (written := write(name, call, work)) is not None:
            return written
    if blocks.is_callout(name) and call.body is not None:
        return _callout(name, call, work) or ""
    return _unknown(call, work)


def _picture(_name: str, call: Call, work: Work) -> str | None:
    address = call.get(*_SOURCE) or next((value for value in call.positional if _PICTURE_FILE.search(value) or "/" in value), "") or call.at(0)
    if not address or (call.name.lower() == "media" and not _PICTURE_FILE.search(address)):
        return None
    others = [value for value in call.positional if value != address and not re.fullmatch(r"[\d.]+(?:px|%)?|left|right|center|true|false", value)]
    caption = call.get("caption", "title", "legend", "legende") or (call.body or "").strip() or (others[0] if others else "")
    words = [blocks.one_line(caption)] if caption else []
    title = call.get("title")
    if title and title != caption:
        words.insert(0, f"**{title}** –" if words else title)
    credit = call.get("attr", "credit", "source")
    if credit:
        leads = call.get("attrlink", "sourceurl")
        words.append(f"({blocks.link(credit, leads) if leads else credit})" if words else (blocks.link(credit, leads) if leads else credit))
    leads = call.get("link") if call.get("src", "url", "image", "image_path", "file", "path") else ""
    shown = blocks.picture(address, call.get(*_ALTERNATIVE), " ".join(words), leads)
    if not call.is_alone:
        return blocks.one_line(shown)
    work.note("une image appelée par un raccourci est écrite en Markdown.", call.typed)
    return shown


def _film(name: str, call: Call, work: Work) -> str | None:
    typed = call.first("id", "videoid", "video", "url", "src", "code", "v")
    if not typed:
        return None
    address = typed if typed.startswith("http") else _FILMS[name].format(typed)
    title = call.get("title", "caption", "alt")
    work.note("une vidéo appelée par un raccourci est montrée par son adresse.", call.typed)
    if not call.is_alone:
        return blocks.link(title, address)
    return "\n\n".join(filter(None, [blocks.film(address, title), (call.body or "").strip()]))


def _page(name: str, call: Call, work: Work) -> str | None:
    user, own = call.get("user", "username"), call.first("id", "url", "repo", "tweetid", "status", "src")
    typed = own if own.startswith("http") or not user else f"{user}/{own}"
    if not typed:
        return None
    if name in {"tweet", "twitter", "x", "twittersimple"} and user:
        typed = f"https://twitter.com/{user}/status/{own}"
    elif name == "gist" and len(call.positional) > 1 and not own.startswith("http") and "/" not in own:
        typed = f"{own}/{call.at(1)}"
    elif name == "gist" and "#" in typed:
        typed = typed.partition("#")[0]
    address = typed if typed.startswith("http") else _PAGES[name].format(typed.lstrip("/"))
    work.note("ce qu'un raccourci montrait d'un autre site est devenu un lien.", call.typed)
    words = call.get("title", "caption", "text", "description")
    return "\n\n".join(filter(None, [blocks.link(words, address), (call.body or "").strip()]))


def _callout(name: str, call: Call, work: Work) -> str | None:
    if call.body is None and not call.get("text", "content", "body", "message"):
        return None
    kind, rest = call.get("type", "kind", "class", "style", "variant", "intent"), list(call.positional)
    if not kind and name in _CALLOUTS and rest and blocks.is_callout(rest[0]):
        kind = rest.pop(0)
    kind = kind or (name if blocks.is_callout(name) else "")
    title = call.get("title", "header", "heading", "label", "summary") or " ".join(value for value in rest if value not in {"true", "false"} and value != kind)
    work.note("un encadré de l'ancien blog est devenu un encadré d'ici.", call.typed)
    body = call.body if call.body is not None else call.get("text", "content", "body", "message")
    if not call.is_alone:
        return body.strip()
    return blocks.callout(kind.split()[0] if kind.split() else "note", title, dedented(body))


def _details(_name: str, call: Call, work: Work) -> str | None:
    if call.body is None:
        return None
    work.note("un passage replié est écrit avec <details>.", call.typed)
    return blocks.details(call.get("title", "summary", "label", "header") or " ".join(call.positional), dedented(call.body))


def _titled(_name: str, call: Call, work: Work) -> str | None:
    title = call.get("title", "name", "label", "header", "value", "tabname") or " ".join(call.positional)
    work.note("un onglet est devenu un titre en gras, suivi de son texte.", call.typed)
    return "\n\n".join(filter(None, [f"**{blocks.one_line(title)}**" if title else "", dedented(call.body or "").strip("\n")]))


def _plain(_name: str, call: Call, work: Work) -> str | None:
    if call.body is None and call.named:
        return None
    work.note("une mise en page de l'ancien blog est retirée, son texte reste.", call.typed)
    return dedented(call.body or "").strip("\n")


def _quote(_name: str, call: Call, work: Work) -> str | None:
    if call.body is None:
        return None
    source = call.get("link", "source", "url", "src", "cite") or next((value for value in call.positional if value.startswith("http")), "")
    words = " ".join(filter(None, [call.get("author", "by"), call.get("title", "text"), *(value for value in call.positional if value != source)]))
    cited = blocks.link(words, source) if source.startswith(("http", "/")) else " ".join(filter(None, [words, source]))
    work.note("une citation est écrite en Markdown.", call.typed)
    return blocks.quoted("\n\n".join(filter(None, [dedented(call.body).strip("\n"), f"— {cited}" if cited else ""])))


def _code(_name: str, call: Call, work: Work) -> str | None:
    if call.body is None:
        return None
    language = call.first("lang", "language").replace("lang:", "")
    title = call.get("title", "caption", "file", "filename")
    code = work.masked.block(work.masked.restored(call.body), language if re.fullmatch(r"[\w+#.-]+", language) else "")
    return f"**{title}**\n\n{code}" if title else code


def _link(_name: str, call: Call, work: Work) -> str | None:
    address = call.get("href", "link", "url", "path", "page", "to", "relref", "ref") or next(
        (value for value in call.positional if re.search(r"[/#.]", value)), ""
    )
    if not address:
        return None
    words = " ".join(
        filter(None, [(call.body or "").strip(), call.get("title", "text", "label", "name", "content"), call.get("description", "caption", "subtitle")])
    )
    others = " ".join(value for value in call.positional if value != address and " " in value)
    work.note("un bouton ou une carte est devenu un lien.", call.typed)
    return blocks.link(" ".join(filter(None, [words, others])), work.resolve(address) or address)


def _unknown(call: Call, work: Work) -> str:
    words = list(_words(call))
    address = call.get("url", "href", "src", "link") or next((value for value in call.positional if re.match(r"https?://", value)), "")
    words = [said for said in words if said != address]
    work.note(f"le raccourci « {call.name} » n'existe pas ici : {'son texte reste' if call.body or words else 'il est retiré'}.", call.typed)
    parts = [dedented(call.body).strip("\n")] if call.body and call.body.strip() else []
    if _PICTURE_FILE.search(address):
        return "\n\n".join([blocks.picture(address, call.get(*_ALTERNATIVE), call.get(*_CAPTION)), *parts])
    if address.startswith(("http", "/")):
        return "\n\n".join([blocks.link(" ".join(words), address), *parts])
    return ("\n\n" if call.is_alone else " ").join([*words, *parts])


def _words(call: Call) -> Iterator[str]:
    """Arguments that are said to readers."""
    for key, value in call.named:
        if key in {"title", "caption", "text", "content", "label", "alt", "description", "summary", "name", "author", "heading"} or " " in value.strip():
            yield blocks.one_line(value)
    yield from (blocks.one_line(value) for value in call.positional if " " in value.strip())


def dedented(text: str) -> str:
    """A text without the margin that all its lines have."""
    lines = text.strip("\n").split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)


_WAYS: tuple[tuple[frozenset[str], Callable[[str, Call, Work], str | None]], ...] = (
    (_PICTURES, _picture),
    (frozenset(_FILMS), _film),
    (frozenset(_PAGES), _page),
    (_CALLOUTS, _callout),
    (_FOLDED, _details),
    (_TITLED, _titled),
    (_QUOTES, _quote),
    (_CODE, _code),
    (_LINKS, _link),
    (_PLAIN, _plain),
)
