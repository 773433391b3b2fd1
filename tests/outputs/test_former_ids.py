"""The identifiers of a former feed are those of ours, to the letter: subscribers see nothing twice."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from tests.build.small import Small

ATOM = "{http://www.w3.org/2005/Atom}"
KEPT = (
    "https://ancien.example/?p=123",
    "http://ancien.example/index.php?post/2008/10/01/un&amp=1",
    "tag:ancien.example,2008-10-01:/post/un",
    "urn:md5:0123456789abcdef0123456789abcdef",
    "urn:uuid:60A76C80-D399-11D9-B93C-0003939E0AF6",
    "TAG:blogger.com,1999:blog-1.post-2",
    "https://ancien.example/2008/l'%C3%A9t%c3%a9/#p1",
    "https://ancien.example/été",
    "HTTP://Ancien.Example:80/a/../b",
)


def write(small: Small, identifier: str) -> None:
    path = small.folder / small.path_of("un")
    path.write_text(
        f"Title: Un\nDate: 2024-05-02\nId: {identifier}\n\n> [!tangible] Un blog\n> promesse : a\n> preuve : b\n> niveau : mesuré\n", encoding="utf-8"
    )


@pytest.mark.parametrize("identifier", KEPT)
def test_an_identifier_is_kept_to_the_letter_in_each_format(small: Small, identifier: str) -> None:
    write(small, identifier)
    assert small.build().code == 0
    atom = ET.fromstring(small.files["feeds/atom.xml"])
    assert identifier in [entry.findtext(f"{ATOM}id") for entry in atom.findall(f"{ATOM}entry")]
    guids = ET.fromstring(small.files["feeds/rss.xml"]).findall("channel/item/guid")
    assert [guid.get("isPermaLink") for guid in guids if guid.text == identifier] == ["false"]
    assert identifier in [item["id"] for item in json.loads(small.files["feeds/feed.json"])["items"]]
    proofs = ET.fromstring(small.files["feeds/preuves.atom.xml"])
    assert all((entry.findtext(f"{ATOM}id") or "").count("#") <= 1 for entry in proofs.findall(f"{ATOM}entry"))


@pytest.mark.parametrize("identifier", ["29848", "12 at http://ancien.example", "http://ancien.example/a b", "tag:", "http://ancien.example/100%", "a<b:c"])
def test_what_atom_refuses_is_told_with_what_to_do(small: Small, identifier: str) -> None:
    write(small, identifier)
    said = small.build().said
    assert "articles/2024/un.md:3: PDV029 " in said
    assert "retirez la ligne : les abonnés reverront ce billet une fois" in said
