"""What forges run for an owner: read as they read it, and run for real, step by step."""

from __future__ import annotations

import datetime as dt
import fnmatch
import getpass
import itertools
import re
import shutil
import subprocess
import zoneinfo
from pathlib import Path
from typing import Any

import pytest
import yaml
from plancher.commands.start import filling, forges, hosts

from tests.commands.start.engine import Installed
from tests.commands.start.forge import WHERE, Forge, secrets
from tests.commands.start.test_files import files
from tests.conftest import ROOT
from tests.publishing.conftest import SshServer, sshd

__all__ = ["sshd"]

PINNED = re.compile(r"(?:https://github\.com/)?(actions/[a-z-]+)(?:/[a-z]+)?@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")
OWN_WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITTEN = [(host, "none") for host in WHERE] + list(itertools.product([word for word, host in hosts.HOSTS.items() if host.target], forges.FORGES))


def text_of(host: str, forge: str = "none", **answers: str) -> str:
    return files(host=host, forge=forge, **answers)[WHERE[forge if host not in WHERE else host]]


def workflow(host: str, forge: str = "none", **answers: str) -> dict[Any, Any]:
    return yaml.safe_load(text_of(host, forge, **answers))


def test_each_action_is_pinned_by_digest_and_says_its_version_the_same_everywhere() -> None:
    texts = [text_of(*chosen) for chosen in WRITTEN] + [path.read_text(encoding="utf-8") for path in OWN_WORKFLOWS]
    lines = [line for text in texts for line in text.splitlines() if "uses:" in line]
    pins = {found.groups() for line in lines if (found := PINNED.fullmatch(line.split("uses: ")[1]))}
    assert len(lines) > 30
    assert [line for line in lines if not PINNED.fullmatch(line.split("uses: ")[1])] == []
    by_version = {(action, version): digest for action, digest, version in pins}
    assert len(by_version) == len(pins)  # one digest for one version
    assert {action for action, _, _ in pins} == {
        f"actions/{name}" for name in ("cache", "checkout", "configure-pages", "deploy-pages", "setup-python", "upload-pages-artifact")
    }


@pytest.mark.parametrize(("host", "forge"), WRITTEN)
def test_no_publication_is_cut_by_the_next_one_and_no_test_of_the_engine_is_run(host: str, forge: str) -> None:
    read, text = workflow(host, forge), text_of(host, forge)
    if "gitlab" in {host, forge}:
        (job,) = read.values()
        assert (job["interruptible"], bool(job["resource_group"])) == (False, True)
        assert job["cache"]["paths"]
    else:
        assert read["concurrency"]["cancel-in-progress"] is False
        assert "pull_request" not in read[True]  # a stranger's change is never given a secret
        assert "restore-keys: site-" in text
    assert not re.search(r"dev\.test|pytest|requirements-dev", text)


@pytest.mark.parametrize(("host", "forge"), [pair for pair in WRITTEN if "gitlab" not in pair])
def test_each_job_has_the_rights_it_needs_and_no_more(host: str, forge: str) -> None:
    read = workflow(host, forge)
    pushes = host == "codeberg"
    assert read["permissions"] == {"contents": "write" if pushes else "read"}
    allowed = {name: job.get("permissions", {}) for name, job in read["jobs"].items()}
    for name, job in read["jobs"].items():
        runs = [step for step in job["steps"] if "run" in step]
        assert not (runs and "write" in allowed[name].values())  # what runs the blog's code publishes nothing by itself
        checkouts = [step for step in job["steps"] if "actions/checkout" in step.get("uses", "")]
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert host != "github" or allowed["deploy"] == {"pages": "write", "id-token": "write"}


@pytest.mark.parametrize("country", ["FR", "BE", "CH", "LU", "CA"])
def test_posts_of_the_day_appear_before_people_are_up_wherever_they_are(country: str) -> None:
    zone = zoneinfo.ZoneInfo("America/Montreal" if country == "CA" else "Europe/Paris")
    for host, forge in [("github", "none"), ("codeberg", "none"), ("sftp", "github"), ("ftps", "codeberg")]:
        (schedule,) = workflow(host, forge, country=country)[True]["schedule"]
        minute, hour, *days = schedule["cron"].split()
        assert days == ["*", "*", "*"]
        for month in (1, 7):
            moment = dt.datetime(2026, month, 15, int(hour), int(minute), tzinfo=dt.UTC).astimezone(zone)
            assert (moment.day, 4 <= moment.hour <= 7) == (15, True)
    assert forges.morning(country) in files(host="gitlab", country=country)["LISEZMOI.md"]


