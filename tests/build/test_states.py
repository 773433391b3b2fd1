"""After any story, what a build leaves is what a build that knows nothing makes, byte for byte, and no other file.

``PLANCHER_STORIES`` says how many stories are tried (60 by default, which
takes one to two minutes); ``PLANCHER_STORIES=5000 pytest tests/build/test_states.py``
tries thousands. A story that fails is printed as the steps that tell it, the
shortest that Hypothesis could find.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from plancher.base import digest
from plancher.cache.manifest import MARKER

from tests.build.small import Small, difference, files, picture
from tests.build.warm import CRASHED, KILLED, Ran, Warm

STORIES = int(os.environ.get("PLANCHER_STORIES", "60"))
PARTS = 4
"""Tests that share the stories, so that every core tells some."""
STEPS = 14
YEAR = 365 * 86_400

NAMES = st.sampled_from(["un", "deux", "trois", "quatre", "cinq"])
WHICH = st.integers(0, 4)
"""Which of the posts there are, in the order of their names, round and round."""
TITLES = st.sampled_from(["Un", "Deux", "L'été", "A & <b>", "C'est « fini »"])
WORDS = st.sampled_from(
    [
        "Du texte.",
        "Un mot.\n\n## Un titre\n\nEt l'autre !",
        "Voir `code` et **gras**.",
        "",
        "Note[^1].\n\n[^1]: Dite.",
        "Voir :\n\nhttps://youtu.be/dQw4w9WgXcQ",
    ]
)
TAGS = st.sampled_from(
    [(), ("PME",), ("pme", "Élus"), ("elus",), ("C#", "PME"), ("P.M.E.", "élus", "C"), ("vie-quotidienne", "Marche"), ("Vie quotidienne", "marché")]
)
LEGACY_TAG_LINES = st.sampled_from(["", "Technorati Tags: PME, C", "Technorati Tags: [élus](http://technorati.com/tag/%c3%a9lus)"])
REGISTRIES = st.sampled_from(
    [
        None,
        "",
        '["PME"]\naliases = ["TPE", "C"]\n',
        '["PME"]\naliases = ["TPE"]\ndescription = "Petites."\nparent = "Élus"\n["Élus"]\nrelated = ["C#"]\n',
        '["élus"]\naliases = ["PME"]\nwikidata = "Q42"\n',
        '["marché"]\ndistinct = ["marche"]\n',
        '["élus"]\nalias = 3\n',
        '["élus"\n',
    ]
)
DAYS = st.sampled_from(["2024-05-02", "2024-05-03", "2025-01-01", "2027-03-04", "2029-01-01 10:00"])
PICTURES = st.sampled_from(["a.png", "b.png"])
TEMPLATES = st.sampled_from(
    [
        "article.html",
        "page.html",
        "index.html",
        "base.html",
        "partials/footer.html",
        "components/card.html",
        "components/tag_list.html",
        "tag.html",
        "components/portrait.html",
    ]
)
SCRAPS = st.sampled_from(
    [
        "",
        "<!-- un -->",
        "<!-- deux -->",
        "{{ SITENAME }}",
        "{{ SLOGAN|default('sans') }}",
        "{{ slogan|default('sans') }}",
        "{{ articles|default([])|map(attribute='title')|join }}",
        "{{ (article|default(none) or page|default(none)).outline.minutes if article is defined else '' }}",
        "{% include ['partials/absent.html', 'partials/suite.html'] ignore missing %}",
        "{% include 'partials/' ~ 'suite' ~ '.html' ignore missing %}",
        "{% include 'partials/suite.html' ignore missing %}",
        "{% if articles is defined %}{% set total = articles|length %}{% endif %}{{ total|default('?') }}",
        "{{ 'x'|maison }}",
        "{{ jamais.dit }}",
        "{% if %}",
    ]
)
STATES = st.sampled_from(
    [
        None,
        '{"version": 1, "links": {}}',
        '{"version": 1, "links": {"https://exemple.fr/a": {"state": "alive", "checked": "2026-01-02"}}}',
        '{"version": 1, "links": {"https://exemple.fr/a": {"state": "dead", "checked": "2026-01-03"}}}',
        '{"version": 1, "links": {"https://exemple.fr/a": {"state": "dead", "archive": {"url": "https://web.archive.org/web/2008/a", "date": "2008-09-12"}}}}',
        '{"version": 1}',
    ]
)
SETTINGS = st.sampled_from(
    [
        ("SITENAME", '"Autre nom"'),
        ("SITESUBTITLE", '"Autre devise"'),
        ("SITEURL", 'FEED_DOMAIN = "https://exemple.fr/blog"'),
        ("DEFAULT_PAGINATION", "1"),
        ("DEFAULT_PAGINATION", "2"),
        ("DEFAULT_CATEGORY", '"Autres"'),
        ("AUTHOR", '"Une autre"'),
        ("TIMEZONE", '"America/Montreal"'),
        ("ARTICLE_URL", '"{slug}/"'),
        ("SLOGAN", '"Un mot"'),
        ("JINJA_GLOBALS", '{"slogan": "mot"}'),
        ("JINJA_GLOBALS", '{"slogan": "autre mot"}'),
        ("JINJA_FILTERS", '{"maison": str.upper}'),
        ("JINJA_FILTERS", '{"maison": lambda text: text + "1"}'),
        ("JINJA_FILTERS", '{"maison": lambda text: text + "2"}'),
        ("PLANCHER_TYPOGRAPHY", 'TypographySettings(locale="fr_CA")'),
        ("PLANCHER_TYPOGRAPHY", 'TypographySettings(locale="fr_CH", off=("apostrophes",))'),
        ("PLANCHER_TANGIBLE", 'TangibleSettings(natures=("ventes", "chance"))'),
        ("PLANCHER_TANGIBLE", "TangibleSettings(page_size=1, feed_size=1)"),
        ("PLANCHER_FEEDS", "FeedSettings(size=1, archive_size=2)"),
        ("PLANCHER_TAGS", 'TagSettings(weights="quantile", steps=3, cloud_size=2, related=1, held=1)'),
        ("PLANCHER_TAGS", "TagSettings(together=1)"),
        ("PLANCHER_LINKS", "LinkSettings(leads_out=True, feed_size=1)"),
        ("PLANCHER_TALKS", "TalkSettings(bare=False, feed_size=1)"),
        ("PLANCHER_ANSWERS", 'AnswerSettings(email="a@b.example", feed_size=1)'),
        ("PLANCHER_ANNOUNCING", 'AnnouncingSettings(indexnow="0123456789")'),
        ("PLANCHER_READING", "ReadingSettings(words_per_minute=2)"),
        ("PLUGINS", '[name for name in PLUGINS if name != "plancher.components.talks"]'),
        ("PLUGINS", "[PLUGINS[0], *reversed(PLUGINS[1:])]"),
        ("PLUGINS", '[*PLUGINS, "maison"]'),
    ]
)
PLUGIN = """
from pelican import signals
from plancher.site.component import Component
from plancher.text.html import add, el
from plancher.text.grammar import BlockKind, Read

