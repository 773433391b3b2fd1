"""Renaming and merging tags in the authors' files: « invoke tags.rename », « tags.merge », « tags.unused »."""

from __future__ import annotations

import collections
import dataclasses
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plancher.base.french import did_you_mean, join, plural
from plancher.commands.history import History, HistoryError
from plancher.commands.step import FileChange
from plancher.commands.tags import registry_file, tag_line
from plancher.commands.tags.registry_text import RegistryError
from plancher.components.tags import legacy_tag_lines, vocabulary_reader
from plancher.components.tags.names import canonical_names
from plancher.components.tags.usage import collation
from plancher.components.tags.vocabulary import FILE, Vocabulary
from plancher.text import header, header_keys, scan, source
from plancher.text.tag_names import clean_tag, why_not_a_tag


class UpkeepError(ValueError):
    """What was asked cannot be done; the message says why and what to do, in French."""


@dataclasses.dataclass(frozen=True, slots=True)
class TaggedTexts:
    """The texts of a content folder, and its registry."""

    folder: Path
    """The content folder."""
    texts: Mapping[Path, bytes]
    registry: str
    former: Mapping[Path, bytes]
    """What is on disk, with the registry."""
    vocabulary: Vocabulary
    counts: Mapping[str, int]
    """How many texts bear each tag, drafts too, by the name that is shown."""
    categories: Collection[str] = frozenset()
    """The keys of the categories of texts: the registry describes them, too."""

    def resolve(self, typed: str) -> str:
        """The tag that somebody means, under the name that is shown.

        :raises UpkeepError: there is none.
        """
        key = self.vocabulary.key
        shared = key(clean_tag(typed))
        names = {*self.counts, *(entry.name for entry in self.vocabulary.entries.values())}
        name = self.vocabulary.preferred_names.get(shared) or next((name for name in sorted(names) if key(name) == shared), "")
        if not names:
            raise UpkeepError("aucun billet n'a de mot-clé, et le registre n'en a pas.")
        if not name:
            raise UpkeepError(f"aucun billet ne porte « {typed} », et le registre ne le connaît pas. {did_you_mean(typed, sorted(names, key=collation))}")
        return name

    def spellings(self, name: str) -> set[str]:
        """The keys of a tag: its own, and those of its aliases."""
        entry, key = self.vocabulary.get(name), self.vocabulary.key
        return {key(name), *map(key, entry.aliases if entry else ())}


@dataclasses.dataclass(frozen=True, slots=True)
class TagChange:
    """New contents of files; nothing is written until ``write`` is called."""

    files: Mapping[Path, bytes]
    """New contents, the registry first."""
    messages: tuple[str, ...]
    """What the author reads, a sentence each."""

    former: Mapping[Path, bytes]
    """What these files held when they were read; a file that is missing here did not exist."""

    def write(self, history: History, command: str, command_line: str) -> None:
        """Replace all the files, or none.

        :param command: the task, whose ``--undo`` undoes this.
        :raises UpkeepError: one of them was changed meanwhile, or cannot be written.
        """
        try:
            history.make(command, command_line, [FileChange(path, self.former.get(path), content) for path, content in self.files.items()])
        except HistoryError as error:
            raise UpkeepError(str(error)) from None


