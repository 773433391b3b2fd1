"""Python as Windows has it, as far as our package can see: Python runs this file first when its folder is in PYTHONPATH.

Only our own modules are fooled. The standard library and what we depend on
choose their road by the name of the system, and have others to test them there.
"""

from __future__ import annotations

import builtins
import errno
import importlib
import io
import os
import types
from collections.abc import Mapping
from typing import Any

_NO_MODULES = frozenset("fcntl grp nis ossaudiodev posix pty pwd readline resource spwd syslog termios tty".split())
_GONE: Mapping[str, str] = {
    "os": "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_SYNC WNOHANG chown chroot confstr copy_file_range ctermid eventfd fchmod fchown fdatasync fork forkpty "
    "get_blocking getegid geteuid getgid getgroups getloadavg getpgid getpgrp getpriority getresuid getsid getuid killpg lchown major memfd_create minor mkfifo "
    "mknod nice openpty pidfd_open posix_fadvise posix_fallocate posix_spawn pread preadv pwrite readv register_at_fork sched_getaffinity sched_setaffinity "
    "sendfile set_blocking setgid setpgid setpriority setsid setuid splice statvfs sync sysconf tcgetpgrp ttyname uname wait wait3 wait4 waitid writev",
    "signal": "ITIMER_REAL SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGWINCH alarm getitimer pause pthread_kill "
    "pthread_sigmask set_wakeup_fd setitimer siginterrupt sigpending sigwait",
    "socket": "AF_UNIX MSG_DONTWAIT MSG_NOSIGNAL SO_REUSEPORT recv_fds send_fds",
    "select": "epoll kqueue poll",
    "time": "tzset",
}
_open = io.open


def _opened(path: Any, *words: Any, **named: Any) -> Any:
    if os.path.isdir(path):  # noqa: PTH112 - before pathlib is loaded
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
    return os.open(path, *words, **named)


def _library(name: str | None, *words: Any, **named: Any) -> Any:
    if name is None:
        raise TypeError("LoadLibrary() argument 1 must be str, not None")
    return importlib.import_module("ctypes").CDLL(name, *words, **named)


def _context(method: str | None = None) -> Any:
    if method not in {None, "spawn"}:
        raise ValueError(f"cannot find context for {method!r}")
    return importlib.import_module("multiprocessing.context")._concrete_contexts["spawn"]


_INSTEAD: Mapping[str, Mapping[str, object]] = {
    "os": {"name": "nt", "open": _opened, "supports_follow_symlinks": frozenset(), "supports_dir_fd": frozenset(), "supports_fd": frozenset()},
    "ctypes": {"CDLL": _library},
    "multiprocessing": {"get_all_start_methods": lambda: ["spawn"], "get_context": _context},
}


class _StandIn(types.ModuleType):
    """A module of the standard library without what another system lacks."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__dict__.update(_INSTEAD.get(name, {}))

    def __getattr__(self, name: str) -> Any:
        if name in _GONE.get(self.__name__, "").split():
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(self.__name__), name)


_stand_ins = {name: _StandIn(name) for name in {*_GONE, *_INSTEAD}}
_import = builtins.__import__


def _ours(name: str, globals: Mapping[str, Any] | None = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:  # noqa: A002 - Python's names
    importer = str((globals or {}).get("__package__") or (globals or {}).get("__name__"))
    if level == 0 and (importer + ".").startswith("plancher."):
        top = name.partition(".")[0]
        if top in _NO_MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if top in _stand_ins and (name == top or not fromlist):
            _import(name, globals, locals, fromlist, level)
            return _stand_ins[top]
    return _import(name, globals, locals, fromlist, level)


def _with_line_ends(*words: Any, **named: Any) -> Any:
    """Text is written with the line ends of Windows by whoever does not say which."""
    mode = words[1] if len(words) > 1 else named.get("mode", "r")
    if "b" not in mode and set(mode) & set("wax+") and (words[5] if len(words) > 5 else named.get("newline")) is None:
        words, named = words[:5], {**named, "newline": "\r\n"}
    return _open(*words, **named)


builtins.__import__ = _ours
io.open = builtins.open = _with_line_ends