def render(model, markdown):
    box = el("p", WORD)
    return box

class House(Component):
    def blocks(self):
        return (BlockKind(name="maison", purpose="Un bloc à nous.", read=lambda block: Read(block.title), render=render),)

COMPONENT = House

class Stray:
    def __init__(self, output_path, **_):
        self.folder = output_path

    def generate_output(self, writer):
        if FILE:
            with open(self.folder + "/" + FILE, "w", encoding="utf-8") as file:
                file.write(WORD)

def generators(pelican):
    return Stray

def register():
    signals.get_generators.connect(generators)
"""
WORDS_OF_PLUGIN = st.sampled_from(["un", "deux"])
FILES_OF_PLUGIN = st.sampled_from(["", "a.txt", "b.txt"])
STRAYS = st.sampled_from(["perdu.txt", "archives/perdu.html", "ailleurs/loin/perdu.txt", "index.html.bak"])
WOUNDS = st.sampled_from(["cut", "emptied", "removed", "altered"])
DAMAGES = st.sampled_from(["cut", "emptied", "removed", "noise", "flipped"])


def edit(*strategies: Any, **named: Any) -> Callable[[Callable[..., None]], Any]:
    """A step that changes something; a build comes after three of them at most."""

    def decorate(function: Callable[..., None]) -> Any:
        return precondition(lambda self: self.unbuilt < 3)(rule(*strategies, **named)(_counted(function)))

    return decorate


def _counted(function: Callable[..., None]) -> Callable[..., None]:
    def counted(self: Stories, **words: Any) -> None:
        self.unbuilt += 1
        function(self, **words)

    counted.__name__ = function.__name__
    return counted


class Stories(RuleBasedStateMachine):
    """A small site, and all that may happen to it."""

    warm: ClassVar[Warm]
    resident: ClassVar[Warm]
    folder: ClassVar[Path]
    known: ClassVar[dict[str, tuple[int, dict[str, bytes], str]]] = {}

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.unbuilt = 0
        self.theirs: set[str] = set()
        self.built: dict[str, bytes] = {}
        self.site = site = Small(self.folder, self.warm, self.resident)
        site.write("plugins/maison.py", PLUGIN.replace("WORD", "'un'").replace("FILE", "''"))
        site.write("content/images/a.png", picture(5))
        site.write("content/videos/a.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour.\n")
        site.write("content/videos/a.webm", b"film")
        site.write("content/pages/a-propos.md", "Title: À propos\n\nTexte.\n")
        site.post("un", picture="a.png", link="deux", tags=("PME",))
        site.post("deux", day="2024-05-03", film=True, tags=("pme", "Élus"), slug="fixe")
        site.post("trois", day="2027-03-04", nature="ventes", own_block=True)

    @initialize(one_process=st.booleans())
    def begin(self, one_process: bool) -> None:
        """Whether one process makes all the builds, as in a preview, or each has its own."""
        self.one_process = one_process
        self.build()

    # The author's texts.

    def _named(self, which: int) -> str:
        return sorted(self.site.posts)[which % len(self.site.posts)]

    has_posts = precondition(lambda self: self.site.posts)

    @edit(name=NAMES, title=TITLES, words=WORDS, day=DAYS)
    def write(self, name: str, title: str, words: str, day: str) -> None:
        self.site.post(name, title=title, words=words, day=day)

    @has_posts
    @edit(which=WHICH, words=WORDS)
    def reword(self, which: int, words: str) -> None:
        self.site.post(self._named(which), words=words)

    @has_posts
    @edit(which=WHICH, title=TITLES)
    def retitle(self, which: int, title: str) -> None:
        self.site.post(self._named(which), title=title)

    @has_posts
    @edit(which=WHICH, summary=st.sampled_from(["", "Bref.", "Voir [l'autre]({filename}un.md)."]))
    def summarise(self, which: int, summary: str) -> None:
        self.site.post(self._named(which), summary=summary)

    @has_posts
    @edit(which=WHICH, name=NAMES)
    def rename(self, which: int, name: str) -> None:
        old = self._named(which)
        post = self.site.posts[old]
        self.site.delete(old)
        self.site.post(name, **vars(post))

    @has_posts
    @edit(which=WHICH)
    def delete(self, which: int) -> None:
        self.site.delete(self._named(which))

    @has_posts
    @edit(which=WHICH, day=DAYS)
    def redate(self, which: int, day: str) -> None:
        self.site.post(self._named(which), day=day)

    @edit(years=st.integers(1, 2))
    def time_passes(self, years: int) -> None:
        self.site.clock += years * YEAR

    @has_posts
    @edit(which=WHICH, tags=TAGS)
    def retag(self, which: int, tags: tuple[str, ...]) -> None:
        self.site.post(self._named(which), tags=tags)

    @has_posts
    @edit(which=WHICH, relic=LEGACY_TAG_LINES)
    def leave_a_relic(self, which: int, relic: str) -> None:
        self.site.post(self._named(which), relic=relic)

    @has_posts
    @edit(which=WHICH, title=st.sampled_from(["", "Un lien", "Un autre"]))
    def choose_a_link(self, which: int, title: str) -> None:
        self.site.post(self._named(which), chosen=title)

    @edit(state=STATES)
    def visit_the_links(self, state: str | None) -> None:
        """What « invoke links.check » leaves."""
        path = self.folder / "content/links/state.json"
        path.unlink(missing_ok=True) if state is None else self.site.write("content/links/state.json", state)

    @edit(registry=REGISTRIES)
    def write_the_registry_of_tags(self, registry: str | None) -> None:
        path = self.folder / "content/tags.toml"
        path.unlink(missing_ok=True) if registry is None else self.site.write("content/tags.toml", registry)

    @has_posts
    @edit(which=WHICH, slug=st.sampled_from(["", "fixe", "autre"]))
    def reslug(self, which: int, slug: str) -> None:
        self.site.post(self._named(which), slug=slug)

    @has_posts
    @edit(which=WHICH, category=st.sampled_from(["", "Essais", "Outils", "essais"]))
    def recategorise(self, which: int, category: str) -> None:
        self.site.post(self._named(which), category=category)

    @has_posts
    @edit(which=WHICH, status=st.sampled_from(["", "draft", "hidden", "published"]))
    def restatus(self, which: int, status: str) -> None:
        self.site.post(self._named(which), status=status)

    @has_posts
    @edit(which=WHICH, to=NAMES)
    def link(self, which: int, to: str) -> None:
        self.site.post(self._named(which), link=to)

    @has_posts
    @edit(which=WHICH, name=st.sampled_from(["", "a.png", "b.png"]))
    def illustrate(self, which: int, name: str) -> None:
        self.site.post(self._named(which), picture=name)

    @has_posts
    @edit(which=WHICH, film=st.booleans())
    def film(self, which: int, film: bool) -> None:
        self.site.post(self._named(which), film=film)

    @has_posts
    @edit(
        which=WHICH,
        nature=st.sampled_from(["", "ventes", "chance"]),
        proof=st.sampled_from(["", "trois contrats"]),
        review=st.sampled_from(["", "2026-06", "2027-01-15"]),
    )
    def prove(self, which: int, nature: str, proof: str, review: str) -> None:
        self.site.post(self._named(which), nature=nature, proof=proof, review=review)

    @has_posts
    @edit(which=WHICH, others=st.integers(0, 3))
    def balance(self, which: int, others: int) -> None:
        self.site.post(self._named(which), others=others)

    @edit(months=st.integers(1, 3))
    def months_pass(self, months: int) -> None:
        self.site.clock += months * YEAR // 12

    @has_posts
    @edit(which=WHICH)
    def use_own_block(self, which: int) -> None:
        self.site.post(self._named(which), own_block=True)

    @has_posts
    @edit(which=WHICH, length=st.integers(0, 40))
    def half_save(self, which: int, length: int) -> None:
        name = self._named(which)
        self.site.write(self.site.path_of(name), self.site.posts[name].text.encode()[:length])

    @has_posts
    @edit(which=WHICH, letter=st.sampled_from("ab"))
    def change_a_letter_and_restore_the_times(self, which: int, letter: str) -> None:
        name = self._named(which)
        path = self.folder / self.site.path_of(name)
        before = path.stat()
        self.site.post(name, words=self.site.posts[name].words.replace("e", letter, 1).replace("a", letter, 1))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @edit(title=TITLES, status=st.sampled_from(["", "Status: draft\n", "Status: hidden\n"]))
    def change_the_page(self, title: str, status: str) -> None:
        self.site.write("content/pages/a-propos.md", f"Title: {title}\n{status}\nTexte.\n")

    # The other files.

    @edit(name=PICTURES, width=st.integers(1, 3), keep_times=st.booleans())
    def draw(self, name: str, width: int, keep_times: bool) -> None:
        path = self.folder / "content/images" / name
        before = path.stat() if path.is_file() else None
        self.site.write(f"content/images/{name}", picture(width))
        if before and keep_times:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @edit(name=PICTURES)
    def remove_picture(self, name: str) -> None:
        path = self.folder / "content/images" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    @edit()
    def make_a_folder_of_a_picture(self) -> None:
        self.site.write("content/images/a.png/b.png", picture(4))

    @edit(words=st.sampled_from(["Bonjour.", "Bonsoir."]))
    def caption(self, words: str) -> None:
        self.site.write("content/videos/a.vtt", f"WEBVTT\n\n00:00.000 --> 00:01.000\n{words}\n")

    @edit(name=st.sampled_from(["a.pdf", "b.csv", "loin/a.pdf"]), content=st.sampled_from([b"un", b"deux", None]))
    def put_a_document(self, name: str, content: bytes | None) -> None:
        if content is None:
            (self.folder / "content/documents" / name).unlink(missing_ok=True)
        else:
            self.site.write(f"content/documents/{name}", content)

    @edit(name=st.sampled_from([".htaccess", ".well-known/a", "robots.txt", "_headers", "feeds", "un.md~"]), content=st.sampled_from([b"un", b"deux", None]))
    def put_a_file_at_the_root(self, name: str, content: bytes | None) -> None:
        if content is None:
            (self.folder / "content/racine" / name).unlink(missing_ok=True)
        else:
            self.site.write(f"content/racine/{name}", content)

    @edit(seconds=st.sampled_from([-1000, 1000]))
    def change_all_times(self, seconds: int) -> None:
        """As a restored archive, or another checkout, does."""
        for path in [*self.site.content.rglob("*"), *(self.folder / "theme").rglob("*")]:
            if path.is_file():
                moment = path.stat().st_mtime + seconds
                os.utime(path, (moment, moment))

    # The theme, the settings, the plugins.

    @edit(name=TEMPLATES, scrap=SCRAPS)
    def change_a_template(self, name: str, scrap: str) -> None:
        path = self.folder / "theme/templates" / name
        text = path.read_text(encoding="utf-8").partition("{# ici #}")[0]
        first, last = text.rsplit("{% end", 1) if "{% end" in text else (text, None)
        if last is None:
            self.site.write(f"theme/templates/{name}", f"{text}{{# ici #}}{scrap}")
        else:
            whole = f"{first.partition('{# là #}')[0]}{{# là #}}{scrap}{{% end{last}"
            self.site.write(f"theme/templates/{name}", whole)

    @edit(scrap=st.sampled_from(["<!-- suite -->", "{{ SITESUBTITLE }}", None]))
    def change_an_included_template(self, scrap: str | None) -> None:
        path = self.folder / "theme/templates/partials/suite.html"
        path.unlink(missing_ok=True) if scrap is None else self.site.write("theme/templates/partials/suite.html", scrap)

    @edit(name=st.sampled_from(["css/base.css", "css/neuf.css", "js/theme.js", "icons/icon.svg"]), words=st.sampled_from(["/* un */", "a{b:c}", "/*! d */"]))
    def change_the_look(self, name: str, words: str) -> None:
        self.site.write(f"theme/static/{name}", words)

    @edit(setting=SETTINGS)
    def set(self, setting: tuple[str, str]) -> None:
        self._leave()
        self.site.set(**dict([setting]))

    @edit()
    def forget_settings(self) -> None:
        self._leave()
        self.site.settings = {}
        self.site.set()

    @edit(word=WORDS_OF_PLUGIN, file=FILES_OF_PLUGIN)
    def change_the_plugin(self, word: str, file: str) -> None:
        self._leave()
        self.site.write("plugins/maison.py", PLUGIN.replace("WORD", repr(word)).replace("FILE", repr(file)))

    # What happens to the site and to the cache.

    @edit(name=STRAYS)
    def leave_a_stray_file(self, name: str) -> None:
        if self.site.output.is_dir():
            self.site.write(f"output/{name}", "perdu")
            self.theirs.add(name)

    @edit(which=st.integers(0, 40), wound=WOUNDS)
    def hurt_the_site(self, which: int, wound: str) -> None:
        there = sorted(files(self.site.output).keys() - self.theirs - {MARKER})
        if there:
            time.sleep(0.01)  # a clock tick: an edit of the very moment of the build could not be seen
            _hurt(self.site.output / there[which % len(there)], wound)

    @edit(
        which=st.sampled_from(["textes.sqlite", "site.json", "plan.json", "vu.json", "glance.txt", "stale.json", "sites"]),
        damage=DAMAGES,
        where=st.integers(0, 2000),
    )
    def hurt_the_cache(self, which: str, damage: str, where: int) -> None:
        self._leave()
        found = [path for path in sorted(self.site.cache.rglob("*")) if path.is_file() and which in str(path)]
        for path in found:
            _damage(path, damage, where)

    @edit()
    def remove_the_cache(self) -> None:
        shutil.rmtree(self.site.cache, ignore_errors=True)

    @edit()
    def keep_a_copy_of_the_cache(self) -> None:
        shutil.rmtree(self.folder / "copie", ignore_errors=True)
        if self.site.cache.is_dir():
            shutil.copytree(self.site.cache, self.folder / "copie")

    @precondition(lambda self: (self.folder / "copie").is_dir())
    @edit()
    def bring_the_copy_back(self) -> None:
        shutil.rmtree(self.site.cache, ignore_errors=True)
        shutil.copytree(self.folder / "copie", self.site.cache)

    @edit()
    def remove_the_site(self) -> None:
        shutil.rmtree(self.site.output, ignore_errors=True)
        self.theirs.clear()

    @edit()
    def remove_the_double(self) -> None:
        shutil.rmtree(self.folder / ".output-double", ignore_errors=True)

    # Builds.

    @rule()
    def build(self) -> None:
        self._check(self._build(resident=self.one_process))

    @rule(method=st.just("fork"))
    def build_with_workers(self, method: str) -> None:
        self._leave()
        self._check(self._build(share=True, extra={"PLANCHER_BUILDING": {"workers": 2, "start": method}}))

    @rule(writes=st.integers(0, 150))
    def build_and_be_killed(self, writes: int) -> None:
        before = self._files()
        ran = self._build(resident=self.one_process, kill=writes)
        if ran.code != KILLED:
            self._check(ran)
            return
        code, clean, _ = self._clean()
        after = self._files()
        assert after in ([before, clean] if code == 0 else [before]), f"Ni l'ancien site ni le nouveau.\n{difference(after, clean)}"

    def _build(self, **wishes: Any) -> Ran:
        self.unbuilt = 0
        self.before = self._files()
        return self.site.build(**wishes)

    def _clean(self) -> tuple[int, dict[str, bytes], str]:
        """What a build from nothing makes of these files, asked for once; their times are nothing to it."""
        parts = [files(self.folder / name) for name in ("content", "theme", "plugins")]
        about = digest.of_text(repr([sorted(part.items()) for part in parts]), (self.folder / "reglages.py").read_text(encoding="utf-8"), str(self.site.clock))
        if about not in self.known:
            self.known[about] = self.site.clean()
        return self.known[about]

    def _files(self) -> dict[str, bytes]:
        """The site; what the owner put into its folder is there too."""
        found = self.site.files
        assert [found.pop(name, b"") for name in sorted(self.theirs)] == [b"perdu"] * len(self.theirs), "Un fichier du propriétaire a disparu."
        return found

    def _leave(self) -> None:
        """Another process makes the next build."""
        self.resident.leave()

    def _check(self, ran: Ran) -> None:
        code, clean, said = self._clean()
        assert CRASHED not in {code, ran.code}, ran.said or said
        assert ran.code == code, f"{ran.said}\n— et à partir de rien —\n{said}"
        after = self._files()
        wanted = clean if code == 0 else self.before
        assert after == wanted, difference(after, wanted)
        assert {path.name for path in self.folder.iterdir()} <= _BESIDE

    def teardown(self) -> None:
        self._leave()


_BESIDE = {"content", "theme", "plugins", "reglages.py", "output", ".output-double", ".cache", "propre", "copie", "journal.txt"}
"""All that may lie beside a site."""


def _hurt(path: Path, wound: str) -> None:
    raw = path.read_bytes()
    match wound:
        case "removed":
            path.unlink()
        case _:
            path.write_bytes({"cut": raw[: len(raw) // 2], "emptied": b"", "altered": raw[:-1] + b"#"}[wound])


def _damage(path: Path, damage: str, where: int) -> None:
    raw = path.read_bytes()
    at = where * len(raw) // 2001
    match damage:
        case "removed":
            path.unlink()
        case _ if raw:
            flipped = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
            path.write_bytes({"cut": raw[:at], "emptied": b"", "noise": raw[:at] + b"\xff\x00pas du JSON" + raw[at:], "flipped": flipped}[damage])


@pytest.fixture
def stories(tmp_path: Path) -> Iterator[type[Stories]]:
    """The machine, with its warm process."""
    Stories.warm, Stories.resident, Stories.folder = Warm(), Warm(), tmp_path / "site"
    yield Stories
    Stories.warm.close()
    Stories.resident.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_any_story_leaves_the_site_that_a_build_from_nothing_makes(stories: type[Stories], part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("CI"):  # the same stories at each run, and others in each part
        monkeypatch.setattr(hypothesis.core, "global_force_seed", part)
    unwanted = {Phase.explain} if "PLANCHER_STORIES" in os.environ else {Phase.explain, Phase.shrink}  # to shorten a story takes minutes
    phases = [phase for phase in Phase if phase not in unwanted]
    checks = list(HealthCheck)
    run_state_machine_as_test(
        stories,
        settings=settings(
            max_examples=-(-STORIES // PARTS),
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=False,
            phases=phases,
            suppress_health_check=checks,
            print_blob=True,
        ),
    )
