"""One owner for each address of a site: who else asks for it is told, and nothing is lost in silence."""

from __future__ import annotations

import pytest

from tests.build.small import Small, difference, picture

STRICT = 'ReadingSettings(mode="strict")'


def text(small: Small, name: str, header: str, kind: str = "articles") -> None:
    """A text that imposes something in its header, and whose words are found again."""
    small.write(f"content/{kind}/{name}.md", f"Title: Le {name}\nDate: 2024-05-02\n{header}\n\nMots de {name}.\n".replace("\n\n\n", "\n\n"))


def lines(said: str, code: str) -> list[str]:
    return sorted(line for line in said.splitlines() if f" {code} " in line)


SITE = {  # what stands there already, and who asks for it again
    "liens": "liens.html",
    "mouchard": "_headers/x.html",
    "flux": "feeds.opml/x.html",
    "donnees": "liens.json/x.html",
    "accueil": "index.html",
    "suite": "page/2/index.html",
    "capitales": "Archives/INDEX.html",
    "mot": "tag/pme/index.html",
    "dessin": "images/a.png/x.html",
    "mandarin": f"{'l' * 300}.html",
    "peripherique": "aux.html",
}


def test_whoever_wants_the_address_of_another_file_is_named_and_shown_all_the_same(small: Small) -> None:
    small.set(DEFAULT_PAGINATION="1")
    for name, address in SITE.items():
        text(small, name, f"Save_as: {address}")
    text(small, "egare", "Url: tags/\nSave_as: egare.html")
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "Traceback" not in ran.said
    for name, address in SITE.items():
        code = {"mandarin": "PDV064", "peripherique": "PDV064", "dessin": "PDV060"}.get(name, "PDV061")
        assert any(line.startswith(f"content/articles/{name}.md:3: {code} ") for line in ran.said.splitlines()), (name, ran.said)
        assert f"Mots de {name}".encode() in small.files[f"a-corriger/articles/{name}/index.html"], address
    assert b"NETSCAPE" in small.files["liens.html"]
    assert b"Content-Security-Policy" in small.files["_headers"]
    assert "content/articles/egare.md:4: PDV061 les liens vers « /tags/ » ne peuvent pas mener aussi à la page « /tags/ » du site" in ran.said
    code, clean, said = small.clean()
    assert (code, difference(small.files, clean)) == (0, "")
    assert lines(said, "PDV061") == lines(ran.said, "PDV061")
    assert lines(small.build(task=False).said, "PDV061") == lines(ran.said, "PDV061"), "un second tour le dit encore"


def test_a_publication_that_would_lose_a_text_stops_before_a_byte_is_written(small: Small) -> None:
    before = small.files
    small.set(PLANCHER_READING=STRICT)
    text(small, "liens", "Save_as: liens.html")
    text(small, "faute", "Slug: Pas Bon")
    ran = small.build()
    assert ran.code == 1
    assert "PDV061" in ran.said
    assert "content/articles/faute.md:3: PDV026" in ran.said, "les fautes d'un texte sont dites dans la même liste"
    assert ran.said.count("Rien n'a été publié") == 1
    assert small.files == before


def test_a_check_says_it_too_and_writes_nothing(small: Small) -> None:
    before = small.files
    text(small, "liens", "Save_as: liens.html")
    ran = small.build(task=False, extra={"PLANCHER_READING": {"mode": "check"}})
    assert (ran.code, small.files == before) == (1, True)
    assert "content/articles/liens.md:3: PDV061 même adresse « /liens.html » que la page « /liens.html » du site. Changez « Save_as: »." in ran.said


