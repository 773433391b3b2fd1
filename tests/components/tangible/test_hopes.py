"""Words that announce a proof are told from words that are one."""

from __future__ import annotations

import pytest
from plancher.components.tangible.hopes import hope

HOPES = {
    "à vérifier": "à vérifier",
    "trois contrats, à confirmer en juin": "à confirmer en juin",
    "trois contrats (à confirmer)": "à confirmer",
    "promesse en attente de preuve, à revoir en juin": "promesse en attente de preuve",
    "En attente": "En attente",
    "en attente des chiffres du comptable": "en attente des chiffres du comptable",
    "on verra": "on verra",
    "nous verrons bien à la rentrée": "nous verrons bien à la rentrée",
    "les ventes devraient monter": "les ventes devraient monter",
    "cela devrait suffire": "cela devrait suffire",
    "le délai pourrait baisser de moitié": "le délai pourrait baisser de moitié",
    "nous espérons vingt clients": "nous espérons vingt clients",
    "les résultats, bientôt": "bientôt",
    "les chiffres arrivent très bientôt": "les chiffres arrivent très bientôt",
    "reste à mesurer": "reste à mesurer",
    "les chiffres à venir": "les chiffres à venir",
    "À SUIVRE…": "À SUIVRE",
    "a suivre": "a suivre",
    "**à vérifier**": "à vérifier",
    "mesure en cours": "mesure en cours",
    "rien encore": "rien encore",
    "aucun chiffre pour l’instant": "aucun chiffre pour l'instant",
    "le gain n'est pas encore mesuré": "le gain n'est pas encore mesuré",
    "on attend encore les chiffres": "on attend encore les chiffres",
    "l'avenir le dira": "l'avenir le dira",
    "on en reparlera": "on en reparlera",
    "objectif : trois ventes": "objectif : trois ventes",
    "?": "?",
    "…": "…",
    "TODO": "TODO",
}
PROOFS = (
    "trois factures à vérifier au lieu de vingt",
    "les dossiers en attente sont passés de quarante à dix",
    "on sait enfin qui devrait répondre",
    "personne ne cherche plus ce qu'il devrait faire",
    "les clients disent « on verra » trois fois moins souvent",
    'deux lettres commencent par "nous espérons"',
    "bientôt trois ans sans panne",
    "les rendez-vous à confirmer par téléphone ont disparu",
    "[À suivre](https://exemple.fr/a-suivre), le bulletin, a doublé ses abonnés",
    "on attend moins longtemps au guichet",
    "le nombre de visites à suivre a été divisé par deux",
    "il a vérifié chaque facture",
    "six commandes sur dix, à compter du 1er mars",
    "objectif atteint : trois ventes",
    "trois ventes, de 2 à 6 par trimestre",
    "la liste d'attente est vide",
    "tout ce qu'il reste à faire tient sur une page",
    "plus que nous espérions",
    "les travaux en cours tiennent sur une feuille",
    "`à vérifier` a disparu du code",
    "12 000 €",
    "![Le carnet]({static}/images/carnet.png)",
    "les bons de livraison sont comptés le soir, pas encore le matin",
    "",
)


@pytest.mark.parametrize("text", HOPES)
def test_a_hope_is_named_as_it_is_typed(text: str) -> None:
    assert hope(text) == HOPES[text]


@pytest.mark.parametrize("text", PROOFS)
def test_a_proof_is_no_hope_though_it_has_such_words(text: str) -> None:
    assert hope(text) == ""
