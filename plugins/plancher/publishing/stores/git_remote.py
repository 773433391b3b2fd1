"""A branch of a repository somewhere else (dulwich), and a bare copy of it on this machine."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NamedTuple

from dulwich.client import HttpGitClient, HTTPUnauthorized, SSHGitClient, SubprocessSSHVendor, SubprocessWrapper, get_transport_and_path
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository, SendPackError
from dulwich.object_store import iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID
from dulwich.pack import UnpackedObject
from dulwich.refs import Ref

from plancher.base import french
from plancher.publishing.errors import NO_ROOM, PublishingError
from plancher.publishing.stores import git_copy, ssh_program
from plancher.publishing.targets import SECRETS, Pages

_MAYBE = "En ligne est l'ancien site ou le nouveau, entier"
_FORBIDDEN = "http resp 403"
_SILENT = re.compile(r"Max retries exceeded|Connection aborted|timed out")
"""How dulwich passes on that the host refuses, or that nobody answers."""
_TOLD = 200
"""Characters of the host's own words."""


class Version(NamedTuple):
    """One commit of the branch."""

    name: ObjectID
    commit: Commit


class _SshPrograms(SubprocessSSHVendor):
    """Starts ``ssh``, and ends what dulwich leaves running where the host refused."""

    def __init__(self) -> None:
        self._started: list[SubprocessWrapper] = []

    def run_command(self, *words: Any, **options: Any) -> SubprocessWrapper:  # those of dulwich, passed on
        """Start it."""
        started = super().run_command(*words, **options)
        self._started.append(started)
        return started

    def close(self) -> None:
        """End them."""
        for process in self._started:
            with contextlib.suppress(OSError, GitProtocolError):
                process.close(timeout=5)


class RemoteBranch:
    """Looks at it."""

    def __init__(self, target: Pages, environment: Mapping[str, str], cache: Path) -> None:
        self.target, self.ref = target, Ref(f"refs/heads/{target.branch}".encode())
        self._opened = contextlib.ExitStack()
        self.repository = self._opened.enter_context(git_copy.opened(cache))
        secret = environment.get(SECRETS[0])
        with told(target):
            self._client, path = get_transport_and_path(
                target.address,
                username=(target.user or "git") if secret and target.address.startswith("https:") else None,
                password=secret if target.address.startswith("https:") else None,
                ssh_command=shlex.join(ssh_program.command(target)),
                quiet=True,
            )
        self._path, self._programs = path.encode(), _SshPrograms()
        if isinstance(self._client, SSHGitClient):
            self._client.ssh_vendor = self._programs

    def close(self) -> None:
        """Close the copy, and end what talks to the host."""
        self._programs.close()
        if isinstance(self._client, HttpGitClient):
            self._client.pool_manager.clear()
        self._opened.close()

    def fetch(self) -> Version | None:
        """The last commit, with all it holds; None: there is no such branch.

        :raises PublishingError: the host does not answer.
        """
        with told(self.target):
            found = self._client.fetch(self._path, self.repository, determine_wants=self._wanted)
            name = found.refs.get(self.ref)
        return self.version(name) if name else None

    def version(self, name: ObjectID) -> Version | None:
        """A commit by its name, where the copy has it."""
        store = self.repository.object_store
        value = store[name] if name in store else None  # noqa: SIM401 - it is no dictionary, and has no « get »
        return Version(name, value) if isinstance(value, Commit) else None

    def before(self, version: Version) -> Iterator[Version]:
        """The commits before it, the newest first."""
        following: Version | None = version
        while following and following.commit.parents and (following := self.version(following.commit.parents[0])):
            yield following

    def files(self, version: Version) -> Iterator[tuple[str, str, int]]:
        """Path, digest and size of each file."""
        for entry in iter_tree_contents(self.repository.object_store, version.commit.tree):
            if entry.path is not None and entry.sha is not None:
                blob = self.repository.object_store[entry.sha]
                yield entry.path.decode("utf-8", "surrogateescape"), entry.sha.decode(), len(blob.data) if isinstance(blob, Blob) else 0

    def _wanted(self, refs: Mapping[Ref, ObjectID], depth: int | None = None) -> list[ObjectID]:
        name = refs.get(self.ref)
        return [name] if name and name not in self.repository.object_store else []


