"""What an author types that is not quite a command: it is understood, or one French sentence says what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import without_posts
from tests.invoking import invoke, invoke_anew

ENGLISH = ("Traceback", "Error", "idea", "required", "No such", "line ")


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog that no test here changes."""
    folder = without_posts(tmp_path_factory.mktemp("faute") / "blog")
    (folder / "content" / "articles" / "un.md").write_text("Title: Un\nDate: 2024-05-02\nTags: toile\n\nTexte.\n", encoding="utf-8")
    for name in ("un.html", "deux.html"):
        (folder / name).write_text('<DL><p><DT><A HREF="https://exemple.fr/a">A</A></DL>', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["buidl"], 2, "« buidl » n'est pas une commande. Vouliez-vous dire « invoke build » ?"),
        (["clean", "buidl"], 2, "« buidl » n'est pas une commande. Vouliez-vous dire « invoke build » ?"),
        (["--help", "nulle"], 2, "« nulle » n'est pas une commande."),
        (["--list", "nulle"], 2, "« nulle » n'est pas une commande."),
        (["new"], 2, "new : il manque « title » (titre du billet). Voyez « invoke --help new »."),
        (["tags.rename"], 2, "il manque « old » (nom actuel) et « new » (nouveau nom)."),
        (["links.import"], 2, "links.import : il manque « file » (fichier de marque-pages)."),
        (["talks.fetch"], 2, "talks.fetch : il manque « address »"),
        (["new", "--undoo"], 2, "Option inconnue « --undoo ». Vouliez-vous dire « --undo » ?"),
        (["tags.rename", "--dry-runn", "a", "b"], 2, "Option inconnue « --dry-runn ». Vouliez-vous dire « --dry-run » ?"),
        (["build", "--ouput", "a"], 2, "Option inconnue « --ouput ». Vouliez-vous dire « --output » ?"),
        (["check", "--zzz"], 2, "Option inconnue « --zzz ». « invoke --help check » montre les siennes."),
        (["build", "--output"], 2, "L'option « --output » attend une valeur."),
        (["build", "--explain=oui"], 2, "L'option « --explain » ne prend pas de valeur."),
        (["build", "--output", "a", "--output", "b"], 2, "L'option « --output » est donnée deux fois. Gardez-en une."),
        (["build", "-o", "a", "--output", "b"], 2, "L'option « --output » est donnée deux fois. Gardez-en une."),
        (["build", "--explain", "--explain"], 2, "L'option « --explain » est donnée deux fois. Gardez-en une."),
        (["serve", "--port", "abc"], 2, "« abc » n'est pas un nombre entier."),
        (["serve", "--port", "99999"], 2, "Le port 99999 n'existe pas. Choisissez-en un de 1 à 65535"),
        (["links.draft", "--count", "sept"], 2, "« sept » n'est pas un nombre entier."),
        (["links.draft", "--count", "0"], 2, "Rien n'a changé : un brouillon d'au moins un lien, et non de 0."),
        (["build", "site"], 2, "« site » est de trop : build n'attend que des options."),
        (["publish", "maintenant"], 2, "« maintenant » est de trop : publish n'attend que des options."),
        (["tags.unused", "toile"], 2, "« toile » est de trop : tags.unused n'attend que des options."),
        (["talks.fetch", "https://a.example/", "b"], 2, "« b » est de trop : talks.fetch attend « address »."),
        (["tags.rename", "web", "social", "réseaux", "sociaux"], 2, 'Mettez entre guillemets les mots qui vont ensemble : invoke tags.rename "…" "…"'),
        (["tags.merge", "open", "data,", "opendata", "données"], 2, "« opendata » est de trop : tags.merge attend"),
        (["new", "--undo", "Un"], 2, "--undo et --redo s'écrivent seuls"),
        (["links.check", "--undo", "--redo"], 2, "--undo défait et --redo refait : donnez l'un ou l'autre."),
        (["new", "…"], 1, "ne donne aucune adresse"),
        (["links.import", "absent.html"], 1, "absent.html : ce fichier n'existe pas. Rien n'a changé."),
        (["links.import", "Mes", "favoris.html"], 1, "Mes favoris.html : ce fichier n'existe pas. Rien n'a changé."),
        (["links.import", "content"], 1, "content : c'est un dossier, et non un fichier. Rien n'a changé."),
        (["links.import", "un.html", "deux.html"], 2, "un seul fichier à la fois"),
        (["tags.rename", "perdu", "retrouvé"], 1, "Rien n'a changé : aucun billet ne porte « perdu »"),
        (["talks.fetch", "https://exemple.example/"], 1, "Rien n'a changé : ce n'est l'adresse d'aucune vidéo"),
        (["upgrade", "nulle", "part.whl"], 1, "Rien n'a changé : ce dossier ne porte pas son moteur"),
        (["upgrade", "--engine"], 2, "L'option « --engine » attend une valeur."),
        (["theme.copy", "zzz"], 1, "le moteur n'a pas de fichier « zzz ». Les siens sont dans "),
        (["theme.diff", "templates/articles.html"], 1, "Vouliez-vous dire « templates/article.html » ?"),
        (["start", "Mon", "blog"], 2, 'invoke start "…"'),
        (["links.draft"], 1, "n'a pas de lien : « invoke links.import » y en met"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_one_sentence_says_what_to_type(blog: Path, words: list[str], code: int, said: str) -> None:
    before = files(blog)
    ran = invoke(blog, *words)
    assert (ran.returncode, ran.stdout) == (code, ""), ran.stdout + ran.stderr
    assert said in ran.stderr
    assert not [english for english in ENGLISH if english in ran.stderr]
    assert files(blog) == before


def files(blog: Path) -> list[str]:
    return sorted(str(path) for path in (blog / "content").rglob("*"))


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (["new", "Mon", "titre"], "mon-titre"),
        (["nouveau", "Ma", "deuxième", "phrase"], "ma-deuxieme-phrase"),
        (["new", "Bel été", "suite"], "bel-ete-suite"),
        (["new", "-5 % sur tout"], "5-sur-tout"),
        (["new", "a=b, c"], "a-b-c"),
        (["new", "Comment", "build"], "comment-build"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_words_of_a_title_go_together(tmp_path: Path, words: list[str], path: str) -> None:
    blog = without_posts(tmp_path / "blog")
    ran = invoke(blog, *words)
    assert ran.returncode == 0, ran.stderr
    assert [post.stem for post in (blog / "content" / "articles").rglob("*.md")] == [path]


def test_a_file_s_name_of_several_words_is_one(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    (blog / "Mes favoris.html").write_text('<DL><p><DT><A HREF="https://exemple.fr/a">A</A></DL>', encoding="utf-8")
    ran = invoke(blog, "links.import", "Mes", "favoris.html", "--private")
    assert (ran.returncode, "1\u00a0lien ajouté" in ran.stdout) == (0, True), ran.stderr


def test_without_texts_each_command_says_so_and_none_shows_a_traceback(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    (blog / "content").rename(blog / "contenu")
    for words in (["build"], ["check"], ["publish"], ["tags.rename", "a", "b"], ["tags.merge", "a", "b"], ["tags.unused"], ["links.check"], ["links.archive"]):
        ran = invoke(blog, *words)
        assert (ran.returncode, "content : ce dossier n'existe pas." in ran.stderr, "Traceback" in ran.stderr) == (1, True, False), (words, ran.stderr)


def test_a_disk_that_resists_is_told_in_french(tmp_path: Path) -> None:
    """As for somebody who has no right to write there; the superuser, who may run the tests, has all of them."""
    blog = without_posts(tmp_path / "blog")
    deny = "raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))"
    text = (blog / "tasks.py").read_text(encoding="utf-8")
    patch = f"\nimport errno, os\nfrom plancher.commands import step\ndef deny(path, *_): {deny}\nstep._replace = deny\n"
    (blog / "tasks.py").write_text(text + patch, encoding="utf-8")
    ran = invoke(blog, "new", "Un")
    assert (ran.returncode, "Traceback" in ran.stderr, "Permission denied" in ran.stderr) == (1, False, False), ran.stderr
    assert "vous n'avez pas le droit d'y toucher" in ran.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("X = (", "« ( » n'est jamais fermé"),
        ('X = "abc', "il manque les guillemets qui ferment un texte"),
        ("X = « abc »", "le signe « « » n'a pas sa place ici"),
        ("X = 1\u00a0+ 2", "un signe invisible s'y trouve (U+00A0)"),
        ("X = 1 +", "Python n'y comprend rien"),
        ("  X = 1", "les espaces au début de la ligne ne sont pas ceux qu'il faut"),
        ("import nulle_part", "le module Python « nulle_part » n'est pas installé"),
        ("X = Y", "« Y » n'est pas défini"),
        ('IDENTITY = Identity(nom="a")', "« Identity » n'a pas de réglage « nom »"),
    ],
)
@pytest.mark.parametrize("command", [["build"], ["new", "Un"]], ids=["build", "new"])
def test_settings_that_cannot_be_read_are_told_with_their_line(tmp_path: Path, command: list[str], typed: str, said: str) -> None:
    blog = without_posts(tmp_path / "blog")
    settings = blog / "pelicanconf.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}{typed}\n", encoding="utf-8")
    ran = invoke(blog, *command)
    line = text.count("\n") + 1
    assert (ran.returncode, f"pelicanconf.py:{line}: " in ran.stderr, said in ran.stderr, "Traceback" in ran.stderr) == (1, True, True, False), ran.stderr


def test_a_library_that_is_not_installed_is_named(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    (blog / "tasks.py").write_text(f"import sys\nsys.modules['pelican'] = None\n{(blog / 'tasks.py').read_text(encoding='utf-8')}", encoding="utf-8")
    ran = invoke_anew(blog, "check")
    assert (ran.returncode, "Refaites l'installation" in ran.stderr, "Traceback" in ran.stderr) == (1, True, False), ran.stderr
