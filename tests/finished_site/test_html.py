"""Every page through the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.conftest import tool


@pytest.mark.java
def test_no_page_has_an_html_error(built, ours, beginnings) -> None:
    java, jar = tool("java"), tool("vnu-jar") / "build" / "dist" / "vnu.jar"
    names = [
        (made, name) for made in (built, ours, beginnings["nothing"]) for name in made.files if name.endswith(".html") and name != "liens.html"
    ]  # bookmarks, whose format is older than HTML
    files = [str(made.output / name) for made, name in names]
    run = subprocess.run(
        [java, "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *files], capture_output=True, text=True, check=True, timeout=400
    )
    messages = json.loads(run.stdout)["messages"]
    assert [(m["url"].rsplit("output/")[-1], m["message"]) for m in messages if m["type"] == "error"] == []
