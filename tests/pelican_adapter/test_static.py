"""Files that are published as they are."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any

from plancher.pelican_adapter.generators import CopiesGenerator
from plancher.site.requests import CopiedFile


def test_a_file_that_goes_away_while_a_site_is_built_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "la.png").write_bytes(b"x")
    copied: list[str] = []

    def request(asked: CopiedFile) -> None:
        asked.source.stat()
        copied.append(asked.path)

    generator: Any = CopiesGenerator.__new__(CopiesGenerator)
    generator.settings, generator.path, generator.theme = {"THEME_STATIC_PATHS": []}, str(tmp_path), str(tmp_path)
    generator.context = {}
    generator.build = types.SimpleNamespace(pictures=types.SimpleNamespace(copies=lambda *_: None))
    generator.staticfiles = [
        types.SimpleNamespace(save_as=name, source_path=name, get_relative_source_path=lambda name=name: name) for name in ("partie.png", "la.png")
    ]
    planner = types.SimpleNamespace(request=request)
    generator.generate_output(types.SimpleNamespace(planner=planner, complete=lambda _: copied.append("")))
    assert copied == ["la.png", ""]
