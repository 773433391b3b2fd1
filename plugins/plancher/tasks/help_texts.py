"""What « invoke --list » and « invoke --help new » say."""

from __future__ import annotations

from collections.abc import Iterator

from invoke.collection import Collection
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.util import helpline

from plancher.tasks import listing
from plancher.tasks.listing import Entry

_ORDER = ("Écrire", "Voir", "Publier", "Mots-clés", "Liens", "Vidéos", "Témoignages", "Le blog")
"""Of the groups; others come after them."""
_DEVELOPERS = "dev"
SECOND_NAMES = {"temoignages": "answers"}
"""Groups of commands that may be typed in French, too; no list shows them twice."""
_VALUES = {str: "MOT", int: "NOMBRE"}


def commands(collection: Collection, root: str, width: int) -> str:
    """The commands of a blog by groups, those of developers apart.

    :param root: only those under this name: « tags ».
    """
    groups: dict[str, list[Entry]] = {}
    for name, group, entry in _entries(collection):
        if name.startswith(f"{root}.") if root else not name.startswith(f"{_DEVELOPERS}."):
            groups.setdefault(group, []).append(entry)
    listed = listing.listed(sorted(groups.items(), key=lambda group: _ORDER.index(group[0]) if group[0] in _ORDER else len(_ORDER)), width)
    more = ["« invoke --help COMMANDE » donne les options d'une commande."]
    if not root and _DEVELOPERS in collection.collections:
        more.append("« invoke --list dev » montre les commandes de qui développe le moteur, « invoke dev.… ».")
    return "\n".join((listed, "", *(listing.paragraph(sentence, width) for sentence in more)))


def _entries(collection: Collection, prefix: str = "") -> Iterator[tuple[str, str, Entry]]:
    """Each command: its name, its group, and how it is shown."""
    for name, task in collection.tasks.items():
        names = ", ".join(f"{prefix}{one}" for one in (name, *task.aliases))
        yield f"{prefix}{name}", getattr(task, "group", "Autres commandes"), Entry(names, helpline(task) or "")
    for name, inner in collection.collections.items():
        if name in SECOND_NAMES:
            continue
        yield from _entries(inner, f"{prefix}{name}.")


def of_command(context: ParserContext, meaning: str, width: int) -> str:
    """How a command is typed, what it does, and its options."""
    words = [f' "{argument.help or argument.names[0]}"' for argument in context.positional_args]
    others = [argument for argument in context.args.values() if not argument.positional]
    usage = f"invoke {context.name}{''.join(words)}{' [options]' if others else ''}"
    parts = [listing.paragraph(usage, width), listing.paragraph(" ".join(meaning.split()), width)]
    if context.aliases:
        parts.append(f"Autre nom : {', '.join(context.aliases)}")
    if others:
        parts.append("Options\n" + listing.options([_option(argument) for argument in others], width))
    return "\n\n".join(parts)


def _option(argument: Argument) -> Entry:
    value = _VALUES.get(argument.kind, "MOT") if argument.takes_value else ""
    names = [f"-{name} {value}".rstrip() if len(name) == 1 else f"--{name}{f'={value}' if value else ''}" for name in argument.names]
    return Entry(", ".join(sorted(names, key=len)), argument.help or "")
