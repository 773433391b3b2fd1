"""Why a program failed, in French as far as possible."""

from __future__ import annotations

import errno
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
    (r"No module named '(?P<name>[^']+)'", "le module Python « {name} » n'est pas installé"),
    (r"cannot import name '(?P<name>[^']+)' from '(?P<module>[^']+)'.*", "« {name} » n'existe pas dans « {module} »"),
    (r"name '(?P<name>[^']+)' is not defined.*", "« {name} » n'est pas défini"),
    (r"(?P<owner>\w+)\.__init__\(\) got an unexpected keyword argument '(?P<name>\w+)'.*", "« {owner} » n'a pas de réglage « {name} »"),
    (r"(?P<owner>\w+)\.__init__\(\) missing \d+ required .* arguments?: '(?P<name>\w+)'.*", "« {owner} » demande « {name} »"),
    # Of Python itself, which reads a blog's settings:
    (r"'(?P<sign>.)' was never closed", "« {sign} » n'est jamais fermé"),
    (r"unmatched '(?P<sign>.)'", "« {sign} » ferme ce que rien n'ouvre"),
    (r"closing parenthesis '(?P<sign>.)' does not match opening parenthesis '(?P<open>.)'.*", "« {sign} » ne ferme pas « {open} »"),
    (r"unterminated .*string.*", "il manque les guillemets qui ferment un texte"),
    (r"invalid character '(?P<sign>.+)' .*", "le signe « {sign} » n'a pas sa place ici ; les textes s'écrivent entre guillemets droits"),
    (r"invalid non-printable character (?P<code>U\+\w+)", "un signe invisible s'y trouve ({code}) : retapez la ligne, avec des espaces ordinaires"),
    (r"unexpected indent|unindent does not match .*|expected an indented block.*", "les espaces au début de la ligne ne sont pas ceux qu'il faut"),
    (r"invalid syntax.*comma.*", "il manque peut-être une virgule"),
    (r"expected '(?P<sign>.)'", "il manque « {sign} »"),
    (r"(?:invalid syntax|cannot assign to|invalid decimal literal|positional argument follows|expression cannot contain).*", "Python n'y comprend rien"),
)


def french(error: BaseException) -> str:
    """One sentence without its full stop; a message without translation stands as it is, after the kind of failure."""
    text = " ".join(str(getattr(error, "message", None) or getattr(error, "msg", None) or error).split()).rstrip(".")
    for pattern, words in _KNOWN:
        found = re.fullmatch(pattern, text)
        if found:
            return words.format(**found.groupdict())
    if type(error).__name__ in {"TemplateNotFound", "TemplatesNotFound", "PelicanTemplateNotFound"}:
        return f"un gabarit manque ({text})"
    return f"{type(error).__name__} : {text}" if text else type(error).__name__


_OF_A_DISK = {
    errno.ENOENT: "ce fichier n'existe pas",
    errno.EISDIR: "c'est un dossier, et non un fichier",
    errno.ENOTDIR: "un fichier se trouve là où il faudrait un dossier",
    errno.EACCES: "vous n'avez pas le droit d'y toucher",
    errno.EPERM: "vous n'avez pas le droit d'y toucher",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre part du disque est pleine",
    errno.EROFS: "ce disque ne peut pas être écrit",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "des liens se suivent sans fin",
    errno.EADDRINUSE: "un autre programme s'en sert déjà",
    errno.EIO: "le disque ne répond plus",
}


def of_a_disk(error: OSError) -> str:
    """Why a file cannot be read or written, without a full stop; in the system's own words where there is no translation."""
    return _OF_A_DISK.get(error.errno or 0) or (f"le système répond « {error.strerror} »" if error.strerror else "le système refuse")
