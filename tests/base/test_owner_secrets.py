"""A secret comes from the environment, a file that nobody else may read, or the system's keyring; it is never shown."""

from __future__ import annotations

import importlib
import os
import types
from pathlib import Path

import pytest
from plancher.base import owner_secrets
from plancher.base.owner_secrets import SecretError

NAME = "PLANCHER_IMAP_PASSWORD"
posix_only = pytest.mark.skipif(os.name != "posix", reason="rights of another kind")


def secret_file(path: Path, content: str, rights: int = 0o600) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    path.chmod(rights)
    return str(path)


@posix_only
@pytest.mark.parametrize("variable", [f"{NAME}_FILE", owner_secrets.FILE])
def test_a_file_of_secrets_lies_outside_the_blog_where_nobody_else_reads_it(tmp_path: Path, variable: str) -> None:
    blog, content = tmp_path / "blog", "secret\n" if variable.endswith("_FILE") else f'["imap.example"]\n{NAME} = "secret"\n'
    for place, rights, said in ((blog / "s", 0o600, "dans le dossier du blog"), (tmp_path / "s", 0o644, "chmod 600"), (tmp_path / "s", 0o640, "chmod 600")):
        with pytest.raises(SecretError, match=said):
            owner_secrets.find(NAME, blog, {variable: secret_file(place, content, rights)}, host="imap.example")
    assert owner_secrets.find(NAME, blog, {variable: secret_file(tmp_path / "s", content)}, host="imap.example") == "secret"


def test_the_environment_goes_first(tmp_path: Path) -> None:
    named = secret_file(tmp_path / "s", "du fichier")
    assert owner_secrets.find(NAME, tmp_path / "blog", {NAME: "de la variable", f"{NAME}_FILE": named}) == "de la variable"


@pytest.mark.parametrize("host", ["", "autre.example", "imap.example.autre.example"])
def test_a_secret_of_one_host_is_told_to_no_other(tmp_path: Path, host: str) -> None:
    named = secret_file(tmp_path / "s", f'["imap.example"]\n{NAME} = "secret"\n')
    assert owner_secrets.find(NAME, tmp_path / "blog", {owner_secrets.FILE: named}, host=host) == ""


@pytest.mark.parametrize("content", ["[", f'["imap.example"]\n{NAME} = motsecret\n', '"imap.example" = "motsecret"\n[x]\n[x]\nmotsecret = 1\n'])
def test_what_is_wrong_in_a_file_is_told_without_what_it_holds(tmp_path: Path, content: str) -> None:
    with pytest.raises(SecretError, match=r":\d+ :") as stopped:
        owner_secrets.find(NAME, tmp_path / "blog", {owner_secrets.FILE: secret_file(tmp_path / "s", content)}, host="imap.example")
    assert "motsecret" not in str(stopped.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="il n'existe plus"):
        owner_secrets.find(NAME, tmp_path / "blog", {f"{NAME}_FILE": str(tmp_path / "absent")})


def test_the_keyring_of_the_system_is_asked_last_and_a_locked_one_has_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {("plancher", "moi@imap.example"): "du trousseau"}

    def get_password(service: str, account: str) -> str | None:
        if account.endswith("ferme.example"):
            raise RuntimeError("locked")
        return known.get((service, account))

    keyring = types.ModuleType("keyring")
    keyring.get_password = get_password  # type: ignore[attr-defined]
    find_spec, import_module = importlib.util.find_spec, importlib.import_module
    monkeypatch.setattr(owner_secrets.importlib.util, "find_spec", lambda name: keyring if name == "keyring" else find_spec(name))
    monkeypatch.setattr(owner_secrets.importlib, "import_module", lambda name: keyring if name == "keyring" else import_module(name))
    none = {owner_secrets.FILE: str(tmp_path / "absent")}
    found = {host: owner_secrets.find(NAME, tmp_path / "blog", none, host=host, user="moi") for host in ("imap.example", "autre.example", "ferme.example")}
    assert found == {"imap.example": "du trousseau", "autre.example": "", "ferme.example": ""}
