"""On a whole site: what its author holds back is in no file of it, and is said."""

from __future__ import annotations

HEAD = "Title: {0}\nDate: 2024-05-02\nCategory: Essais\nSummary: Introuvable{0}.\n"
HELD = {
    "un.md": HEAD.format("A") + "draft: true\n\nIntrouvable.",
    "deux.md": HEAD.format("B") + "Statut: brouillon\n\nIntrouvable.",
    "trois.md": HEAD.format("C") + "\nStatus: draft\n\nIntrouvable.",
    "quatre.md": '+++\ntitle = "D"\ndate = 2024-05-02\ndraft = true\n+++\nIntrouvable.',
    "cinq.md": "---\ntitle: E\ndate: 2024-05-02\nexpiryDate: 2025-01-01\n---\nIntrouvable.",
    "six.md": "---\ntitle: F\ndate: 2024-05-02\npublishDate: 2030-01-01\n---\nIntrouvable.",
    "_sept.md": HEAD.format("G") + "\nIntrouvable.",
    "_drafts/huit.md": HEAD.format("H") + "\nIntrouvable.",
}
JANUARY_2026 = {"SOURCE_DATE_EPOCH": "1767265200"}


def everything(built) -> bytes:
    return b"\n".join(built.files.values())


def test_nothing_of_what_is_held_back_is_published_and_each_is_said(site) -> None:
    texts = "".join(f"-- articles/{name} --\n{text}\n" for name, text in HELD.items())
    made = site(
        f"{texts}-- articles/ok.md --\n{HEAD.format('Visible')}\n\nVisible.\n".replace("IntrouvableVisible", "Visible"),
        settings="public",
        **JANUARY_2026,
    )
    assert made.code == 0, made.said
    assert b"Visible" in everything(made)
    assert b"Introuvable" not in everything(made)
    for name in HELD:
        assert name in made.said or name == "deux.md"
    # A later build, with nothing changed but the day: what waited is there, byte for byte as if all were built anew.
    later = site("", settings="public", SOURCE_DATE_EPOCH="1893582000")
    assert later.has("2024/05/six/index.html"), later.said
    assert later.code == 0
    # And what had time to run has run out.
    site("-- articles/sept.md --\n---\ntitle: Bref\ndate: 2024-05-02\nexpiryDate: 2026-02-01\n---\nÉphémère.\n", settings="public", **JANUARY_2026)
    gone = site("", settings="public", SOURCE_DATE_EPOCH="1772362800")
    assert "Éphémère".encode() not in everything(gone)


def test_explanations_of_a_draft_stop_a_publication(site) -> None:
    text = HEAD.format("A") + "\nLe nom de ce fichier fait l’adresse ; « Slug: autre-nom » en choisit une autre.\n"
    made = site(f"-- articles/un.md --\n{text}", settings="public")
    assert (made.code, made.has("index.html")) == (1, False)
    assert "un.md:6: PDV102" in made.said
