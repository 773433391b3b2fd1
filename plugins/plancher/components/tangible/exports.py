"""The register for programs: JSON (which obeys ``preuves.schema.json``), and a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from plancher.base import quantities
from plancher.base.quantities import Quantity
from plancher.components.tangible.proof import Fact, Proof
from plancher.site import listing

_BOM = "\ufeff"
"""What tells spreadsheets that a file is UTF-8."""
_COLUMNS = (
    "Promesse", "Preuve", "Indicateur", "Avant", "Après", "Avant (nombre)", "Après (nombre)", "Unité", "Évolution", "Rapport",
    "Nature", "Niveau", "Période", "Source", "Adresse de la source", "À réexaminer", "Exemple fictif", "Billet", "Date", "Mots-clés", "Adresse",
    "État", "Effectif", "Relevé par", "Méthode", "Réserve",
)  # fmt: skip
_VERSION = 2
"""Of the data; 2 tells the three states apart."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet computes a cell that begins so (OWASP, « CSV injection »)."""


def as_json(argument: tuple[str, Sequence[Proof]]) -> str:
    """``/preuves.json``.

    :param argument: the address of the site, and the proofs, newest first.
    """
    site, proofs = argument
    return listing.as_json((_item(site, proof) for proof in proofs), version=_VERSION)


def _item(site: str, proof: Proof) -> Mapping[str, object]:
    return {
        "id": proof.id,
        "url": proof.place.absolute(site),
        "title": proof.title,
        "promise": proof.promise,
        "proof": proof.proof or None,
        "state": proof.state,
        "indicator": proof.indicator or None,
        "before": _fact(proof.before),
        "after": _fact(proof.after),
        "change": {"text": proof.change, "ratio": proof.ratio} if proof.change else None,
        "nature": proof.nature or None,
        "level": proof.level or None,
        "period": proof.period or None,
        "sample": _fact(proof.sample),
        "measured_by": proof.measured_by or None,
        "method": proof.method or None,
        "caveat": proof.caveat or None,
        "source": _source_item(site, proof),
        "review": proof.review or None,
        "date": proof.date.isoformat(),
        "tags": list(proof.tags),
        "fictional": proof.fictional,
    }


def _fact(fact: Fact | None) -> Mapping[str, object] | None:
    return {"text": fact.text, "value": fact.value, "unit": fact.unit or None} if fact else None


def _source_item(site: str, proof: Proof) -> Mapping[str, object] | None:
    """Where the proof can be checked; its state when the address was visited."""
    if not (proof.source_text or proof.source):
        return None
    return {"url": _source(site, proof), "text": proof.source_text, **({"state": proof.source_state} if proof.source_state else {})}


def _source(site: str, proof: Proof) -> str | None:
    return proof.source.absolute(site) if proof.source else None


def as_csv(argument: tuple[str, Sequence[Proof]]) -> str:
    """``/preuves.csv``, as a French spreadsheet opens it: semicolons, decimal commas.

    :param argument: the address of the site, and the proofs, newest first.
    """
    site, proofs = argument
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for proof in proofs:
        table.writerow([_cell(value) for value in _row(site, proof)])
    return _BOM + out.getvalue()


def _row(site: str, proof: Proof) -> list[object]:
    before, after = proof.before, proof.after
    unit = next((fact.unit for fact in (after, before) if fact and fact.unit), "")
    return [
        proof.promise, proof.proof, proof.indicator, before and before.text, after and after.text, before and before.value, after and after.value,
        unit, proof.change, proof.ratio, proof.nature, proof.level, proof.period, proof.source_text, _source(site, proof),
        proof.review, "oui" if proof.fictional else "non", proof.title, f"{proof.date:%Y-%m-%d}", ", ".join(proof.tags), proof.place.absolute(site),
        proof.state_name, proof.sample and proof.sample.text, proof.measured_by, proof.method, proof.caveat,
    ]  # fmt: skip


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value).replace(".", ",")
    text = str(value)
    is_formula = text.startswith(_FORMULA) and not isinstance(quantities.read(text), Quantity)
    return f"'{text}" if is_formula else text
