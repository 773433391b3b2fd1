"""What readers answered, and the owner of the blog accepted: files of TOML in ``content/temoignages/``, which an author can read and correct.

Several components show it. Only what a reader agreed to publish stands there:
no address, no header of a mail. Nothing of it is trusted: it is plain text.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from plancher.base import addresses, data, files
from plancher.base.data import DataError
from plancher.base.problems import Problem, SiteProblem
from plancher.text.source import FORBIDDEN

FOLDER = "temoignages"
"""From the content folder; a folder for each year stands in it."""
ANSWER, LINK = "temoignage", "lien"
"""Kinds: what a reader sent to be published; a public page that answers, which is linked and no more."""
FORMER = frozenset({"commentaire", "rétrolien"})
"""Kinds of what an import brought home from a former blog."""
MOST = 5_000_000
"""Bytes of one file."""
_FORMER_LINE = re.compile(r'^genre = "(?:commentaire|rétrolien)"$', re.MULTILINE)
_TEXTS = ("texte", "id", "appel", "auteur", "site", "adresse", "parent", "genre", "promesse", "indicateur", "avant", "apres", "periode")
_KEYS = frozenset({*_TEXTS, "date", "accepte", "registre"})
_Table = Mapping[str, object]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """One answer, as it is shown."""

    path: str
    """Its file, from the content folder."""
    line: int
    id: str
    post: str
    """The text that it answers: its file, from the content folder."""
    call: str = ""
    """The anchor of the call that it answers; empty: the post itself."""
    kind: str = ANSWER
    author: str = ""
    """As its author asked; empty: no name."""
    website: str = ""
    address: str = ""
    """Of the public page that says it; empty: it came in private."""
    parent: str = ""
    """The answer that it answers."""
    date: dt.datetime | None = None
    words: str
    """Paragraphs of plain text."""
    is_counted: bool = False
    """Whether its author agreed to stand in the register of proofs."""
    promise: str = ""
    indicator: str = ""
    before: str = ""
    after: str = ""
    period: str = ""

    @property
    def anchor(self) -> str:
        """Where it stands in the pages that show it."""
        return f"reponse-{self.id}"


@dataclasses.dataclass(frozen=True, slots=True)
class Testimonies:
    """All of a blog, the newest first."""

    rows: tuple[Testimony, ...] = ()
    problems: tuple[SiteProblem, ...] = ()


def load(content: Path, *, former: bool = False) -> Testimonies:
    """What stands in the folder; a file that cannot be read is told, and the others are shown.

    :param former: whether to read what an import brought home, too: thousands of comments take seconds.
    """
    rows: list[Testimony] = []
    problems: list[SiteProblem] = []
    for path in sorted((content / FOLDER).rglob("*.toml")):
        name = path.relative_to(content).as_posix()
        try:
            text = files.read_text(path, MOST)
            if former or not _is_former(text):
                rows += (row for row in _of_file(name, text) if former or row.kind not in FORMER)
        except (DataError, files.UnreadableError) as error:
            problems.append((name, Problem(error.line, "PDV160", f"ce fichier ne se lit pas : {error}. Corrigez-le, ou retirez-le.")))
    rows.sort(key=lambda row: (row.date is not None, row.date and row.date.timestamp(), row.id), reverse=True)
    return Testimonies(tuple(rows), tuple(problems))


def _is_former(text: str) -> bool:
    """Whether every answer of a file came from a former blog, as its lines say without being read as TOML."""
    return 0 < text.count("\n[[reponse]]\n") == len(_FORMER_LINE.findall(text))


@functools.lru_cache(maxsize=4096)  # several components ask
def _of_file(name: str, text: str) -> tuple[Testimony, ...]:
    """:raises DataError: it has not the shape of such a file."""
    content = data.from_toml(text)
    post, tables = content.get("texte"), content.get("reponse", [])
    if not isinstance(post, str) or not isinstance(tables, list):
        raise DataError("« texte », qui nomme le billet, ou « [[reponse]] » y manque")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[reponse]]"]
    lines += [1] * (len(tables) - len(lines))
    return tuple(_row(name, line, post, table) for line, table in zip(lines, tables, strict=False))


def _row(name: str, line: int, post: str, table: _Table) -> Testimony:
    """:raises DataError: a key or a value is none of ours."""
    unknown = sorted(table.keys() - _KEYS) if isinstance(table, dict) else ["reponse"]
    if unknown:
        raise DataError(f"la clé « {unknown[0]} » n'y est pas connue", line)
    said = dict(_texts(table, line))
    kind = said["genre"] or ANSWER
    if not said["texte"] or not said["id"] or kind not in {ANSWER, LINK, *FORMER}:
        raise DataError("une réponse a besoin de « id », de « texte », et d'un « genre » connu", line)
    return Testimony(
        path=name,
        line=line,
        id=said["id"],
        post=post,
        call=said["appel"],
        kind=kind,
        author=said["auteur"],
        website=said["site"] if addresses.is_web(said["site"]) else "",
        address=said["adresse"] if addresses.is_web(said["adresse"]) else "",
        parent=said["parent"],
        date=_moment(table.get("date"), line),
        words=said["texte"],
        is_counted=table.get("registre") is True and kind == ANSWER,
        promise=said["promesse"],
        indicator=said["indicateur"],
        before=said["avant"],
        after=said["apres"],
        period=said["periode"],
    )


def _texts(table: _Table, line: int) -> Iterator[tuple[str, str]]:
    for key in _TEXTS:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise DataError(f"« {key} » y attend un texte entre guillemets", line)
        yield key, FORBIDDEN.sub("", value).strip()


def _moment(value: object, line: int) -> dt.datetime | None:
    """A date of TOML; one without a zone is that of Greenwich."""
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time(), dt.UTC)
    raise DataError("« date » y attend une date, comme 2026-11-26", line)


def text_of(row: Testimony, accepted: dt.date) -> str:
    """The file of one answer."""
    fields = (
        *(("id", row.id), ("genre", row.kind), ("appel", row.call), ("auteur", row.author), ("adresse", row.address)),
        *(("promesse", row.promise), ("indicateur", row.indicator), ("avant", row.before), ("apres", row.after), ("periode", row.period)),
    )
    lines = [f"{key} = {_quoted(value)}" for key, value in fields if value]
    lines += [f"date = {row.date.replace(microsecond=0).isoformat()}"] if row.date else []
    lines += [f"accepte = {accepted.isoformat()}", f"registre = {'true' if row.is_counted else 'false'}", f"texte = {_quoted(row.words)}"]
    return "\n".join((_HEAD, f"texte = {_quoted(row.post)}", "", "[[reponse]]", *lines, ""))


_HEAD = "# La réponse d'un lecteur, publiée avec son accord. Corrigez-la si son auteur le demande, ou retirez ce fichier."


def _quoted(value: str) -> str:
    """A value as TOML quotes it: its escapes are those of JSON."""
    return json.dumps(FORBIDDEN.sub("", value), ensure_ascii=False)
