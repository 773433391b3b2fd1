"""A site on a branch: real bare repositories, one of them behind the OpenSSH server of the tests."""

from __future__ import annotations

import contextlib
import gc
import getpass
import subprocess
from pathlib import Path

import pytest
from plancher.publishing import Pages, pages, releases
from plancher.publishing.errors import PublishingError
from plancher.publishing.plan import Plan
from plancher.publishing.stores.git_remote import RemoteBranch, WritableBranch

from tests.publishing.conftest import SshServer
from tests.publishing.sites import FIRST, Publisher, write

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}
PLAIN = {".nojekyll": ""}


def git(repository: Path, *words: str) -> str:
    whole = ["git", "-c", "core.quotePath=false", "-c", "user.name=a", "-c", "user.email=a@a.invalid", *words]
    return subprocess.run(whole, cwd=repository, check=True, capture_output=True, text=True, timeout=60).stdout


def shown(repository: Path, branch: str = "gh-pages") -> dict[str, str]:
    """What the host shows, as git itself reads it."""
    return {name: git(repository, "show", f"{branch}:{name}") for name in git(repository, "ls-tree", "-rz", "--name-only", branch).split("\0") if name}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "depot.git"
    made.mkdir()
    git(made, "init", "-q", "--bare")
    return made


@pytest.fixture
def here(repository: Path, tmp_path: Path) -> Publisher:
    return Publisher(Pages(str(repository)), tmp_path / "ici")


def commits(repository: Path) -> int:
    return int(git(repository, "rev-list", "--count", "gh-pages"))


def test_a_publication_is_a_commit_and_without_a_change_there_is_none(here: Publisher, repository: Path) -> None:
    assert here.publish(FIRST).is_switched
    assert (shown(repository), commits(repository)) == ({**FIRST, **PLAIN}, 1)
    here.publish(FIRST)
    assert commits(repository) == 1
    assert here.publish(EDITED).plan.sent == ("2024/un/index.html",)
    assert (shown(repository), commits(repository)) == ({**EDITED, **PLAIN}, 2)
    git(repository, "fsck", "--strict")


def test_pages_that_are_gone_are_gone_and_what_open_pages_load_stays_for_one_publication(here: Publisher, repository: Path) -> None:
    here.publish(FIRST)
    second = {name: text for name, text in FIRST.items() if name not in {"2024/deux/index.html", "theme/a.css"}} | {"theme/b.css": "b"}
    here.publish(second)
    assert shown(repository) == {**second, "theme/a.css": "a", **PLAIN}
    third = {**second, "index.html": "autre"}
    here.publish(third)
    assert shown(repository) == {**third, **PLAIN}


def test_one_returns_to_any_of_the_last_five_and_nothing_is_forgotten(here: Publisher, repository: Path) -> None:
    sites = [{**FIRST, "index.html": f"site {number}"} for number in range(7)]
    for files in sites:
        here.publish(files)
    kept = here.status().releases
    assert len(kept) == releases.KEPT
    here.rollback()
    assert shown(repository)["index.html"] == "site 5"
    here.rollback(kept[-1])
    assert shown(repository)["index.html"] == "site 2"
    with pytest.raises(PublishingError, match="« hier »"):
        here.rollback("hier")
    here.publish(sites[-1])
    assert (shown(repository), commits(repository)) == ({**sites[-1], **PLAIN}, 10)


def test_another_machine_goes_on_from_what_is_online(here: Publisher, repository: Path, tmp_path: Path) -> None:
    here.publish(FIRST)
    assert Publisher(here.target, tmp_path / "ailleurs").publish(EDITED).plan.sent == ("2024/un/index.html",)
    assert here.publish(FIRST).plan.sent == ("2024/un/index.html",)


def test_of_two_at_once_one_is_told_and_nothing_is_lost(here: Publisher, repository: Path, tmp_path: Path) -> None:
    here.publish(FIRST)
    other = Publisher(here.target, tmp_path / "ailleurs")

    def meanwhile(_plan: Plan) -> None:
        with contextlib.closing(WritableBranch(other.target, {}, tmp_path / "ailleurs" / "pages.git")) as branch:
            pages.publish(branch, other.work({**FIRST, "a.html": "a"}))

    with pytest.raises(PublishingError, match=r"vient de publier.*recommencez"):
        here.publish(EDITED, confirm=meanwhile)
    assert shown(repository) == {**FIRST, "a.html": "a", **PLAIN}


def test_a_branch_of_somebody_is_replaced_only_when_its_owner_says_so(here: Publisher, repository: Path, tmp_path: Path) -> None:
    work = tmp_path / "travail"
    git(tmp_path, "clone", "-q", str(repository), str(work))
    write(work / "x", {"a": "a"})
    git(work, "checkout", "-q", "-b", "gh-pages")
    git(work, "add", ".")
    git(work, "commit", "-qm", "À lui")
    git(work, "push", "-q", "origin", "gh-pages")
    with pytest.raises(PublishingError, match=r"x/a.*--adopt"):
        here.publish(FIRST)
    assert shown(repository) == {"x/a": "a"}
    here.publish(FIRST, adopted=True)
    assert shown(repository) == {**FIRST, **PLAIN}
    assert commits(repository) == 2


def test_a_host_that_refuses_is_told_in_a_sentence(here: Publisher, repository: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="n'est pas un dépôt Git"):
        Publisher(Pages(str(tmp_path / "nulle-part")), tmp_path / "ici").publish(FIRST)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # dulwich says that it closed nothing; we did
def test_over_ssh_with_a_key_and_a_known_host_alone(sshd: SshServer, repository: Path, tmp_path: Path) -> None:
    address = f"ssh://{getpass.getuser()}@127.0.0.1:{sshd.port}{repository}"
    known = {"key": str(sshd.folder / "user"), "known_hosts": str(sshd.folder / "known_hosts")}
    publisher = Publisher(Pages(address, **known), tmp_path / "ici")
    publisher.publish(FIRST)
    publisher.publish(EDITED)
    assert shown(repository) == {**EDITED, **PLAIN}
    for wrong in ({"key": str(sshd.folder / "stranger")}, {"known_hosts": str(sshd.folder / "absent")}):
        with pytest.raises(PublishingError, match=r"Vérifiez l'adresse de PUBLISH, votre clé"):
            Publisher(Pages(address, **{**known, **wrong}), tmp_path / "ici").publish(FIRST)
    gc.collect()  # here, and not in the middle of another test
    assert shown(repository) == {**EDITED, **PLAIN}


def test_a_dry_run_has_no_way_to_push(here: Publisher, repository: Path) -> None:
    assert set(here.look(FIRST).sent) == {*FIRST, *PLAIN}
    assert git(repository, "for-each-ref") == ""
    assert "push" in dir(WritableBranch)
    assert "push" not in dir(RemoteBranch)
