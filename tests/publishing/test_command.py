"""« invoke publish » with a target, « --dry-run », « --status », « invoke rollback », as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.base.settings import SettingsError
from plancher.publishing import Bucket, Cloudflare, Local, Netlify, Sftp, secrets, targets
from plancher.publishing.errors import PublishingError

from tests.conftest import without_posts
from tests.invoking import invoke

POST = "Title: {name}\nDate: 2024-05-02\nSummary: Dit.\n\nTexte.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    made = without_posts(tmp_path / "blog")
    add_post(made, "un")
    return made


def add_post(blog: Path, name: str) -> None:
    (blog / "content" / "articles" / f"{name}.md").write_text(POST.format(name=name), encoding="utf-8")


def aim(blog: Path, line: str) -> None:
    with (blog / "publishconf.py").open("a", encoding="utf-8") as file:
        file.write(f"\nfrom plancher.publishing import Local, Sftp\n\n{line}\n")


def test_one_line_of_settings_puts_a_blog_online_and_takes_it_back(blog: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    aim(blog, f'PUBLISH = Local("{www}")')
    tried = invoke(blog, "publish", "--dry-run")
    assert (tried.returncode, "+ index.html" in tried.stdout, www.exists()) == (0, True, False), tried.stderr
    first = invoke(blog, "publish")
    assert (first.returncode, "En ligne, en une fois" in first.stdout) == (0, True), first.stdout + first.stderr
    assert (www / "2024" / "05" / "un" / "index.html").is_file()
    assert not (www / ".plancher").exists()
    assert "Rien à faire" in invoke(blog, "publish").stdout
    add_post(blog, "deux")
    assert invoke(blog, "publier").returncode == 0
    assert (www / "2024" / "05" / "deux" / "index.html").is_file()
    told = invoke(blog, "publish", "--status")
    assert (told.returncode, told.stdout.count("(UTC)")) == (0, 3), told.stdout + told.stderr
    back = invoke(blog, "rollback")
    assert (back.returncode, back.stdout.startswith("En ligne : la version du ")) == (0, True), back.stderr
    assert not (www / "2024" / "05" / "deux").exists()


def test_without_a_target_a_publication_is_what_it_was(blog: Path) -> None:
    ran = invoke(blog, "publish")
    assert (ran.returncode, "\nSite prêt à publier : " in f"\n{ran.stdout}") == (0, True)
    for words in (["publish", "--status"], ["rollback"], ["publish", "--dry-run"]):
        asked = invoke(blog, *words)
        assert asked.returncode in {1, 2}
        assert "PUBLISH" in asked.stderr
        assert "Traceback" not in asked.stderr


def test_a_third_of_a_site_goes_only_when_somebody_says_yes(blog: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    aim(blog, f'PUBLISH = Local("{www}")')
    notes = blog / "content" / "racine" / "notes"
    notes.mkdir(parents=True)
    for number in range(100):
        (notes / f"{number}.txt").write_text("note", encoding="utf-8")
    assert invoke(blog, "publish").returncode == 0
    for path in notes.iterdir():
        path.unlink()
    asked = invoke(blog, "publish")
    assert (asked.returncode, "ajoutez --yes" in asked.stderr) == (1, True), asked.stderr
    assert (www / "notes" / "3.txt").exists()
    assert invoke(blog, "publish", "--yes").returncode == 0
    assert not (www / "notes").exists()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("/srv/www", "attendu Local"),
        (Local(""), "il manque « folder »"),
        (Local("/"), "le dossier que montre votre serveur"),
        (Sftp("", "www"), "il manque « host »"),
        (Sftp("un hôte", "www"), "le nom de la machine"),
        (Sftp("nom.example", "www", port=0), "un nombre de 1 à 65535"),
        (Sftp("nom.example", "www", user="moi@ici"), "votre identifiant"),
        (Sftp("nom.example", "www", server="iis"), "apache"),
        (Bucket("blog"), "il manque « endpoint »"),
        (Bucket("un blog", "https://s3.nom.example"), "le nom du bucket"),
        (Bucket("blog", "http://s3.nom.example"), "l'adresse du service"),
        (Bucket("blog", "https://s3.nom.example", prefix="/blog"), "le dossier du site dans le bucket"),
        (Netlify(), "il manque « site »"),
        (Netlify("nom.example", "http://nom.example"), "l'adresse de son interface"),
        (Netlify("nom.example", "http://localhost.nom.example"), "l'adresse de son interface"),
        (Netlify("nom.example", "http://127.0.0.1.nom.example/api"), "l'adresse de son interface"),
        (Cloudflare("moi", "blog"), "l'identifiant du compte"),
        (Cloudflare("0" * 32), "il manque « project »"),
    ],
)
def test_a_target_that_makes_no_sense_is_told_before_anything_is_built(value: object, words: str) -> None:
    with pytest.raises(SettingsError, match="réglage PUBLISH") as stopped:
        targets.of_settings({"PUBLISH": value})
    assert words in str(stopped.value)


def test_a_secret_is_read_where_only_its_owner_may(tmp_path: Path) -> None:
    blog, file = tmp_path / "blog", tmp_path / "secrets.toml"
    blog.mkdir()
    file.write_text('["nom.example"]\nPLANCHER_PASSWORD = "mot"\nPATH = "/mal"\n', encoding="utf-8")
    file.chmod(0o600)
    names = ("PLANCHER_PASSWORD",)
    assert secrets.gathered(blog, "nom.example", "", names, {"PLANCHER_SECRETS": str(file)})["PLANCHER_PASSWORD"] == "mot"
    assert "PATH" not in secrets.gathered(blog, "nom.example", "", names, {"PLANCHER_SECRETS": str(file)})
    assert "PLANCHER_PASSWORD" not in secrets.gathered(blog, "autre.example", "", names, {"PLANCHER_SECRETS": str(file)})
    both = {"PLANCHER_SECRETS": str(file), "PLANCHER_PASSWORD": "celui-ci"}
    assert secrets.gathered(blog, "nom.example", "", names, both)["PLANCHER_PASSWORD"] == "celui-ci"
    file.chmod(0o644)
    with pytest.raises(PublishingError, match="chmod 600"):
        secrets.gathered(blog, "nom.example", "", names, {"PLANCHER_SECRETS": str(file)})
    (blog / "secrets.toml").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(PublishingError, match="dans le dossier du blog"):
        secrets.gathered(blog, "nom.example", "", names, {"PLANCHER_SECRETS": str(blog / "secrets.toml")})


def test_a_file_of_secrets_that_is_wrong_is_told_without_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text('["nom.example"]\nPLANCHER_PASSWORD = motsecret\n', encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(PublishingError, match=":2 :") as stopped:
        secrets.gathered(tmp_path / "blog", "nom.example", "", ("PLANCHER_PASSWORD",), {"PLANCHER_SECRETS": str(file)})
    assert "motsecret" not in str(stopped.value)
