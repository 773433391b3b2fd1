"""« invoke upgrade »: a blog goes to a newer engine and back, and nothing of its owner's moves."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from plancher.commands import engine_wheel, upgrade
from plancher.commands.engine_wheel import EngineWheel

from tests.commands.start.engine import Installed
from tests.site.test_site import post

FOOTER = "templates/partials/footer.html"
BLOCK = "> [!tangible] Pain\n> promesse : plus de pain\n> preuve : 12 pains de plus\n> niveau : mesuré\n"


def remade(wheel: Path, version: str, news: str, **changed: str) -> bytes:
    """The same engine at another version.

    :param changed: more text at the foot of files of the package, by their name with « __ » for « / ».
    """
    files = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            files[re.sub(r"-0\.1\.0\.dist-info", f"-{version}.dist-info", name)] = archive.read(name)
    info = f"plancher_des_vaches-{version}.dist-info"
    files[f"{info}/METADATA"] = re.sub(rb"(?m)^Version: .*$", f"Version: {version}".encode(), files[f"{info}/METADATA"], count=1)
    log = files["plancher/CHANGELOG.md"].decode()
    files["plancher/CHANGELOG.md"] = log.replace("\n## ", f"\n## {version} — un jour\n\n{news}\n\n## ", 1).encode()
    files["plancher/requirements.txt"] = b"# all that it needs is there\n"
    for name, text in changed.items():
        files[f"plancher/{name.replace('__', '/')}.html"] += text.encode()
    digests = {name: base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode() for name, content in files.items()}
    record = "".join(f"{name},sha256={digests[name]},{len(files[name])}\n" for name in files if not name.endswith("/RECORD"))
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


class Owner:
    """Somebody with a blog in a Python of its own."""

    def __init__(self, home: Path, engine: Installed) -> None:
        self.engine, self.blog = engine, home / "blog"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home / "venv")], check=True, timeout=120)
        self._python = home / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        where = self.run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))", here=home).stdout.strip()
        Path(where, "outils.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")  # all that the engine needs is there already
        assert self.run("-m", "pip", "install", "--quiet", "--no-deps", str(engine.wheel), here=home).returncode == 0
        begun = self.run(
            "-c", "from plancher.tasks.console import main; main()", "start", "blog", "--name", "Essai", "--address", "https://essai.example", here=home
        )
        assert self.blog.is_dir(), begun.stderr + begun.stdout
        article = self.blog / "content" / "articles" / "2024" / "a.md"
        article.parent.mkdir()
        article.write_text(post("A", "Id: tag:essai.example,2024:a") + BLOCK, encoding="utf-8")

    def run(self, *words: str, here: Path | None = None) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "SITEURL", "CI"}} | {"PIP_NO_INDEX": "1", "PYTHONUTF8": "1"}
        return subprocess.run(
            [str(self._python), *words], cwd=here or self.blog, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=200
        )

    def invoke(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "invoke", *words)

    def owned(self) -> dict[str, bytes]:
        """Texts, settings and own theme."""
        files = [*(self.blog / "content").rglob("*"), *(self.blog / "theme").rglob("*"), *self.blog.glob("*.py")]
        return {
            path.relative_to(self.blog).as_posix(): path.read_bytes()
            for path in files
            if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
        }

    def public(self) -> tuple[list[str], list[str], list[str]]:
        """Addresses, identifiers and anchors, as readers and subscribers know them."""
        assert self.invoke("publish").returncode == 0
        pages = {path.relative_to(self.blog / "output").as_posix(): path.read_text(encoding="utf-8") for path in (self.blog / "output").rglob("*.html")}
        feed = (self.blog / "output" / "feeds" / "atom.xml").read_text(encoding="utf-8")
        return sorted(pages), re.findall("<id>(.*?)</id>", feed), re.findall(r'\bid="([^"]*)"', pages["2024/05/a/index.html"])


@pytest.fixture
def owner(engine: Installed, tmp_path: Path) -> Owner:
    return Owner(tmp_path, engine)


@pytest.fixture(scope="module")
def still(engine: Installed, tmp_path_factory: pytest.TempPathFactory) -> Owner:
    """One whose engine stays what it is."""
    return Owner(tmp_path_factory.mktemp("chez"), engine)


def test_three_versions_later_all_that_was_public_is_as_it_was_and_so_is_all_that_is_the_owner_s(owner: Owner, tmp_path: Path) -> None:
    footer = owner.blog / "theme" / FOOTER
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>À nous</footer>\n", encoding="utf-8")
    with (owner.blog / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# mon extension\n")
    public, owned = owner.public(), owner.owned()
    for version, news in (("0.2.0", "- Un.\n- À faire : videz le cache."), ("0.10.0", "- Deux.")):
        wheel = tmp_path / f"plancher_des_vaches-{version}-py3-none-any.whl"
        wheel.write_bytes(remade(owner.engine.wheel, version, news, theme__templates__partials__footer=f"<!-- {version} -->\n"))
        ran = owner.invoke("upgrade", str(wheel))
        assert ran.returncode == 0, ran.stderr
        assert f"relisez theme/{FOOTER}, dont l'original a changé" in ran.stdout
        assert ("videz le cache." in ran.stdout) == (version == "0.2.0")
        assert (f"- {news.splitlines()[0][2:]}" in ran.stdout) is True
        assert owner.public() == public
    now = owner.owned()
    assert {name: now[name] for name in owned} == owned
    assert set(now) - set(owned) == {f"theme/origines/{FOOTER}"}
    assert "PDV108" in owner.invoke("check").stderr
    assert "# mon extension" in (owner.blog / "requirements.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in (owner.blog / "moteur").iterdir()) == [engine_wheel.file_name("0.10.0"), engine_wheel.file_name("0.2.0")]
    back = owner.invoke("upgrade", f"moteur/{engine_wheel.file_name('0.2.0')}")
    assert back.returncode == 0, back.stderr
    assert "Du moteur 0.10.0 au moteur 0.2.0" in back.stdout
    assert "déjà le moteur 0.2.0" in owner.invoke("upgrade", f"moteur/{engine_wheel.file_name('0.2.0')}").stdout


def test_an_engine_that_cannot_be_installed_changes_nothing(still: Owner, tmp_path: Path) -> None:
    owner, wheel = still, tmp_path / engine_wheel.file_name("0.2.0")
    with zipfile.ZipFile(io.BytesIO(remade(owner.engine.wheel, "0.2.0", "- Un."))) as archive, zipfile.ZipFile(wheel, "w") as made:
        for name in archive.namelist():
            lacking = f"nulle-part==1.0 --hash=sha256:{'0' * 64}\n".encode()
            made.writestr(name, lacking if name == "plancher/requirements.txt" else archive.read(name))
    before = {path: path.read_bytes() for path in (*(owner.blog / "moteur").iterdir(), owner.blog / "requirements.txt")}
    ran = owner.invoke("upgrade", str(wheel))
    assert ran.returncode == 1
    assert "Rien n'a changé : pip s'est arrêté" in ran.stderr
    assert {path: path.read_bytes() for path in (*(owner.blog / "moteur").iterdir(), owner.blog / "requirements.txt")} == before
    assert owner.invoke("build").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("upgrade", "absent.whl"), "absent.whl"),
        (("upgrade", "tasks.py"), "n'est pas le fichier de ce moteur"),
        (("upgrade",), "Donnez le fichier du moteur : invoke upgrade chemin/du/fichier.whl"),
    ],
)
def test_what_is_no_engine_is_told_and_changes_nothing(still: Owner, words: tuple[str, ...], said: str) -> None:
    ran = still.invoke(*words)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert ran.stderr.startswith("Rien n'a changé : ")


def test_a_folder_that_carries_no_engine_says_so(still: Owner) -> None:
    requirements = still.blog / "requirements.txt"
    before = requirements.read_bytes()
    requirements.write_text("pelican\n", encoding="utf-8")
    ran = still.invoke("upgrade")
    requirements.write_bytes(before)
    assert ran.returncode == 1
    assert "ce dossier ne porte pas son moteur" in ran.stderr


def test_what_the_owner_asked_for_stays_in_sight_even_where_the_former_engine_is_gone(tmp_path: Path) -> None:
    (tmp_path / "moteur").mkdir()
    (tmp_path / "requirements.txt").write_text("plancher-des-vaches==0.1.0 --hash=sha256:0\npelican==4.12\nmon-extension==1.0\n", encoding="utf-8")
    edits = upgrade._edits(tmp_path, EngineWheel("0.2.0", b"", "pelican==4.12.1\n"))
    (text,) = (edit.after.decode() for edit in edits if edit.path.name == "requirements.txt")
    assert "\nplancher-des-vaches==0.2.0 " in text
    assert "\n# mon-extension==1.0\n" in text
    assert "\npelican==4.12\n" not in text