def test_two_texts_that_want_one_address_are_both_named_and_both_shown(small: Small) -> None:
    for number, (one, other) in enumerate(
        [
            ("Slug: meme", "Slug: meme"),
            ("Save_as: Grand/x.html", "Save_as: grand/X.html"),
            ("Save_as: a/b.html/c.html", "Save_as: a/b.html"),
            ("Url: la/\nSave_as: la.html", "Url: la/\nSave_as: ici.html"),
            ("Save_as: dossier/index.html", "Url: dossier/"),
        ]
    ):
        text(small, f"un-{number}", one)
        text(small, f"deux-{number}", other)
    ran = small.build()
    assert ran.code == 0, ran.said
    whole = b"".join(small.files.values())
    for number in range(5):
        for one, other in ((f"un-{number}", f"deux-{number}"), (f"deux-{number}", f"un-{number}")):
            assert any(f"articles/{one}.md:" in line and f"articles/{other}.md" in line for line in lines(ran.said, "PDV060")), (one, ran.said)
            assert f"Mots de {one}.".encode() in whole
    listed = small.files["archives/index.html"]
    assert b'/a-corriger/articles/un-0/"' in listed, "les listes mènent à l'un comme à l'autre"
    assert b'/2024/05/meme/"' in listed
    assert difference(small.files, small.clean()[1]) == ""


def test_files_that_are_copied_and_pages_of_words_have_one_owner_too(small: Small) -> None:
    small.set(TAG_SAVE_AS='"sujet/{slug}/index.html"', TAG_URL='"sujet/{slug}/"', CATEGORY_URL='"sujet/{slug}/"', CATEGORY_SAVE_AS='"sujet/{slug}/index.html"')
    small.write("content/images/mer.png", picture(4))
    small.write("content/images/Mer.PNG", picture(6))
    small.post("un", category="PME")
    small.write("content/articles/dans.md", "Title: Dans\nDate: 2024-05-02\nSave_as: images/a.png.html\n\nMots.\n")
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "content/images/mer.png:1: PDV060 même adresse « /images/mer.png » que images/Mer.PNG. Renommez ce fichier." in ran.said
    assert "PDV061 la page de la catégorie « PME » : même adresse « /sujet/pme/ » que la page du mot-clé « PME ». Renommez cette catégorie." in ran.said
    assert "dans.md" not in ran.said


def test_a_file_of_the_site_whose_name_no_disk_can_hold_is_said_and_the_others_are_built(small: Small) -> None:
    small.set(TAG_FEED_ATOM='"feeds/{slug}-{slug}.atom.xml"')
    small.post("un", tags=("语" * 60,))
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "pelicanconf.py:1: PDV064 le fichier « /feeds/语" in ran.said
    assert "a un nom de 370 octets" in ran.said
    assert f"tag/{'语' * 60}/index.html" in small.files


OTHER = """
from pelican import signals

class Intruder:
    def __init__(self, context, settings, **_):
        self.context = context

    def generate_output(self, writer):
        page = self.context["articles"][0]
        writer.write_file("2024/05/un/index.html", page.settings and PAGE, self.context, url="2024/05/un/")

def generators(pelican):
    return Intruder

def register():
    signals.get_generators.connect(generators)
"""


@pytest.mark.parametrize("mode", ["preview", "strict"])
def test_a_page_of_a_plugin_of_somebody_else_takes_the_place_of_no_text_in_silence(small: Small, mode: str) -> None:
    small.write(
        "plugins/intruse.py", OTHER.replace("page.settings and PAGE", "jinja2.Template('<p>à eux</p>')").replace("from pelican", "import jinja2\nfrom pelican")
    )
    small.set(PLUGINS='[*PLUGINS, "intruse"]', PLANCHER_READING=f"ReadingSettings(mode={mode!r})")
    before = small.files
    ran = small.build()
    assert "content/articles/2024/un.md:1: PDV061 même adresse « /2024/05/un/ » que la page « /2024/05/un/ » du site." in ran.said
    if mode == "strict":
        assert (ran.code, small.files) == (1, before)
    else:
        assert ran.code == 0, ran.said
        assert "à eux".encode() in small.files["2024/05/un/index.html"]
        assert b"Du texte." in small.files["a-corriger/articles/2024/un/index.html"]
