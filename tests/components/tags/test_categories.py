"""A category is described in the registry, under its name."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.build.small import Small, difference

PAGE = "categorie/essais/index.html"


def described(small: Small) -> list[str]:
    return [text.get_text() for text in BeautifulSoup(small.files[PAGE], "html.parser").select(".portrait-text")]


@pytest.mark.parametrize("name", ["Essais", "essais", "ESSAIS"])
def test_the_page_of_a_category_and_its_summary_for_search_engines_say_what_it_is(small: Small, name: str) -> None:
    small.write("content/tags.toml", f'["{name}"]\ndescription = "L\'essentiel, & \\"le reste\\" !"\n')
    assert small.build().code == 0
    assert described(small) == ["L’essentiel, & «\xa0le reste\xa0»\u202f!"]
    meta = BeautifulSoup(small.files[PAGE], "html.parser").select_one('meta[name="description"]')["content"]
    assert meta.startswith("L’essentiel, & «")


def test_a_description_that_comes_and_goes_changes_the_page_and_equals_a_build_from_nothing(small: Small) -> None:
    for text in ('["Essais"]\ndescription = "Une."\n', '["Essais"]\ndescription = "Deux."\n', '["Autre"]\n'):
        small.write("content/tags.toml", text)
        assert small.build().code == 0
        code, clean, said = small.clean()
        assert code == 0, said
        assert small.files == clean, difference(small.files, clean)
    assert described(small) == []


def test_what_is_wrong_is_told_with_file_and_line(small: Small) -> None:
    small.write("content/tags.toml", '["Essais"]\ndescrition = "Une."\n')
    assert "content/tags.toml:2: PDV080 clé inconnue « descrition » pour « Essais ». Vouliez-vous dire « description » ?" in small.build().said