class WritableBranch(RemoteBranch):
    """Adds commits to it."""

    def push(self, made: Commit, parent: Version | None) -> None:
        """Have the branch end with this commit, if it still ends where it did.

        :raises PublishingError: somebody else published meanwhile, or the host refuses.
        """
        expected, is_late = parent.name if parent else None, False

        def update(refs: Mapping[Ref, ObjectID]) -> dict[Ref, ObjectID]:
            nonlocal is_late
            is_late = refs.get(self.ref) != expected
            return {} if is_late else {self.ref: made.id}

        with told(self.target, _MAYBE):
            done = self._client.send_pack(self._path, update, self._pack)
        refusal = (done.ref_status or {}).get(self.ref)
        if refusal and not is_late:  # somebody may have been faster by less than a second
            last = self.fetch()
            is_late = (last.name if last else None) != expected
        if is_late:
            raise PublishingError("Quelqu'un d'autre vient de publier sur cette branche. Rien n'a changé ; recommencez.")
        if refusal:
            raise PublishingError(
                f"L'hébergeur refuse la nouvelle version (« {french.clip(refusal, _TOLD)} »). Rien n'a changé. "
                "Vérifiez vos droits sur le dépôt et ceux de la branche."
            )

    def _pack(
        self, have: AbstractSet[ObjectID], want: AbstractSet[ObjectID], *, ofs_delta: bool = True, progress: Callable[[bytes], None] | None = None
    ) -> tuple[int, Iterator[UnpackedObject]]:
        """What the host lacks."""
        return self.repository.generate_pack_data({*have}, {*want}, ofs_delta=ofs_delta)


@contextlib.contextmanager
def told(target: Pages, online: str = "Rien n'a changé") -> Iterator[None]:
    """:raises PublishingError: the host does not answer, or refuses.

    :param online: what is true of the site where the line is cut.
    """
    place = target.address.rpartition("@")[2]  # never a password that somebody put into it
    try:
        yield
    except HTTPUnauthorized as error:
        raise PublishingError(_no_right(place)) from error
    except NotGitRepository as error:
        raise PublishingError(f"{place} n'est pas un dépôt Git, ou ne se montre pas à vous. Vérifiez l'adresse de PUBLISH et vos droits.") from error
    except HangupException as error:
        words = " ".join(line.decode("utf-8", "replace") for line in error.stderr_lines or ())
        raise PublishingError(
            f"{place} raccroche{f' (« {french.clip(words, _TOLD)} »)' if words else ''}. {online} ; recommencez. Vérifiez l'adresse de PUBLISH, votre clé, "
            "et que la machine est dans ~/.ssh/known_hosts, si cela dure."
        ) from error
    except (GitProtocolError, SendPackError, OSError) as error:
        words = " ".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in error.args)
        if _FORBIDDEN in words:
            raise PublishingError(_no_right(place)) from error
        if isinstance(error, ConnectionRefusedError) or _SILENT.search(words):
            raise PublishingError(f"{place} ne répond pas. {online} ; recommencez. Vérifiez votre connexion et l'adresse de PUBLISH.") from error
        raise PublishingError(
            f"{place} ne prend pas la publication (« {french.clip(words, _TOLD)} »). {online} ; recommencez. S'il le redit, souvent, {NO_ROOM}"
        ) from error


def _no_right(place: str) -> str:
    return (
        f"{place} refuse l'identifiant ou le jeton, ou ne leur donne pas le droit d'écrire. Rien n'a changé. "
        f"Vérifiez « user » de PUBLISH et la variable {SECRETS[0]}."
    )
