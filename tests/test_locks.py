"""What is installed is pinned, with hashes, for every Python and system that the project says it runs on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
AUTHORS, DEVELOPERS = "requirements.txt", "requirements-dev.txt"
SYSTEMS = [("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows")]
ENVIRONMENTS = [
    {"sys_platform": platform, "os_name": name, "platform_system": system, "python_version": version, "python_full_version": f"{version}.9"}
    for platform, name, system in SYSTEMS
    for version in ("3.11", "3.12", "3.13", "3.14")
]


def pins(lock: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and marker of each."""
    yield from re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\$", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)


def wanted(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(one).name) for one in requirements}


def test_authors_get_what_the_package_needs_and_developers_the_rest() -> None:
    authors, developers = ({name for name, _, _ in pins(lock)} for lock in (AUTHORS, DEVELOPERS))
    assert wanted(PROJECT["dependencies"]) <= authors < developers
    assert wanted(PROJECT["optional-dependencies"]["dev"]) <= developers - authors


def test_both_locks_have_the_same_version_of_a_package() -> None:
    assert set(pins(AUTHORS)) <= set(pins(DEVELOPERS))


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda one: f"{one['sys_platform']}-{one['python_version']}")
def test_each_package_has_one_version_on_each_python_and_system(environment: dict[str, str]) -> None:
    for lock in (AUTHORS, DEVELOPERS):
        names = [name for name, _, marker in pins(lock) if not marker or Marker(marker).evaluate(environment)]
        assert len(names) == len(set(names))
        assert {name for name, _, marker in pins(lock) if not marker} <= set(names)
        assert lock != AUTHORS or wanted(PROJECT["dependencies"]) <= set(names)


@pytest.mark.parametrize("lock", [AUTHORS, DEVELOPERS])
def test_each_pin_has_hashes_and_the_lock_names_no_place_of_a_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert len(blocks) == len(list(pins(lock)))
    assert "://" not in text
    assert not re.search(r"(?m)(^|\s)(/|\.\./|[A-Z]:\\)", text)
    assert f"-o {lock}" in text.splitlines()[1]
