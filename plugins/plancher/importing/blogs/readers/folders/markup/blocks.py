"""The blocks of our grammar, as text: callouts, films, pictures, details."""

from __future__ import annotations

import re

from plancher.base.french import fold

_NAMES = {
    "astuce": "tip hint astuce conseil tips success check done",
    "attention": "warning caution danger error failure fail missing bug attention important avertissement critical alert",
    "definition": "definition",
    "note": "note info information remarque notice seealso abstract summary tldr todo example exemple quote cite question help faq question notes aside"
    " primary secondary",
}
_CALLOUTS = {word: name for name, words in _NAMES.items() for word in words.split()}
_TITLES = {
    "example": "Exemple",
    "exemple": "Exemple",
    "question": "Question",
    "help": "Question",
    "faq": "Question",
    "todo": "À faire",
    "abstract": "Résumé",
    "summary": "Résumé",
    "tldr": "Résumé",
    "bug": "Bogue",
    "failure": "Échec",
    "fail": "Échec",
    "success": "Réussi",
    "check": "Réussi",
    "done": "Fait",
    "error": "Erreur",
    "seealso": "À voir aussi",
}
"""What the kind says and ours does not, where there is no title."""


def callout(kind: str, title: str, body: str) -> str:
    """A callout of ours; the name of a kind that we do not have stays as its title."""
    word = fold(kind)
    name = _CALLOUTS.get(word, "note")
    if word in {"quote", "cite"}:
        return quoted(f"**{title}**\n\n{body}" if title else body)
    title = one_line(title) or _TITLES.get(word, "") or ("" if word in _CALLOUTS else kind.replace("-", " ").replace("_", " ").strip())
    if not body.strip():
        return quoted(f"[!{name}]\n{title}") if title else ""
    return quoted(f"[!{name}] {title}".rstrip() + f"\n{body.strip(chr(10))}")


def is_callout(kind: str) -> bool:
    """Whether this names a kind of callout."""
    return fold(kind) in _CALLOUTS


def quoted(text: str) -> str:
    """A quotation."""
    return "\n".join(f"> {line}" if line.strip() else ">" for line in text.strip("\n").split("\n"))


def details(title: str, body: str) -> str:
    """A passage that is folded until it is asked for."""
    head = escaped(one_line(title)) or "Détails"
    return f"<details>\n<summary>{head}</summary>\n\n{body.strip(chr(10))}\n\n</details>"


def film(address: str, title: str = "") -> str:
    """A film on a platform: its address alone is enough, unless it has a title of its own."""
    title = one_line(title)
    return f"> [!video] {title}\n> url : {address}" if title else f"<{address}>"


def picture(address: str, alternative: str = "", caption: str = "", link: str = "") -> str:
    """A picture with its caption."""
    plain = one_line(alternative)
    caption = one_line(caption)
    has_marks = re.search(r"\]\(|[*_`<\ufdd0]", caption) is not None
    title = "" if has_marks or not caption else ' "' + caption.replace('"', "&quot;") + '"'
    if not plain:
        plain = re.sub(r"\[([^\[\]]*)\]\([^()]*\)|[*_`]|<[^<>]*>", r"\1", caption)
    shown = f"![{bracketed(plain)}]({destination(address)}{title})"
    shown = f"[{shown}]({destination(link)})" if link else shown
    return f"{shown}\n\n{caption}" if has_marks else shown


def link(words: str, address: str) -> str:
    """A link; without words, it shows its address."""
    words = one_line(words)
    if not words or words == address:
        return f"<{address}>" if re.match(r"https?://", address) and " " not in address else f"[{bracketed(address)}]({destination(address)})"
    return f"[{bracketed(words)}]({destination(address)})"


def destination(address: str) -> str:
    """An address as it stands between the brackets of a link."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def bracketed(words: str) -> str:
    """Words that stand between square brackets."""
    return words if words.count("[") == words.count("]") else re.sub(r"(?<!\\)([\[\]])", r"\\\1", words)


def one_line(text: str) -> str:
    """Words without the ends of their lines."""
    return " ".join(text.split())


def escaped(text: str) -> str:
    """Words inside a tag."""
    return re.sub(r"&(?![\w#]+;)", "&amp;", text).replace("<", "&lt;")
