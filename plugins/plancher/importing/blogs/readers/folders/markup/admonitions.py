"""What MkDocs and its kin write with indented lines or colons: admonitions, folded passages, tabs, snippets.

Longer than most: the marks of one family of extensions.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence

from plancher.importing.blogs.readers.folders import masks
from plancher.importing.blogs.readers.folders.markup import blocks
from plancher.importing.blogs.readers.folders.markup.known_calls import dedented
from plancher.importing.blogs.readers.folders.markup.work import Work

_HEAD = re.compile(
    r"(?P<margin>[ \t]*(?:>[ \t]?)*[ \t]*)(?:(?P<sign>!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w -]+?)?[ \t]*(?:\"(?P<title>(?:[^\"\\]|\\.)*)\")?[ \t]*(?:\{[^{}]*\})?"
    r"|===[!+]*[ \t]+(?:\"(?P<tab>(?:[^\"\\]|\\.)*)\"|'(?P<other>[^']*)'))[ \t]*$"
)
_COLONS = re.compile(
    r"(?P<margin>[ \t]*)(?P<colons>:{3,})[ \t]*\{?\.?(?P<kind>[A-Za-z][\w-]*)\}?[ \t]*(?:\[(?P<label>[^\]]*)\])?[ \t]*"
    r"(?:\{[^{}]*\})?[ \t]*(?P<title>[^{}\n]*?)[ \t]*(?:\{[^{}]*\})?$"
)
_COLONS_END = re.compile(r"[ \t]*(?P<colons>:{3,})[ \t]*$")
_SNIPPET = re.compile(r"(?m)^(?P<margin>[ \t]*)-{1,}8<-{1,}[ \t]+[\"'](?P<name>[^\"'\n]+)[\"'][ \t]*$")
_SNIPPETS = re.compile(r"(?m)^[ \t]*-{1,}8<-{1,}[ \t]*\n(?P<names>(?:[^\n]*\n)*?)[ \t]*-{1,}8<-{1,}[ \t]*$")
_ATTRIBUTES = re.compile(
    r"(?m)^[ \t]*\{:?[ \t]*(?:[.#]|[\w-]+=)[^{}\n]*\}[ \t]*$\n?|(?<=[^\s\\])[ \t]?\{:?[ \t]*(?:[.#][\w-]|[\w-]+=|:)[^{}\n]*\}|(?<=\))\{:?[^{}\n%]*\}"
)
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:(?:\{[^{}\n]*\})?[ \t]?")
_CRITIC = re.compile(r"\{==[ \t]*(?P<marked>[^{}\n]+?)[ \t]*==\}|\{>>(?P<said>[^{}\n]*)<<\}|\{\+\+(?P<added>[^{}\n]+)\+\+\}|\{--(?P<taken>[^{}\n]+)--\}")
_MARKS = (
    (re.compile(r"(?<![=\w\\])==(?=[^\s=])(?P<words>[^=\n]+?)(?<=\S)==(?![=\w])"), "mark"),
    (re.compile(r"(?<![+\w\\])\+\+(?=[^\s+])(?P<words>[^+\n]+(?:\+[^+\n]+)*)(?<=\S)\+\+(?![+\w])"), "kbd"),
    (re.compile(r"(?<![\^\\])\^\^(?=[^\s^])(?P<words>[^^\n]+?)(?<=\S)\^\^(?!\^)"), "ins"),
    (re.compile(r"(?<![\[^\\\w])\^(?=[^\s^\]])(?P<words>[^^\s\[\]]{1,20})\^(?!\^)|(?<=\w)\^(?=[^\s^\]])(?P<after>[^^\s\[\]]{1,20})\^(?![\^\w])"), "sup"),
    (re.compile(r"(?<![~\\])~(?=[^\s~])(?P<words>[^~\s]{1,20})~(?!~)"), "sub"),
)
_DEEPEST, _LONGEST = 5, 200_000


def admonitions(work: Work) -> str:
    """« !!! note "Title" », « ??? », « === "Tab" », each with the lines that are indented below it."""
    if not re.search(r"(?m)^[ \t>]*(?:!!!|\?\?\?|===[!+]*[ \t]+[\"'])", work.text):
        return work.text
    return "\n".join(_indented(work.text.split("\n"), work, 0))


def _indented(lines: Sequence[str], work: Work, depth: int) -> list[str]:
    out: list[str] = []
    index = 0
    while index < len(lines):
        head = _HEAD.match(lines[index]) if depth < masks.DEEPEST else None
        if head is None or (head["sign"] and not (head["kind"] or head["title"])):
            out.append(lines[index])
            index += 1
            continue
        inside, end = _below(lines, index + 1, head["margin"])
        body = "\n".join(_indented(inside, work, depth + 1)).strip("\n")
        written = _written(head, body, work)
        margin = head["margin"]
        out += [margin.rstrip(), *((margin + line).rstrip() if not line.strip() else margin + line for line in written.split("\n")), margin.rstrip()]
        index = end
    return out


def _below(lines: Sequence[str], start: int, margin: str) -> tuple[list[str], int]:
    """The lines that are indented below a head, without their indentation."""
    end, inside = start, []
    for index in range(start, len(lines)):
        line = lines[index]
        rest = line[len(margin) :] if line.startswith(margin) else line if margin.strip() == "" and not line.strip() else None
        if rest is None and not line.strip(" >\t"):
            rest = ""
        if rest is None or (rest.strip() and not rest.startswith(("    ", "\t", "  "))):
            break
        inside.append(rest)
        if rest.strip():
            end = index + 1
    taken = inside[: end - start]
    width = min((len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) for line in taken if line.strip()), default=0)
    return [line.expandtabs(4)[min(width, 4) :] if line.startswith("\t") else line[min(width, 4) :] for line in taken], end


def _written(head: re.Match[str], body: str, work: Work) -> str:
    if not head["sign"]:
        title = head["tab"] if head["tab"] is not None else head["other"]
        work.note("un onglet est devenu un titre en gras, suivi de son texte.", head[0].strip())
        return f"**{title}**\n\n{body}"
    kind, title = _kind(head["kind"] or "note"), (head["title"] or "").replace('\\"', '"')
    if head["sign"] == "???":
        work.note("un passage replié est écrit avec <details>.", head[0].strip())
        return blocks.details(title or kind, body)
    work.note("un encadré de l'ancien blog est devenu un encadré d'ici.", head[0].strip())
    return blocks.callout(kind, title, body)


def _kind(typed: str) -> str:
    """« note inline end »: the first word that says a kind."""
    words = [word for word in typed.split() if word not in {"inline", "end", "left", "right"}]
    return next(filter(blocks.is_callout, words), words[0] if words else "note")


def directives(work: Work) -> str:
    """« :::tip[Title] » up to « ::: », as Docusaurus, Starlight and remark-directive have it."""
    if ":::" not in work.text:
        return work.text
    stack: list[tuple[re.Match[str], list[str]]] = []
    out: list[str] = []
    for line in work.text.split("\n"):
        end, head = _COLONS_END.match(line), _COLONS.match(line)
        here = stack[-1][1] if stack else out
        if end and stack:
            opening, inside = stack.pop()
            (stack[-1][1] if stack else out).extend(_directive(opening, inside, work))
        elif end:
            work.note("un encadré refermé sans avoir été ouvert.", line)
        elif head and len(stack) < masks.DEEPEST:
            stack.append((head, []))
        else:
            here.append(line)
    while stack:
        opening, inside = stack.pop()
        (stack[-1][1] if stack else out).extend(_directive(opening, inside, work))
    return "\n".join(out)


def _directive(head: re.Match[str], inside: Sequence[str], work: Work) -> list[str]:
    kind, title = head["kind"], " ".join(filter(None, [head["label"], head["title"]]))
    body = dedented("\n".join(inside)) if head["margin"] else "\n".join(inside)
    work.note("un encadré de l'ancien blog est devenu un encadré d'ici.", head[0].strip())
    if kind.lower() in {"details", "spoiler"}:
        written = blocks.details(title, body)
    elif blocks.is_callout(kind):
        written = blocks.callout(kind, title, body)
    else:
        written = f"**{title}**\n\n{body}" if title else body
    return ["", *(head["margin"] + line for line in written.split("\n")), ""]


class Snippets:
    """« --8<-- "file" »: files of the folder alone, and not without end."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        """:param read: gives a file of the folder; None where there is none."""
        self._read = read
        self.absent: list[str] = []

    def __call__(self, body: str) -> str:
        """A body with what it includes."""
        return self._with(body, 0) if "8<-" in body else body

    def _with(self, text: str, depth: int) -> str:
        if depth > _DEEPEST or len(text) > _LONGEST:
            return text
        text = _SNIPPETS.sub(lambda typed: "\n".join(self._file(name.strip(), "", depth) for name in typed["names"].split("\n") if name.strip()), text)
        return _SNIPPET.sub(lambda typed: self._file(typed["name"], typed["margin"], depth), text)

    def _file(self, typed: str, margin: str, depth: int) -> str:
        name, _, lines = typed.partition(":")
        path = posixpath.normpath(name.strip().lstrip("/"))
        included = None if path.startswith("..") or "://" in typed else self._read(path)
        if included is None:
            self.absent.append(typed)
            return f'{margin}--8<-- "{typed}"'
        rows = included.rstrip("\n").split("\n")
        bounds = re.fullmatch(r"(\d*):?(\d*)", lines)
        if bounds and lines:
            rows = rows[int(bounds[1] or 1) - 1 : int(bounds[2]) if bounds[2] else None]
        return "\n".join(margin + row for row in self._with("\n".join(rows), depth + 1).split("\n"))


def absent(body: str, read: Callable[[str], str | None]) -> list[str]:
    """The files that a body wants to include and that are not in the folder."""
    snippets = Snippets(read)
    snippets(body)
    return snippets.absent


def marks(work: Work) -> str:
    """« ==marked== », « ++ctrl+c++ », « ^^underlined^^ », « x^2^ », « H~2~O », as HTML that Markdown takes."""
    text = _ICON.sub("", _CRITIC.sub(_critic, work.text) if "{" in work.text else work.text)
    for shape, tag in _MARKS:
        if shape.search(text):
            text = _outside_addresses(text, lambda part, shape=shape, tag=tag: shape.sub(lambda typed: _marked(typed, tag), part))  # type: ignore[misc]
    return text


_ADDRESS = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s[^()\n]*)?\)|<?https?://[^\s<>]+>?|<[A-Za-z/!][^<>]*>")


def _outside_addresses(text: str, change: Callable[[str], str]) -> str:
    out, start = [], 0
    for address in _ADDRESS.finditer(text):
        out += [change(text[start : address.start()]), address[0]]
        start = address.end()
    return "".join([*out, change(text[start:])])


def _marked(typed: re.Match[str], tag: str) -> str:
    words = typed.groupdict().get("after") or typed["words"]
    if tag == "kbd":
        return "+".join(f"<kbd>{key.strip(chr(34))}</kbd>" for key in words.split("+"))
    return f"<{tag}>{words}</{tag}>"


def _critic(typed: re.Match[str]) -> str:
    if typed["marked"]:
        return f"<mark>{typed['marked']}</mark>"
    if typed["added"]:
        return f"<ins>{typed['added']}</ins>"
    return f"<del>{typed['taken']}</del>" if typed["taken"] else f" ({typed['said'].strip()})"


def without_attributes(work: Work) -> str:
    """« { .annotate } », « {: target=_blank } »: looks, for which our blog has no use."""
    if "{" not in work.text:
        return work.text

    def dropped(typed: re.Match[str]) -> str:
        work.note("une liste d'attributs est retirée.", typed[0].strip())
        return ""

    return _ATTRIBUTES.sub(dropped, work.text)