def test_our_own_workflow_cuts_no_publication_either() -> None:
    read = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    assert read["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert read["jobs"]["publish"]["permissions"].get("contents") == "read"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all forges run, one after the other."""
    return tmp_path_factory.mktemp("forge")


@pytest.fixture(autouse=True)
def nothing_kept(work: Path) -> None:
    shutil.rmtree(work / "garde", ignore_errors=True)
    shutil.rmtree(work / "maison", ignore_errors=True)


def blog_of(engine: Installed, folder: Path, *words: str) -> Path:
    begun = engine.plancher(folder, "start", "blog", "--name", "Carnet", *words)
    assert begun.returncode == 0, begun.stderr
    with (folder / "blog" / "publishconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nfrom plancher.blog import AnnouncingSettings\n\nPLANCHER_ANNOUNCING = AnnouncingSettings(visit=False)\n")  # nobody is there
    return folder / "blog"


def names(site: Path) -> set[str]:
    """What stands at the root of a site."""
    return {path.name for path in site.iterdir()}


def add_post(blog: Path, name: str, day: dt.date) -> None:
    path = blog / "content" / "articles" / f"{name}.md"
    path.write_text(f"Title: {name}\nDate: {day}\nSummary: Dit.\n\nTexte.\n", encoding="utf-8")


def test_github_publishes_keeps_the_site_between_runs_and_shows_the_post_of_the_day(engine: Installed, work: Path, tmp_path: Path) -> None:
    blog = blog_of(engine, tmp_path, "--address", "https://moi.github.io/carnet")
    add_post(blog, "premier", dt.date(2026, 1, 5))
    forge = Forge("github", blog, work, engine.folder, {"steps.pages.outputs.base_url": "https://elle.example/carnet"})
    site = forge.run() / "output"
    assert 'href="https://elle.example/carnet/"' in (site / "index.html").read_text(encoding="utf-8")
    page = Path("vie-privee", "index.html")
    kept = (work / "garde" / "output" / page).stat().st_mtime_ns
    assert (work / "garde" / ".cache").is_dir()
    add_post(blog, "du-jour", dt.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")).date())
    again = forge.run() / "output"
    assert [path.parent.name for path in again.glob("2*/*/du-jour/index.html")] == ["du-jour"]
    assert names(forge.temporary / "site") == names(again) - {".plancher"}  # what is sent
    assert (again / page).stat().st_mtime_ns == kept  # nobody made it again


def test_gitlab_leaves_the_site_where_its_pages_take_it(engine: Installed, work: Path, tmp_path: Path) -> None:
    blog = blog_of(engine, tmp_path, "--address", "https://moi.gitlab.io/carnet")
    here = Forge("gitlab", blog, work, engine.folder, {"CI_PAGES_URL": "https://elle.example/carnet", "CI_PROJECT_DIR": str(work / "depot")}).run()
    assert 'href="https://elle.example/carnet/"' in (here / "public" / "index.html").read_text(encoding="utf-8")
    left_out = workflow("gitlab")["pages"]["artifacts"]["exclude"]
    assert [name for name in sorted(names(here / "public")) if any(fnmatch.fnmatch(f"public/{name}", glob) for glob in left_out)] == [".plancher"]


def test_codeberg_is_given_one_commit_of_the_site_in_its_branch(engine: Installed, work: Path, tmp_path: Path) -> None:
    blog, bare = blog_of(engine, tmp_path, "--address", "https://moi.codeberg.page/carnet"), tmp_path / "moi" / "carnet.git"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True, timeout=60)
    values = {"GITHUB_ACTOR": "moi", "GITHUB_REPOSITORY": "moi/carnet", "GITHUB_SERVER_URL": tmp_path.as_uri(), "github.token": "jeton"}
    forge = Forge("codeberg", blog, work, engine.folder, values)
    for _ in range(2):
        forge.run()
    listed = subprocess.run(["git", "log", "--format=%s", "--name-only", "pages"], cwd=bare, check=True, capture_output=True, text=True, timeout=60).stdout
    assert (listed.splitlines()[0], listed.count("Site\n"), "index.html" in listed.split()) == ("Site", 1, True)
    assert ".plancher" not in listed.split()


@pytest.mark.parametrize(("host", "file"), [("netlify", "netlify.toml"), ("cloudflare", "LISEZMOI.md")])
def test_a_host_that_builds_by_itself_takes_what_is_for_readers(host: str, file: str) -> None:
    assert "python -m invoke publish && rm -rf output/.plancher*" in files(host=host, address="https://moi.example")[file]


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_forge_puts_a_blog_online_at_another_host_with_a_key_it_is_given(name: str, engine: Installed, sshd: SshServer, work: Path, tmp_path: Path) -> None:
    blog, www = blog_of(engine, tmp_path, "--address", "https://moi.example", "--host", "sftp", "--forge", name), tmp_path / "www"
    settings = (blog / "publishconf.py").read_text(encoding="utf-8")
    filled = settings.replace("# from", "from").replace("# PUBLISH", "PUBLISH").replace("ftp.nom.example", "127.0.0.1").replace('"www"', f'"{www}"')
    filled = filled.replace("votre-identifiant", getpass.getuser()).replace("known_hosts=", f"port={sshd.port}, known_hosts=")
    (blog / "publishconf.py").write_text(filled, encoding="utf-8")
    (blog / "hotes-connus").write_bytes((sshd.folder / "known_hosts").read_bytes())
    key = sshd.folder / "user"
    given = secrets(PLANCHER_KEY=str(key) if name == "gitlab" else key.read_text(encoding="utf-8"), PLANCHER_PASSWORD="")
    Forge(name, blog, work, engine.folder, given).run()
    assert (www / "index.html").is_file()
    assert "PRIVATE KEY" not in "".join(path.read_text(encoding="utf-8", errors="replace") for path in www.rglob("*") if path.is_file())


def test_a_target_template_is_filled_for_each_kind_of_host() -> None:
    for path, template in forges.FORGES.values():
        assert path.endswith(".yml")
        assert (filling._FOLDER / template).is_file()
    assert "rsync" in text_of("rsync", "gitlab")
    assert "PLANCHER_KEY" not in text_of("ftps", "github")
    assert "PLANCHER_PASSWORD" not in text_of("rsync", "github")
