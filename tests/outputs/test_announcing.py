"""What a build leaves for whoever tells others of a publication: public texts, a key, and what is wrong with the list of webmentions."""

from __future__ import annotations

import json
from pathlib import Path

from plancher.outputs.announcing import texts

TEXT = "Title: {title}\nDate: {day}\nSummary: Dit.\n{more}\n[lien](https://exemple.fr/{title}?a=1&b=2)\n"


def test_only_what_lists_show_is_told_with_its_links_and_its_former_address(site, tmp_path: Path) -> None:
    posts = {
        "articles/un.md": TEXT.format(title="un", day="2024-05-02", more="Aliases: /avant/\n"),
        "articles/deux.md": TEXT.format(title="deux", day="2025-05-02", more=""),
        "articles/cache.md": TEXT.format(title="cache", day="2024-05-02", more="Status: hidden\n"),
        "articles/brouillon.md": TEXT.format(title="brouillon", day="2024-05-02", more="Status: draft\n"),
        "pages/une.md": "Title: une\n\nTexte.\n",
        "webmentions.txt": "# Liste\n/un/ → https://exemple.fr/ : envoyée le 2026-01-01, texte 00ff\nn'importe quoi\n",
    }
    text = "".join(f"-- {name} --\n{body}" for name, body in posts.items())
    command = json.dumps({"files": str(tmp_path / "lists")})
    made = site(text, f"PLANCHER_COMMAND={command}", 'PLANCHER_ANNOUNCING={"indexnow": "0123456789", "webmentions": true}')
    assert made.code == 0, made.said
    assert made.text("0123456789.txt") == "0123456789"
    assert "webmentions.txt:3: PDV170" in made.said
    known = texts.load(tmp_path / "lists" / texts.FILE)
    assert known is not None
    assert known.settings.webmentions
    told = {one.source: (one.address, one.page, one.day, one.links, one.former) for one in known.texts}
    assert told == {
        "articles/deux.md": ("/2025/05/deux/", "2025/05/deux/index.html", "2025-05-02", ("https://exemple.fr/deux?a=1&b=2",), ""),
        "articles/un.md": ("/2024/05/un/", "2024/05/un/index.html", "2024-05-02", ("https://exemple.fr/un?a=1&b=2",), "/avant/"),
        "pages/une.md": ("/une/", "une/index.html", "", (), ""),
    }
    assert next(iter(told)) == "articles/deux.md"


def test_without_a_key_there_is_no_file_of_it_and_a_key_has_a_shape(site) -> None:
    made = site("-- articles/un.md --\nTitle: Un\nDate: 2024-05-02\n\nTexte.\n", 'PLANCHER_ANNOUNCING={"indexnow": "../clé"}')
    assert (made.code, "une clé de 8 à 128 lettres" in made.said) == (1, True), made.said


def test_a_list_that_is_damaged_or_of_another_engine_is_no_list(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"texts": [{}]}', '{"address": "x", "settings": {"nom": 1}, "texts": []}'):
        (tmp_path / texts.FILE).write_text(text, encoding="utf-8")
        assert texts.load(tmp_path / texts.FILE) is None
    assert texts.load(tmp_path / "absent") is None
