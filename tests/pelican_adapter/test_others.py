"""Plugins, themes and settings that Pelican documents: each does here what it does there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pelican
import pytest

from tests.build.small import Small, difference
from tests.settings import identity

PLUGIN = """
from pathlib import Path

from jinja2 import pass_context
from pelican import signals
from pelican.readers import BaseReader, MarkdownReader

SEEN = []


def note(name):
    SEEN.append(name)


def made(content):
    note("content_object_init")


def known(generator, metadata):
    metadata["mention"] = metadata.get("mention", "").upper()
    note("article_generator_context")


def read(generator):
    note("article_generator_preread")


def copied(generator):
    note(f"static_generator_finalized {len(generator.staticfiles)}")


def wrote(path, context):
    text = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(text.replace("</body>", f"<p>écrit {context['output_file']}</p></body>"), encoding="utf-8")


def fed(path, context, feed):
    Path(path).write_bytes(Path(path).read_bytes().replace(b"Du texte.", b"Du texte lu."))


def ended(pelican):
    folder = Path(pelican.output_path)
    assert folder == Path(pelican.settings["OUTPUT_PATH"])
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    (folder / "liste.txt").write_text("\\n".join([*names, *sorted(set(SEEN)), str(folder)]), encoding="utf-8")
    (folder / "images" / "a.png").write_bytes(b"plus petit")


class Own:
    def __init__(self, context, settings, path, theme, output_path, *others, **named):
        self.context, self.folder = context, Path(output_path)

    def generate_context(self):
        self.context["mot_de_maison"] = "mot"

    def generate_output(self, writer):
        assert (self.folder / "2024/05/un/index.html").is_file()
        assert all(hasattr(one, name) for one in GENERATORS if type(one) is not Own for name in ("context", "settings", "path", "theme", "output_path"))
        (self.folder / "maison.txt").write_text("\\n".join(article.metadata["mention"] for article in self.context["articles"]), encoding="utf-8")


GENERATORS = []


def all_known(generators):
    GENERATORS[:] = generators


class Notes(BaseReader):
    enabled = True
    file_extensions = ["note"]

    def read(self, path):
        return "<p>Une note.</p>", {"title": "Note", "date": self.process_metadata("date", "2024-07-08"), "tags": []}


class Loud(MarkdownReader):
    enabled = True
    file_extensions = ["md"]

    def read(self, path):
        text = Path(path).read_text(encoding="utf-8")
        if "PANNE" in text:
            raise ValueError("rien à faire")
        aside = Path(path).with_name("aparté.tmp")
        aside.write_text(text.replace("DATE DU JOUR", "**le jour même**"), encoding="utf-8")
        try:
            return super().read(str(aside))
        finally:
            aside.unlink()


def take(readers):
    readers.reader_classes["note"] = Notes
    readers.reader_classes["md"] = Loud


def register():
    signals.content_object_init.connect(made)
    signals.article_generator_preread.connect(read)
    signals.article_generator_context.connect(known)
    signals.static_generator_finalized.connect(copied)
    signals.content_written.connect(wrote)
    signals.feed_written.connect(fed)
    signals.finalized.connect(ended)
    signals.get_generators.connect(own)
    signals.all_generators_finalized.connect(all_known)
    signals.readers_init.connect(take)


def own(pelican):
    return Own
