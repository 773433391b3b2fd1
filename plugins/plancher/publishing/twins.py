"""Compressed twins: beside each text its content in fewer bytes, for a server that sends it as it is (« gzip_static », « precompressed »).

They are made when a site is published, in a folder beside the cache: a build
has none, and neither have hosts that compress by themselves.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import gzip
import os
import shutil
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from plancher.base import atomic, digest, media_types

CODINGS: Mapping[str, tuple[str, ...]] = {"": (), "nginx": ("br", "gz"), "apache": ("br", "gz"), "caddy": ("br", "gz", "zst")}
"""The ends of the names of twins, by the server that sends them."""
_SMALLEST = 256
"""Bytes: what is smaller travels in one packet, with its headers."""
_LEAST_GAIN = 1 / 20
"""A twin that is hardly smaller is one more file for nothing."""


def prepared(site: Path, cache: Path, server: str, on_progress: Callable[[], None] = lambda: None) -> Path:
    """A folder with the files of a site and their twins: what is to be sent.

    :param cache: a folder of this machine that may be forgotten at any time.
    :param on_progress: is told of each twin that had to be made.
    :raises OSError: it cannot be written.
    """
    whole = cache / "site"
    if not CODINGS[server]:
        for former in (whole, cache / "twins"):
            shutil.rmtree(former, ignore_errors=True)
        return site
    cache.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(whole, ignore_errors=True)
    shutil.copytree(site, whole, symlinks=False, copy_function=_linked)
    make(site, cache / "twins", CODINGS[server], whole, on_progress)
    return whole


def make(site: Path, cache: Path, codings: Collection[str], into: Path, on_progress: Callable[[], None]) -> None:
    """Make the twins of a site, on all cores; what was made of the same content before is taken again.

    :param cache: holds them by content, and after this no others.
    :param into: the folder where they come to stand, each at the path of its file.
    """
    cache.mkdir(parents=True, exist_ok=True)
    files = {path: digest.of_file(path) for path in _texts(site)}
    wanted = {(key, coding): path for path, key in files.items() for coding in codings}
    kept = {cache / _name(key, coding) for key, coding in wanted}
    missing = [(path, cache / _name(key, coding), coding) for (key, coding), path in wanted.items() if not (cache / _name(key, coding)).is_file()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # all three let go of Python's lock
        for _ in pool.map(lambda job: _make_one(*job), missing):
            on_progress()
    for path, key in files.items():
        for coding in codings:
            twin, stands = cache / _name(key, coding), into / f"{path.relative_to(site)}.{coding}"
            if twin.stat().st_size and not (site / f"{path.relative_to(site)}.{coding}").exists():  # the author's own
                stands.parent.mkdir(parents=True, exist_ok=True)
                _linked(str(twin), str(stands))
    for former in set(cache.iterdir()) - kept:
        former.unlink()


def file_of(path: str) -> str:
    """The file whose twin may stand at this path; empty: none."""
    stem, dot, coding = path.rpartition(".")
    return stem if dot and coding in CODINGS["caddy"] else ""


def is_stale(path: str, files: Collection[str]) -> bool:
    """Whether a twin is no longer made, and its file stays: a server would send what the file held once."""
    return path not in files and file_of(path) in files


def _texts(site: Path) -> Iterator[Path]:
    """What grows smaller, and no reader is kept from."""
    for path in sorted(site.rglob("*")):
        is_hidden = path.name.startswith((".", "_"))
        if not is_hidden and media_types.is_text(media_types.of_name(path.name)) and path.is_file() and path.stat().st_size >= _SMALLEST:
            yield path


def _make_one(path: Path, twin: Path, coding: str) -> None:
    raw = path.read_bytes()
    small = _COMPRESS[coding](raw)
    atomic.write(twin, small if len(small) <= len(raw) * (1 - _LEAST_GAIN) else b"", is_durable=False)  # nothing in it: known to be of no use


def _name(key: str, coding: str) -> str:
    """By content, and by what makes it: other versions may find other bytes."""
    return f"{key}-{_version(coding)}.{coding}"


def _version(coding: str) -> str:
    if coding == "gz":
        return zlib.ZLIB_RUNTIME_VERSION
    if coding == "br":
        import brotli  # noqa: PLC0415 - needed by those who have a server of their own

        return str(brotli.__version__)
    import zstandard  # noqa: PLC0415 - the same

    return ".".join(map(str, zstandard.ZSTD_VERSION))


def _brotli(raw: bytes) -> bytes:
    import brotli  # noqa: PLC0415 - the same

    return bytes(brotli.compress(raw, quality=11))


def _zstd(raw: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 - the same

    return zstandard.ZstdCompressor(level=19).compress(raw)


_COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {"gz": lambda raw: gzip.compress(raw, 9, mtime=0), "br": _brotli, "zst": _zstd}


def _linked(source: str, target: str) -> str:
    """The same file under a second name; a copy where a disk has no such thing."""
    with contextlib.suppress(OSError, NotImplementedError):
        os.link(os.path.realpath(source), target)
        return target
    return str(shutil.copy2(source, target))
