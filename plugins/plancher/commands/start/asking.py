"""From options, and from somebody at a terminal, to an answer for each question."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from plancher.base.french import join
from plancher.commands.start.answers import QUESTIONS, Question

_EXAMPLE = '--name "Le carnet du port" --address https://carnet.example'


class UsageError(Exception):
    """What was typed makes no blog; the message says why, in French, and what to type."""


def complete(given: Mapping[str, str | None], ask: Callable[[str], str] = input, *, is_terminal: bool | None = None) -> dict[str, str]:
    """Every answer: those that were given, then what is asked.

    :param given: an option's words by its name; None: it was not given.
    :param is_terminal: whether somebody can be asked; None: look.
    :raises UsageError: an option is wrong, or one is needed and nobody can be asked.
    """
    answers = {question.name: question.read(typed) for question in QUESTIONS if (typed := given[question.name]) is not None}
    wrong = [f"--{question.name} {said}" for question in QUESTIONS if question.name in answers and (said := question.wrong(answers[question.name]))]
    if wrong:
        raise UsageError("\n".join(wrong))
    can_ask = sys.stdin.isatty() if is_terminal is None else is_terminal
    needed = [f"--{question.name}" for question in QUESTIONS if question.name not in answers and question.name in ("name", "address")]
    if needed and not can_ask:
        raise UsageError(f"Il manque {join(needed)}, et il n'y a ici personne à qui le demander. Écrivez par exemple : invoke start DOSSIER {_EXAMPLE}")
    for question in QUESTIONS:
        if question.name not in answers:
            default, is_asked = question.default(answers), can_ask and question.matters(answers)
            answers[question.name] = _asked(question, default, ask) if is_asked else default or ""
        elif not question.matters(answers) and answers[question.name] != question.default(answers):
            raise UsageError(f"--{question.name} ne sert à rien avec « --host {answers['host']} », qui n'attend rien d'une forge ou en est une. Ôtez-le.")
    return answers


def _asked(question: Question, default: str | None, ask: Callable[[str], str]) -> str:
    """The first right answer of whoever sits there."""
    offered = f" [{default}]" if default else "" if default is None else " [rien]"
    while True:
        typed = ask(f"{question.words}{offered} : ")
        answer = question.read(typed) if typed.strip() or default is None else default
        wrong = question.wrong(answer)
        if not wrong:
            return answer
        print(wrong)
