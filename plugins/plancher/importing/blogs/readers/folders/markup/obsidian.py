"""Obsidian's own marks: wikilinks, embeds, callouts, private remarks, tags in the text."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import PurePosixPath

from plancher.base.slugs import slug
from plancher.importing.blogs.readers.folders.markup import blocks
from plancher.importing.blogs.readers.folders.markup.work import Work

_PRIVATE = re.compile(r"%%.*?(?:%%|\Z)", re.DOTALL)
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|\n#^]*)(?P<anchor>#[^\[\]|\n]*)?(?:\\?\|(?P<text>[^\[\]\n]*))?\]\]")
_SIZE = re.compile(r"\d+(?:x\d+)?")
_CALLOUT = re.compile(r"(?P<margin>[ \t]*(?:>[ \t]?)*)>[ \t]?\[!(?P<kind>[^\]\n|]+)(?:\|[^\]\n]*)?\](?P<fold>[-+]?)[ \t]*(?P<title>[^\n]*)$")
_TAG = re.compile(r"(?<![\w/#&])#(?P<tag>(?=[^\s#]*[^\W\d])[\w/-]+)")
_BLOCK_ID = re.compile(r"(?m)[ \t]+\^[A-Za-z0-9-]+[ \t]*$|^\^[A-Za-z0-9-]+[ \t]*$\n?")
_STRUCTURE = re.compile(r"[ \t]*(?:$|#{1,6} |[-*+] |\d+[.)] |>|\||<|```|~~~|:{3}|\[\^?[^\]]*\]:|-{3,}|\*{3,}|_{3,}|\ufdd0b)")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$", re.IGNORECASE)
_OTHER_FILE = re.compile(r"\.(?:pdf|mp[34]|webm|ogv|ogg|wav|m4a|mov|mkv|flac|canvas|base|csv|zip)$", re.IGNORECASE)


def private(work: Work) -> str:
    """« %%…%% » is never shown, nor repeated in a report."""
    if "%%" not in work.text:
        return work.text
    text, count = _PRIVATE.subn("", work.text)
    work.note(
        f"{count} passage{'s' if count > 1 else ''} entre %% et %%, que personne d'autre ne voyait : {'ils restent' if count > 1 else 'il reste'} dehors."
    )
    return text


def wikilinks(work: Work) -> str:
    """« [[Note#Heading|words]] » is a link, « ![[picture.png|300]] » a picture."""
    return _WIKI.sub(lambda typed: _link(typed, work), work.text) if "[[" in work.text else work.text


def _link(typed: re.Match[str], work: Work) -> str:
    target, anchor, text = typed["target"].strip(), (typed["anchor"] or "").lstrip("#"), (typed["text"] or "").strip()
    address = work.resolve(target) if target else ""
    if typed["embed"] and _FILE.search(target):
        words = "" if _SIZE.fullmatch(text) else re.sub(r"\|?\d+(?:x\d+)?$", "", text)
        return blocks.picture(address or urllib.parse.quote(target), words or PurePosixPath(target).stem)
    if not target and anchor:
        return blocks.link(text or anchor.lstrip("^"), f"#{slug(anchor)}")
    words = text or (f"{PurePosixPath(target).name} > {anchor}" if anchor and not anchor.startswith("^") else PurePosixPath(target).name.removesuffix(".md"))
    if not address:
        if _FILE.search(target) or _OTHER_FILE.search(target):
            return blocks.link(words, urllib.parse.quote(target))
        work.note("un lien vers une note qui n'est pas dans le dossier : ses mots restent.", typed[0])
        return words
    if typed["embed"]:
        work.note("une note montrée dans une autre est devenue un lien.", typed[0])
    return blocks.link(words, address + (f"#{slug(anchor)}" if anchor and not anchor.startswith("^") else ""))


def callouts(work: Work) -> str:
    """« > [!x]- Title » with the names of ours; quotations stay quotations."""
    if "[!" not in work.text:
        return work.text
    lines = work.text.split("\n")
    for index, line in enumerate(lines):
        head = _CALLOUT.match(line) if "[!" in line else None
        if head is None or not head["kind"].strip():
            continue
        first = blocks.callout(head["kind"].strip(), head["title"], "x").split("\n")[0]
        quote = head["margin"]
        if head["kind"].strip().lower() in {"quote", "cite"}:
            lines[index] = f"{quote}> **{head['title']}**\n{quote}>" if head["title"] else f"{quote}>"
        else:
            lines[index] = quote + first
    return "\n".join(lines)


def tags(work: Work) -> str:
    """A line of tags alone goes into the header; « #word » in a sentence stays, and is a tag too."""
    if "#" not in work.text:
        return work.text
    out = []
    for line in work.text.split("\n"):
        found = (
            [match["tag"].strip("/-") for match in _TAG.finditer(line)] if "#" in line and not re.match(r"[ \t>]*#{1,6} ", line) and "](" not in line else []
        )
        work.tags += [part for tag in found for part in tag.split("/") if part]
        if not (found and not _TAG.sub("", line).strip(" ,;\t")):
            out.append(line)
    return "\n".join(out)


def block_ids(work: Work) -> str:
    """« ^id », the name that a note gives to a paragraph."""
    return _BLOCK_ID.sub(lambda typed: "\n" if typed[0].endswith("\n") else "", work.text) if "^" in work.text else work.text


def line_breaks(work: Work) -> str:
    """Each line is one, as Obsidian shows it."""
    lines = work.text.split("\n")
    for index in range(len(lines) - 1):
        line, following = lines[index], lines[index + 1]
        if (
            line.strip()
            and not line.endswith(("  ", "\\"))
            and not _STRUCTURE.match(following)
            and not re.match(r"[ \t]*(?:#{1,6} |\||<|\ufdd0b|-{3,}$)", line)
        ):
            lines[index] = line + "  "
    return "\n".join(lines)