"""


def plugin(small: Small, text: str, name: str = "maison") -> None:
    small.write(f"plugins/{name}.py", text)
    small.set(PLUGINS=f'[*PLUGINS, "{name}"]')


def built(small: Small) -> dict[str, bytes]:
    ran = small.build()
    assert ran.code == 0, ran.said
    return small.files


def text(files: dict[str, bytes], path: str) -> str:
    return files[path].decode()


def test_a_plugin_finds_and_leaves_what_it_does_under_pelican_at_each_build(small: Small) -> None:
    plugin(small, PLUGIN)
    small.write("content/articles/2024/une.note", "Rien.")
    small.post("un", words="Du texte. DATE DU JOUR\n\n> [!astuce] Un bloc\n>\n> Dit.")
    path = small.path_of("un")
    small.write(path, (small.folder / path).read_text().replace("Title: Un\n", "Title: Un\nMention: dite\n"))
    first = built(small)
    assert text(first, "maison.txt").split() == ["DITE"]
    page = text(first, "2024/05/un/index.html")
    assert "<strong>le jour même</strong>" in page
    assert "callout" in page
    assert "<p>écrit 2024/05/un/index.html</p></body>" in page
    assert "<p>écrit tags/index.html</p></body>" in text(first, "tags/index.html")
    assert "Une note." in text(first, "2024/07/une/index.html")
    assert "Du texte lu." in text(first, "feeds/atom.xml")
    names = text(first, "liste.txt").split("\n")
    assert {"index.html", "feeds/atom.xml", "sitemap.xml", "theme/icon.svg", "images/a.png", "maison.txt"} <= set(names)
    assert {"content_object_init", "article_generator_context", "article_generator_preread", "static_generator_finalized 1"} <= set(names)
    assert names[-1] == str(small.output)
    assert first["images/a.png"] == b"plus petit"
    assert built(small) == first, difference(small.files, first)
    code, clean, said = small.clean()
    clean["liste.txt"] = first["liste.txt"]  # says where the site is
    assert code == 0, said
    assert clean == first, difference(clean, first)


def test_a_text_that_a_reader_of_others_cannot_read_is_named_and_the_others_are_there(small: Small) -> None:
    plugin(small, PLUGIN)
    small.post("deux", words="PANNE")
    ran = small.build()
    assert ran.code == 0, ran.said
    assert re.search(r"deux\.md:1: PDV067 l'extension maison n'a pas pu lire ce texte : rien à faire\.", ran.said)
    assert "2024/05/un/index.html" in small.files


def test_what_an_author_says_for_another_plugin_is_no_mistake_but_a_misspelling_is(small: Small) -> None:
    plugin(small, "def register():\n    pass\n")
    small.write(small.path_of("un"), "Title: Un\nDate: 2024-05-02\nSeries: Mes débuts\nSumary: Non\n\nTexte.\n")
    said = small.build().said
    assert "Sumary" in said
    assert "Series" not in said


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def register():\n    raise ValueError('rien')\n", "l'extension « maison » ne démarre pas : rien. Corrigez-la, ou retirez-la de PLUGINS."),
        ("import absent_de_partout\n", "l'extension « maison » ne se charge pas : No module named 'absent_de_partout'."),
        ("def register(:\n", "l'extension « maison » ne se charge pas : invalid syntax"),
        ("from pelican import signals\n\n\ndef fail(generator):\n    raise KeyError('clé')\n\n\ndef register():\n    signals.article_generator_finalized.connect(fail)\n",
         "l'extension « maison » s'est arrêtée : 'clé'. Corrigez cela, ou retirez-la de PLUGINS."),
    ],
)  # fmt: skip
def test_a_plugin_that_fails_is_named_in_one_sentence_and_the_site_stays(small: Small, source: str, sentence: str) -> None:
    before = small.files
    plugin(small, source)
    ran = small.build()
    assert ran.code == 1
    assert sentence in ran.said
    assert "Traceback" not in ran.said
    assert small.files == before


def test_a_plugin_that_is_not_installed_is_named_with_the_command_that_installs_it(small: Small) -> None:
    small.set(PLUGINS='[*PLUGINS, "mon_absente"]')
    ran = small.build()
    assert ran.code == 1
    assert "pip install pelican-mon-absente" in ran.said


OBJECT = """
from pathlib import Path

from pelican import signals


class Maison:
    def register(self):
        signals.finalized.connect(ended)


def ended(pelican):
    Path(pelican.output_path, "objet.txt").write_text("objet")
