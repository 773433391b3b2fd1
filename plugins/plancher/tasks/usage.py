"""What is wrong with a command line, in French: Invoke says it in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from invoke.parser.context import ParserContext

from plancher.base.french import join, nearest

_LIST = "« invoke --list » montre les commandes."
_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"Flag (?P<flag>.*) needed value and was not given one!", "{flag} attend une valeur."),
    (r"Flag (?P<flag>.*) doesn't take any value!", "{flag} ne prend pas de valeur."),
    (r"'(?P<word>.*)' is ambiguous when given after an optional-value flag", "« {word} » n'est pas à sa place. Mettez-le avant les options."),
    (r"invalid literal for int\(\) with base 10: '(?P<word>.*)'", "« {word} » n'est pas un nombre entier."),
)
_FLAG = re.compile(r"<(?:Argument|\w+): (?P<name>[\w-]+).*|'?(?P<typed>-[\w-]*)'?")


def french(complaint: str, commands: Sequence[str], context: ParserContext | None = None, typed: Sequence[str] = ()) -> str:
    """What is wrong with a command, and what to type.

    :param complaint: the message of Invoke, or of Python.
    :param commands: the names of all commands.
    :param context: the command that was read, as far as it is known.
    :param typed: its words.
    """
    unknown = re.fullmatch(r"No idea what ['\"](?P<word>.*)['\"] is!", complaint, re.DOTALL)
    if unknown:
        known = context if context and context.name else None
        return (_of_an_option(unknown["word"], known, typed) if known else "") or _unknown(unknown["word"], commands, known)
    missing = re.fullmatch(r"'(?P<task>[^']*)' did not receive required positional arguments: (?P<names>.*)", complaint)
    if missing:
        return _missing(missing["task"], re.findall(r"'([^']*)'", missing["names"]), context)
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, complaint, re.DOTALL)
        if match:
            return sentence.format(**{name: _in_french(name, text) for name, text in match.groupdict().items()})
    return f"Cette commande ne se lit pas. {_LIST}"


def _of_an_option(word: str, context: ParserContext, typed: Sequence[str]) -> str:
    """Invoke stumbles over the value of an option that takes none, or that has one already."""
    options = [context.flags[option].names[0] for option in (one.partition("=")[0] for one in typed) if option in context.flags]
    twice = next((option for option in options if options.count(option) > 1), "")
    if twice:
        return f"L'option « --{twice} » est donnée deux fois. Gardez-en une."
    useless = next((one.partition("=")[0] for one in typed if one.startswith("-") and one.partition("=")[2] == word), "")
    return f"L'option « {useless} » ne prend pas de valeur." if useless in context.flags else ""


def _unknown(word: str, commands: Sequence[str], context: ParserContext | None) -> str:
    if word.startswith("-"):
        near = nearest(word.partition("=")[0], context.flags) if context else None
        where = f"« invoke --help {context.name} » montre les siennes." if context else "« invoke --help COMMANDE » montre celles d'une commande."
        return f"Option inconnue « {word} ». {f'Vouliez-vous dire « {near} » ?' if near else where}"
    near = nearest(word, commands)
    if context and context.positional_args:
        return _one_too_many(word, context)
    if near:
        return f"« {word} » n'est pas une commande. Vouliez-vous dire « invoke {near} » ?"
    if context:
        return f"« {word} » est de trop : {context.name} n'attend que des options. Voyez « invoke --help {context.name} »."
    return f"« {word} » n'est pas une commande. {_LIST} Plusieurs mots qui vont ensemble s'écrivent entre guillemets."


def _one_too_many(word: str, context: ParserContext) -> str:
    """Most often the words of a name, typed without quotes."""
    expected = join([f"« {argument.names[0]} »" for argument in context.positional_args])
    quotes = ' "…"' * len(context.positional_args)
    return f"« {word} » est de trop : {context.name} attend {expected}. Mettez entre guillemets les mots qui vont ensemble : invoke {context.name}{quotes}"


def _missing(task: str, names: Sequence[str], context: ParserContext | None) -> str:
    helps = {argument.name: argument.help for argument in context.positional_args} if context else {}
    said = [f"« {name} »{f' ({helps[name]})' if helps.get(name) else ''}" for name in names]
    return f"{task} : il manque {join(said)}. Voyez « invoke --help {task} »."


def _in_french(name: str, text: str) -> str:
    if name == "flag":
        match = _FLAG.fullmatch(text)
        return f"L'option « --{match['name']} »" if match and match["name"] else f"L'option « {text.strip(chr(39))} »"
    return text
