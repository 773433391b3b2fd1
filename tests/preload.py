"""What a process that forks for each build does once for all of them.

Modules are imported. What costs most in the first build of a small site is the
same for most sites: each template is parsed for the names it mentions, and
compiled, and each icon is drawn. These are pure functions; their results are
kept on disk for all processes of a test run.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import marshal
import os
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = "PLANCHER_TEST_RESULTS"
"""The variable that names the folder of this test run."""
_MODULES = """
    PIL.Image PIL.ImageCms PIL.ImageFont PIL.JpegImagePlugin PIL.PngImagePlugin babel.dates babel.numbers encodings.idna filelock
    markdown.extensions.abbr markdown.extensions.attr_list markdown.extensions.def_list markdown.extensions.footnotes markdown.extensions.tables
    multiprocessing.popen_fork pelican.settings resvg_py rich._emoji_codes rich.status plancher.base.fault_place plancher.build.workers
    plancher.commands.answers.queue plancher.commands.online plancher.commands.public_list plancher.commands.sending plancher.commands.server_files
    plancher.markdown.convert plancher.pelican_adapter.command plancher.pelican_adapter.engine plancher.pelican_adapter.plain plancher.pictures.drawn
    plancher.pictures.making plancher.preview.diagnosis plancher.publishing.session plancher.publishing.stores.local plancher.publishing.work
    plancher.tasks.collection plancher.tasks.dev
"""

Context = Callable[[], contextlib.AbstractContextManager[object]]


def preload(while_writing: Context = contextlib.nullcontext) -> None:
    """Import what builds need; have them share what is the same for other sites.

    :param while_writing: a context in which results are written.
    """
    for name in (*importlib.import_module("tests.settings.identity").PLUGINS, *_MODULES.split()):
        importlib.import_module(name)
    import jinja2  # noqa: PLC0415 - the tests' own process has no use for these
    import plancher  # noqa: PLC0415 - the same
    import resvg_py  # noqa: PLC0415 - the same
    from plancher.base import digest  # noqa: PLC0415 - the same
    from plancher.build import fingerprint, templates  # noqa: PLC0415 - the same
    from plancher.markdown.convert import Converter  # noqa: PLC0415 - the same
    from plancher.text.grammar import Grammar  # noqa: PLC0415 - the same

    Converter(Path(), Grammar())  # compiles the regular expressions of Markdown
    digest.of_code, digest.of_machine = functools.cache(digest.of_code), functools.cache(digest.of_machine)
    digest.of_code(Path(plancher.__file__).parent)
    digest.of_machine(fingerprint._PACKAGES)
    keep = functools.partial(_stored, Path(os.environ[FOLDER]), while_writing)
    templates._mentions = keep(templates._mentions, lambda env, source, *_: (source, templates.syntax(env), sorted(env.globals)))
    resvg_py.svg_to_bytes = keep(resvg_py.svg_to_bytes, lambda **asked: sorted(asked.items()))
    jinja2.Environment.compile = _compiling(keep)


def _stored(folder: Path, while_writing: Context, work: Callable[..., Any], key: Callable[..., object]) -> Callable[..., Any]:
    """The same function, which computes each result once in a test run.

    :param key: from the arguments, a value whose ``repr`` says all that the result depends on.
    """

    def known(*words: Any, **named: Any) -> Any:
        place = folder / hashlib.blake2b(repr((work.__qualname__, key(*words, **named))).encode(), digest_size=12).hexdigest()
        with contextlib.suppress(OSError, EOFError, ValueError):
            return marshal.loads(place.read_bytes())
        result = work(*words, **named)
        with while_writing(), contextlib.suppress(OSError):  # a test may allow no further file: the next process computes it again
            aside = place.with_name(f"{place.name}.{os.getpid()}")
            aside.write_bytes(marshal.dumps(result))
            aside.replace(place)
        return result

    return known


def _compiling(keep: Callable[..., Callable[..., Any]]) -> Callable[..., Any]:
    """Jinja's way to compile; of two copies of a template, the second gets the code of the first, under its own path."""
    import jinja2  # noqa: PLC0415 - the same
    from plancher.build import bytecode  # noqa: PLC0415 - the same

    plain = jinja2.Environment.compile
    kept = keep(plain, lambda env, source, name, _: (source, name, env.bytecode_cache._fingerprint))

    def compiled(env: Any, source: Any, name: str | None = None, file: str | None = None, *ways: bool) -> Any:
        if not isinstance(env.bytecode_cache, bytecode._Compiled) or file is None or ways:
            return plain(env, source, name, file, *ways)
        return _moved(kept(env, source, name, file), file)

    return compiled


def _moved(code: types.CodeType, file: str) -> types.CodeType:
    """The same code, from another file."""
    return code.replace(co_filename=file, co_consts=tuple(_moved(value, file) if isinstance(value, types.CodeType) else value for value in code.co_consts))
