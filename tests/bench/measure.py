"""What a command costs: wall time and processor time, or memory in a run of its own.

Sampling memory takes time on a busy machine, so a run is timed or weighed, never both.
"""

from __future__ import annotations

import dataclasses
import os
import platform
import re
import resource
import subprocess
import sysconfig
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PROC = Path("/proc")
PERIOD = 0.03
"""Seconds between two looks at memory."""
SESSION = 3
"""Place of the session in /proc/PID/stat, after the name in parentheses."""


class CommandError(Exception):
    """A command failed: a measure of it would mean nothing."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cost:
    """Seconds; the processor's are those of all its processes."""

    wall: float
    cpu: float


def timed(command: Sequence[str], cwd: Path, extra: Mapping[str, str] | None = None) -> Cost:
    """Run to the end, children included.

    :raises CommandError: when the command fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    _finish(_start(command, cwd, extra), command)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def peak(command: Sequence[str], cwd: Path, extra: Mapping[str, str] | None = None) -> int | None:
    """Bytes held at the worst moment by all processes of the command together; None without /proc."""
    process = _start(command, cwd, extra)
    if not (PROC / str(process.pid) / "stat").exists():
        _finish(process, command)
        return None
    seen, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(PERIOD):
            seen.append(sum(_held(pid) for pid in _session(process.pid)))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        _finish(process, command)
    finally:
        over.set()
        watcher.join()
    return max(seen)


def python() -> str:
    """Which Python runs all of it: one that was built with its own optimisations is 13 to 18 % faster here."""
    options = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    profiled = "--enable-optimizations" in options or "-fprofile-use" in str(sysconfig.get_config_var("PY_CORE_CFLAGS"))
    way = "--enable-optimizations" if profiled else "sans --enable-optimizations" if options else "options inconnues"
    return f"{platform.python_implementation()} {platform.python_version()} ({way}, {platform.python_compiler()})"


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """That of an author: the paths which started the benchmark would lead to another copy of the project."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith(("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PLANCHER", "INVOKE"))},
        **(extra or {}),
    }


def _start(command: Sequence[str], cwd: Path, extra: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    # A session of its own: its members are the processes to weigh, even those whose parent is gone.
    return subprocess.Popen(command, cwd=cwd, env=environment(extra), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)


def _finish(process: subprocess.Popen[bytes], command: Sequence[str]) -> None:
    said = process.communicate()[0].decode(errors="replace")
    if process.returncode:
        raise CommandError(f"Échec de « {' '.join(command)} » (code {process.returncode}) :\n{said}")


def _session(leader: int) -> Iterator[int]:
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue  # it ended meanwhile
            if int(stat.rpartition(")")[2].split()[SESSION]) == leader:
                yield int(entry.name)


def _held(pid: int) -> int:
    """A process's fair share of memory (PSS); all it sees (RSS) on kernels that do not say."""
    for file, name in (("smaps_rollup", "Pss"), ("status", "VmRSS")):
        try:
            found = re.search(rf"^{name}:\s+(\d+) kB", (PROC / str(pid) / file).read_text(), re.MULTILINE)
        except OSError:
            continue
        if found:
            return int(found[1]) * 1024
    return 0
