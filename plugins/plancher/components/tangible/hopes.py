"""Words that announce a proof in the place of one: « à vérifier », « on verra », « les ventes devraient monter ».

A hope opens a clause, or is its verb: « trois factures à vérifier au lieu de
vingt » and « on sait qui devrait répondre » are proofs. What is quoted, and
the title of a link, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.base.french import clip, fold
from plancher.base.problems import Problem, Problems
from plancher.components.tangible.model import Pair
from plancher.text.fields import FieldReader, Value

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|`[^`]*`|!?\[[^\[\]]*\]\([^()]*\)|<[^<>]*>")
_CLAUSE = re.compile(r"[.;,!?()\[\]–—…]+|\s-\s")
_OPENING = r"^(?:(?:encore|toujours|tout|reste|restent|est|sont|c'est|la|le|les|une?|des|nos|preuves?|promesses?|mesures?|chiffres?|resultats?|bilans?) )*"
_RELATIVE = r"(?:\b(?:qui|que|quoi|dont|ou|comment|quand|si|pourquoi|\w*quel\w*) |\b(?:qu|s|lorsqu|puisqu)')"
"""What comes after it is told of something else."""
_THING = r"(?:preuve|mesure|chiffre|resultat|reponse|bilan|retour|confirmation|verification)s?"
_TASK = "verifier|confirmer|suivre|venir|voir$|revoir|prouver|mesurer|chiffrer|compter|demontrer|preciser|completer|definir|determiner|evaluer|observer|faire"
_HOPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_OPENING}a (?:{_TASK})\b(?! (?:du|de) )",  # « à compter du 1er mars » is a date
        rf"{_OPENING}en attente(?: (?:de|d'|du|des|que)\b[^0-9]*)?$",
        rf"\bon attend (?:encore |toujours )?(?:les? |la |une? |des )?{_THING}\b",
        rf"{_OPENING}en cours(?: de [^0-9]*)?$",
        r"\b(?:on|nous) (?:le |la |les |l'|en )?(?:verr|saur|dir|reparler|mesurer|compter|verifier|chiffrer)(?:a|ons)\b",
        r"\b(?:l'avenir|le temps) (?:le |nous le )?dira\b",
        rf"^(?!.*{_RELATIVE}).*\b(?:nous esperons|on espere|j'espere|esperons|en esperant)\b",
        rf"^(?!.*{_RELATIVE}).*\b(?:devr|pourr)(?:ait|aient|ais|ions)\b",
        r"(?:^|\b)(?:tres |tout )?(?:bientot|prochainement|sous peu|d'ici peu)$",
        r"^(?:\w+ )?(?:rien|pas|aucune?)\b.{0,30}\b(?:encore|pour l'instant|pour le moment)$",
        r"\bpas encore (?:ete )?(?:de |d')?(?:mesur|compt|verifi|chiffr|prouv|observ|confirm|publi|connu|resultat|preuve)",
        r"^(?:notre |l')?objectif ?:",
        r"^(?:todo|tbd|n/?a|n\.?c\.?|x{2,})$",
    )
)
_LONGEST = 60
"""Characters of a hope in a message."""
_WORDS = ("preuve", "avant", "après", "source")
"""The fields that tell what happened."""


def hope(text: str) -> str:
    """The clause of a proof that is a hope, as it is typed; empty when all of it tells what happened.

    :param text: inline Markdown.
    """
    plain = re.sub(r"\s+", " ", _QUOTED.sub(" … ", text.replace("’", "'")))
    if not any(letter.isalnum() for letter in text):
        return text.strip()
    clauses = (clause.strip(" *_:") for clause in _CLAUSE.split(plain))
    return next((clause for clause in clauses if clause and any(pattern.search(fold(clause)) for pattern in _HOPES)), "")


def problems(pair: Pair, fields: FieldReader, *answers: Value) -> Problems:
    """A proof tells what happened, or its author says that it does not (« état »); a made-up example may say anything.

    :param answers: what was typed as a proof elsewhere than in a field.
    """
    if pair.typed_state or pair.fictional:
        return
    for value in (*answers, *_typed(fields)):
        words = hope(value.text)
        if words:
            counted = " En attendant, elle est comptée comme établie." if pair.state == "proved" else ""
            remedy = "Dites ce qui s'est passé, laissez la preuve vide (la promesse attendra), ou écrivez « état : à vérifier »."
            yield Problem(value.line, "PDV130", f"« {clip(words, _LONGEST)} » est un espoir, pas une preuve. {remedy}{counted}")


def _typed(fields: FieldReader) -> Iterator[Value]:
    return (value for key in _WORDS for value in fields.all(key))