def load(folder: Path) -> TaggedTexts:
    """Read every text of a content folder.

    :raises UpkeepError: the registry, or a text, cannot be read: nothing may be changed half-way.
    """
    if not folder.is_dir():
        raise UpkeepError(f"{folder} : ce dossier n'existe pas. C'est là que sont vos textes : rendez-lui son nom.")
    registry = folder / FILE
    try:
        on_disk = {registry: registry.read_bytes()} if registry.is_file() else {}
        registry_text = on_disk.get(registry, b"").decode("utf-8")
        registered, problems = vocabulary_reader.parse(registry_text.removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise UpkeepError(f"{registry} n'est pas en UTF-8. Enregistrez-le avec cet encodage.") from None
    if problems:
        raise UpkeepError("\n".join(str(problem.at(str(registry))) for problem in problems))
    texts = {path: path.read_bytes() for path in sorted((folder / "articles").rglob("*")) if _is_text(path)}
    used: dict[Path, tuple[str, ...]] = {}
    for path, raw in texts.items():
        try:
            used[path] = (*tag_line.tags(raw), *_legacy_tags(raw))
        except UnicodeDecodeError:
            raise UpkeepError(f"{path} n'est pas en UTF-8. Enregistrez-le avec cet encodage.") from None
    shown = canonical_names((tag for tags in used.values() for tag in tags), registered.preferred_names, registered.key)
    counts = collections.Counter(name for tags in used.values() for name in {shown[registered.key(tag)] for tag in tags})
    categories = {registered.key(name) for raw in texts.values() for name in _categories(raw)}
    return TaggedTexts(folder, texts, registry_text, on_disk | texts, registered, counts, categories)


def _is_text(path: Path) -> bool:
    """Whether this is a text of the site, and not a file that an editor left beside it."""
    return path.suffix.lower() == ".md" and not path.name.startswith((".", "#")) and not path.is_symlink() and path.is_file()


def _categories(raw: bytes) -> Iterator[str]:
    for field in header.split(source.decode(raw).lines).fields:
        if header_keys.canonical(field.key, field.within) == "category":
            yield from map(clean_tag, (field.value, *field.items))


def _legacy_tags(raw: bytes) -> Iterator[str]:
    """Tags that older engines wrote in the text itself."""
    if b"echnorati" in raw.lower():
        lines = source.decode(raw).lines
        start = header.split(lines).body_start
        for legacy_line in legacy_tag_lines.read(scan.scan(lines[start:], start + 1).lines)[1]:
            yield from map(clean_tag, legacy_line.tags)


def rename(tagged: TaggedTexts, old: str, new: str) -> TagChange:
    """Give a tag another name; the old one becomes an alias, so that its address leads to the new one.

    :raises UpkeepError: no such tag, or another one has this name.
    """
    present, wanted, key = tagged.resolve(old), _checked_name(new), tagged.vocabulary.key
    owner = tagged.vocabulary.preferred_names.get(key(wanted)) or next((name for name in tagged.counts if key(name) == key(wanted)), "")
    if owner and owner != present:
        raise UpkeepError(f'« {wanted} » est déjà un mot-clé. Pour les réunir : invoke tags.merge "{present}" "{owner}".')
    former = [name for name in (clean_tag(old) if present == wanted else present,) if name != wanted]
    registry = _rewrite(tagged, lambda text: registry_file.rename(text, present, wanted, former, key))
    return _make_change(tagged, registry, dict.fromkeys(tagged.spellings(present), wanted), _redirect_sentence(former, wanted))


def merge(tagged: TaggedTexts, others: Iterable[str], into: str) -> TagChange:
    """Merge tags under the name of one of them; the others become its aliases.

    :raises UpkeepError: one of them is not known, or there is nothing to merge.
    """
    target, others = tagged.resolve(into), list(others)
    sources = list(dict.fromkeys(name for other in others if (name := tagged.resolve(other)) != target))
    if not sources:
        spelt = next((other for other in map(clean_tag, (*others, into)) if other != target), "")
        advice = f' Pour n\'en garder qu\'une graphie : invoke tags.rename "{spelt}" "{target}".' if spelt else ""
        raise UpkeepError(f"rien à réunir : c'est déjà un seul mot-clé, « {target} ».{advice}")
    registry = _rewrite(tagged, lambda text: registry_file.merge(text, sources, target, tagged.vocabulary.key))
    keys = {shared: target for name in (*sources, target) for shared in tagged.spellings(name)}
    return _make_change(tagged, registry, keys, _redirect_sentence(sources, target))


def unused(tagged: TaggedTexts) -> list[str]:
    """The tags of the registry that no text bears, that no tag in use belongs to, and that are no category."""
    entries = tagged.vocabulary.entries
    needed = {shared for shared, entry in entries.items() if tagged.counts.get(entry.name) or shared in tagged.categories}
    waiting = [entries[shared] for shared in needed]
    while waiting:
        entry = waiting.pop()
        named = (tagged.vocabulary.key(tagged.vocabulary.name(name)) for name in (entry.parent, *entry.broader) if name)
        above = {shared for shared in named if shared in entries and shared not in needed}
        needed |= above
        waiting += [entries[shared] for shared in above]
    return sorted((entry.name for shared, entry in entries.items() if shared not in needed), key=collation)


def forget(tagged: TaggedTexts, names: Sequence[str]) -> TagChange:
    """Remove tags from the registry."""
    registry = _rewrite(tagged, lambda text: registry_file.remove(text, names, tagged.vocabulary.key))
    return TagChange({tagged.folder / FILE: registry.encode("utf-8")}, (f"Retirés de {FILE} : {', '.join(names)}.",), tagged.former)


def _checked_name(new: str) -> str:
    wanted = clean_tag(new)
    reason = why_not_a_tag(wanted)
    if reason:
        raise UpkeepError(reason)
    return wanted


def _rewrite(tagged: TaggedTexts, change: Callable[[str], str]) -> str:
    """The registry after a change, checked before anything is written."""
    try:
        text = change(tagged.registry)
    except RegistryError as error:
        raise UpkeepError(str(error)) from None
    problems = vocabulary_reader.parse(text.removeprefix("\ufeff"))[1]
    if problems:
        raise UpkeepError(f"le registre serait faux : {problems[0].message}")
    return text


def _make_change(tagged: TaggedTexts, registry: str, names: Mapping[str, str], leads: str) -> TagChange:
    texts = {path: tag_line.renamed(raw, names, tagged.vocabulary.key) for path, raw in tagged.texts.items()}
    changed = {path: text for path, text in texts.items() if text != tagged.texts[path]}
    files = {tagged.folder / FILE: registry.encode("utf-8")} if registry != tagged.registry else {}
    count = plural(len(changed), "billet change de mot-clé", "billets changent de mot-clé")
    messages = (f"{count}{' :' if changed else '.'}", *(f"  {os.path.relpath(path)}" for path in changed), *filter(None, (leads,)))
    return TagChange(files | changed, messages, tagged.former)


def _redirect_sentence(former: Sequence[str], name: str) -> str:
    addresses = join([f"/tag/{name}/" for name in former])
    return f"À la prochaine construction, {addresses} {'mènera' if len(former) == 1 else 'mèneront'} à /tag/{name}/." if former else ""