"""


def test_a_plugin_given_as_an_object_works(small: Small) -> None:
    small.write("objet.py", OBJECT)
    small.set(PLUGINS='[*PLUGINS, __import__("sys").path.insert(0, str(HERE)) or __import__("objet").Maison()]')
    assert text(built(small), "objet.txt") == "objet"


# Settings that Pelican documents.


def test_relative_addresses_lead_where_the_others_did(small: Small) -> None:
    small.post("un", words="Voir [le nuage](/tags/), [ailleurs](https://exemple.fr/) et [plus bas](#x).")
    small.post("deux", summary="Voir [le nuage](/tags/).")
    whole = built(small)
    small.set(RELATIVE_URLS="True")
    relative = built(small)
    assert built(small) == relative
    assert relative.keys() == whole.keys()
    page = text(relative, "2024/05/un/index.html")
    assert 'href="../../../tags/"' in page
    assert 'href="#x"' in page
    assert 'src="../../../images/a.png"' in page
    assert 'href="https://exemple.fr/"' in page
    assert not re.search(r'(?:href|src)="/', page)
    assert 'href="../../../"' in page or 'href="../../.."' in page
    assert 'href="/tags/"' in text(relative, "404.html"), "a host shows this page at any address"
    assert relative["feeds/atom.xml"] == whole["feeds/atom.xml"]
    assert_clean(small)
    small.set(RELATIVE_URLS="")
    assert built(small) == whole


def assert_clean(small: Small) -> None:
    code, clean, said = small.clean()
    assert code == 0, said
    assert small.files == clean, difference(small.files, clean)


def test_relative_addresses_leave_the_folder_of_a_site_out(small: Small) -> None:
    small.post("un", words="Voir [le nuage](/tags/) et [la recopie](/blog/archives/).")
    small.set(RELATIVE_URLS="True", SITEURL='FEED_DOMAIN = "https://nom.example/blog"')
    page = text(built(small), "2024/05/un/index.html")
    assert 'href="../../../tags/"' in page
    assert 'href="../../../archives/"' in page
    assert "/blog/" not in re.sub(r'"https://nom\.example[^"]*"|<p class="print-only">.*?</p>|<script type.*?</script>', "", page)


def test_files_with_an_address_of_their_own_are_at_the_root_whatever_their_name(small: Small) -> None:
    small.write("content/racine/CNAME", "nom.example\n")
    small.write("content/racine/.htaccess", "Options -Indexes\n")
    small.write("content/racine/cle.html", "<p>clé</p>\n")
    small.set(
        STATIC_PATHS='["images", "racine"]',
        EXTRA_PATH_METADATA='{"racine/CNAME": {"path": "CNAME"}, "racine/.htaccess": {"path": ".htaccess"}, "racine/cle.html": {"path": "cle.html"}}',
    )
    ran = small.build()
    assert ran.code == 0
    assert "PDV035" not in ran.said
    assert text(small.files, "CNAME") == "nom.example\n"
    assert text(small.files, ".htaccess") == "Options -Indexes\n"
    assert "cle.html" in small.files
    small.write("content/racine/.htaccess", "Options +Indexes\n")
    assert text(built(small), ".htaccess") == "Options +Indexes\n"
    assert_clean(small)


@pytest.mark.parametrize(
    "static", ['["images", "extra"]', '["images", "extra/robots.txt", "extra/.htaccess"]', r'["images", "extra\\robots.txt", "./extra/.htaccess"]']
)
@pytest.mark.parametrize("road", ["ours", "beside a plugin"])
def test_files_have_the_address_that_the_documentation_of_pelican_gives_them(small: Small, static: str, road: str) -> None:
    if road != "ours":
        plugin(small, "def register():\n    pass\n")
    small.write("content/extra/robots.txt", "User-agent: *\n")
    small.write("content/extra/.htaccess", "Options -Indexes\n")
    small.set(
        STATIC_PATHS=static,
        EXTRA_PATH_METADATA=r'{"extra\\robots.txt": {"path": "robots.txt"}, "./extra/.htaccess": {"path": ".htaccess"}}',
        IGNORE_FILES='["*~"]',
    )
    ran = small.build()
    assert ran.code == 0
    assert "PDV035" not in ran.said
    assert "PDV115" not in ran.said
    assert "content/extra/robots.txt:1: PDV110 « /robots.txt » est le vôtre" in ran.said
    assert text(small.files, "robots.txt") == "User-agent: *\n"
    assert text(small.files, ".htaccess") == "Options -Indexes\n"
    assert not any(name.startswith("extra") for name in small.files)
    assert_clean(small)


def test_a_folder_gives_its_address_to_the_file_in_it(small: Small) -> None:
    small.write("content/extra/a.txt", "a")
    small.set(STATIC_PATHS='["images", "extra"]', EXTRA_PATH_METADATA='{"extra": {"path": "b.txt"}}')
    assert text(built(small), "b.txt") == "a"
    small.write("content/extra/c.txt", "c")
    assert small.build().said.count("PDV060") == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("extra/robot.txt", "« extra/robot.txt » ne nomme aucun fichier ni dossier de content/. Vouliez-vous dire « extra/robots.txt » ?"),
        ("extra/*.txt", "Un chemin y est écrit en entier : « * » n'y tient la place de rien."),
        ("ailleurs", "« ailleurs » ne nomme aucun fichier ni dossier de content/. Corrigez ce chemin, ou retirez-le."),
        ("autre/a.txt", "« autre/a.txt » n'est pas publié, car STATIC_PATHS ne le contient pas. Ajoutez-l'y."),
    ],
)
def test_a_path_that_does_nothing_is_said(small: Small, path: str, said: str) -> None:
    small.write("content/extra/robots.txt", "User-agent: *\n")
    small.write("content/autre/a.txt", "a")
    small.set(STATIC_PATHS='["images", "extra"]', EXTRA_PATH_METADATA=f'{{"{path}": {{"path": "x.txt"}}}}')
    ran = small.build()
    assert ran.code == 0
    assert "pelicanconf.py:1: PDV115 EXTRA_PATH_METADATA" in ran.said
    assert said in ran.said


def test_a_hidden_link_that_the_settings_name_is_not_followed(small: Small, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (small.content / "extra").mkdir()
    (small.content / "extra" / ".htaccess").symlink_to(tmp_path / "secret")
    small.set(STATIC_PATHS='["images", "extra"]', EXTRA_PATH_METADATA='{"extra/.htaccess": {"path": ".htaccess"}}')
    assert "content/extra/.htaccess:1: PDV034" in small.build().said
    assert ".htaccess" not in small.files


def test_a_file_that_the_settings_name_is_published_whatever_it_holds(small: Small) -> None:
    small.write("content/extra/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    small.write("content/extra/a.txt", "<html>")
    small.set(
        STATIC_PATHS='["images", "extra"]',
        EXTRA_PATH_METADATA='{"extra/a.svg": {"path": "a.svg"}, "extra/a.txt": {"path": "a.txt"}}',
        PLANCHER_READING='{"mode": "strict"}',
    )
    small.post("deux", link="")
    assert {"a.svg", "a.txt"} <= built(small).keys()


def test_the_settings_say_what_a_header_does_not(small: Small) -> None:
    small.set(
        FILENAME_METADATA=r'r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)"',
        DEFAULT_METADATA='{"tags": "Partout"}',
        EXTRA_PATH_METADATA='{"articles/cours": {"author": "Ada"}}',
        USE_FOLDER_AS_CATEGORY="True",
    )
    small.write("content/articles/cours/2024-06-07_premier.md", "Title: Premier\n\nTexte.\n")
    small.write("content/articles/cours/autre.md", "Title: Autre\nDate: 2024-06-08\nTags: Sien\nCategory: Mienne\n\nTexte.\n")
    files = built(small)
    page = text(files, "2024/06/premier/index.html")
    assert "Ada" in page
    assert 'href="/categorie/cours/"' in page
    assert 'href="/tag/Partout/"' in page
    other = text(files, "2024/06/autre/index.html")
    assert 'href="/categorie/mienne/"' in other
    assert "/tag/Partout/" not in other
    small.set(DEFAULT_METADATA='{"status": "draft"}')
    assert "2024/06/premier/index.html" not in built(small)
    assert_clean(small)


def test_templates_filters_and_pages_of_the_site_are_used(small: Small) -> None:
    small.write("gabarits/partials/footer.html", "<footer>{{ 'pied'|fort }} {{ mot() }} {% if 3 is impair %}impair{% endif %}</footer>")
    small.write("content/page-libre.html", "<p>{{ SITENAME }}, {{ articles|length }} billets</p>")
    small.write("gabarits/propre.html", "{% extends 'base.html' %}{% set title, description, address = 'Propre', 'Propre', 'propre.html' %}")
    small.set(
        THEME_TEMPLATES_OVERRIDES='[str(HERE / "gabarits")]',
        JINJA_FILTERS='{"fort": str.upper}',
        JINJA_GLOBALS='{"mot": lambda: "mot"}',
        JINJA_TESTS='{"impair": lambda number: number % 2}',
        TEMPLATE_PAGES='{"page-libre.html": "libre.html"}',
        DIRECT_TEMPLATES='["index", "archives", "tags", "categories", "404", "propre"]',
        ARTICLE_EXCLUDES='["articles/a-part"]',
        MONTH_ARCHIVE_SAVE_AS='"archives/{date:%Y}/{date:%m}/index.html"',
    )
    small.write("content/articles/a-part/x.md", "Title: À part\nDate: 2024-01-01\n\nTexte.\n")
    files = built(small)
    assert "PIED mot impair" in text(files, "index.html")
    assert "3 billets" in text(files, "libre.html")
    assert "propre.html" in files
    assert "archives/2024/05/index.html" in files
    assert not any("a-part" in path or "/x/" in path for path in files)
    assert_clean(small)


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_a_theme_of_somebody_else_builds_without_a_dead_link(small: Small, theme: str) -> None:
    shutil.rmtree(small.folder / "theme")
    small.set(THEME=f'"{Path(pelican.__file__).parent / "themes" / theme}"')
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "Le thème n'a pas de gabarit pour ces pages" in ran.said
    files = small.files
    page = text(files, "2024/05/un/index.html")
    assert "<p>Du texte.</p>" in page, "a theme of Pelican's counts on text that is not escaped"
    assert not any(path.startswith("preuves/") for path in files)
    assert "/preuves/<" not in text(files, "sitemap.xml")
    linked = {
        address for path in files if path.endswith(".html") for address in re.findall(rf'(?:href|src)="(?:{identity.SITEURL})?(/[^"#?]*)"', text(files, path))
    }
    dead = {address for address in linked if f"{address[1:]}index.html" not in files and address[1:] not in files}
    assert dead == set()
    assert built(small) == files
