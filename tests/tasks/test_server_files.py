"""What « invoke publish » leaves for the owner's own server stands beside the site, changes only with it, and is what nginx takes."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import without_posts
from tests.invoking import invoke
from tests.outputs.redirections import servers

SAID = "serveur/ a changé"


def test_publish_writes_what_a_server_takes_beside_the_site_and_only_when_it_changes(tmp_path: Path) -> None:
    project = without_posts(tmp_path / "projet")
    text = project / "content" / "articles" / "un.md"
    text.write_text("Title: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n", encoding="utf-8")
    first = invoke(project, "publish")
    assert first.returncode == 0, first.stderr
    assert SAID in first.stdout
    assert SAID not in invoke(project, "publish").stdout
    text.write_text("Title: Un\nDate: 2024-05-02\nCategory: Essais\nAliases: /post/l'été, /?p=1\n\nTexte.\n", encoding="utf-8")
    assert SAID in invoke(project, "publish").stdout
    assert SAID not in invoke(project, "publish").stdout
    (project / "serveur" / "caddy.conf").unlink()
    assert SAID in invoke(project, "publish").stdout
    assert not list((project / "output").rglob("*.conf"))
    folder = tmp_path / "nginx"
    shutil.copytree(project / "serveur", folder)
    shutil.copytree(project / "output", folder / "site")
    servers.readable(folder)
    with servers.running("nginx", folder) as server:
        for address in ("/post/l'%C3%A9t%C3%A9", "/?p=1"):
            status, location, _ = server.ask(address)
            assert (status, location.endswith("/2024/05/un/")) == (301, True)
        assert server.ask("/2024/05/un/")[0] == server.ask("/")[0] == 200
