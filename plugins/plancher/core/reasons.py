"""Why a program failed, in French as far as it can be told."""

from __future__ import annotations

import re

_KNOWN: tuple[tuple[str, str], ...] = (
    (r"'(?P<name>[^']+)' is undefined", "« {name} » n'est pas défini"),
    (r"'(?P<owner>.+)' has no attribute '(?P<name>[^']+)'", "« {name} » n'existe pas ici"),
    (r"No (?:filter|test) named '(?P<name>[^']+)'", "aucun filtre ni test ne s'appelle « {name} »"),
    (r"maximum recursion depth exceeded.*", "quelque chose s'appelle lui-même sans fin"),
    (r"(?:integer |float )?(?:division|modulo) by zero|division by zero", "division par zéro"),
    (r"Encountered unknown tag '(?P<name>[^']+)'.*", "l'instruction « {name} » n'existe pas"),
    (r"Unexpected end of template.*", "il manque la fin d'une instruction"),
    (r"Expected an expression, got .*", "il manque une expression"),
)


def french(error: BaseException) -> str:
    """One sentence without its full stop; what nobody translated is given as it is, after the kind of failure."""
    text = " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")
    for pattern, words in _KNOWN:
        found = re.fullmatch(pattern, text)
        if found:
            return words.format(**found.groupdict())
    if type(error).__name__ in {"TemplateNotFound", "TemplatesNotFound", "PelicanTemplateNotFound"}:
        return f"un gabarit manque ({text})"
    return f"{type(error).__name__} : {text}" if text else type(error).__name__
