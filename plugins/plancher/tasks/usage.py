"""What is wrong with a command line, in French: Invoke says it in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.base.french import join, nearest

_LIST = "« invoke --list » montre les commandes."
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"'(?P<task>[^']*)' did not receive required positional arguments: (?P<names>.*)",
        "{task} : il manque {names}. Voyez « invoke --help {task} ».",
    ),
    (r"Flag (?P<flag>.*) needed value and was not given one!", "{flag} attend une valeur."),
    (r"Flag (?P<flag>.*) doesn't take any value!", "{flag} ne prend pas de valeur."),
    (r"'(?P<word>.*)' is ambiguous when given after an optional-value flag", "« {word} » n'est pas à sa place. Mettez-le avant les options."),
    (r"invalid literal for int\(\) with base 10: '(?P<word>.*)'", "« {word} » n'est pas un nombre entier."),
)
_FLAG = re.compile(r"<Argument: (?P<name>[\w-]+).*|'?(?P<typed>-[\w-]*)'?")


def french(complaint: str, commands: Sequence[str]) -> str:
    """What is wrong with a command, and what to type.

    :param complaint: the message of Invoke, or of Python.
    :param commands: the names of all commands.
    """
    unknown = re.fullmatch(r"No idea what '(?P<word>.*)' is!", complaint, re.DOTALL)
    if unknown:
        return _unknown(unknown["word"], commands)
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, complaint, re.DOTALL)
        if match:
            return sentence.format(**{name: _in_french(name, text) for name, text in match.groupdict().items()})
    return f"Cette commande ne se lit pas. {_LIST}"


def _unknown(word: str, commands: Sequence[str]) -> str:
    if word.startswith("-"):
        return f"Option inconnue « {word} ». « invoke --help COMMANDE » montre celles d'une commande."
    near = nearest(word, commands)
    advice = f"Vouliez-vous dire « invoke {near} » ?" if near else f"{_LIST} Plusieurs mots qui vont ensemble s'écrivent entre guillemets."
    return f"« {word} » n'est pas une commande. {advice}"


def _in_french(name: str, text: str) -> str:
    if name == "names":
        return join([f"« {word} »" for word in re.findall(r"'([^']*)'", text)])
    if name == "flag":
        match = _FLAG.fullmatch(text)
        return f"L'option « --{match['name']} »" if match and match["name"] else f"L'option « {text.strip(chr(39))} »"
    return text
