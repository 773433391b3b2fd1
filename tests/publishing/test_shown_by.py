"""The target of a publication says who shows the site: where no header of ours is sent, its pages carry the policy themselves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from plancher.publishing import Bucket, Cloudflare, Ftps, Local, Netlify, Pages, Rsync, Sftp, shown_by
from plancher.publishing.targets import Target

from tests.conftest import without_posts
from tests.invoking import invoke
from tests.publishing.test_command import aim

META = '<meta http-equiv="Content-Security-Policy" content="'


def published(folder: Path, line: str, hosting: str = "") -> Path:
    """The site that such a blog would publish."""
    blog = without_posts(folder / "blog")
    aim(blog, f"from plancher.blog import HostingSettings\nfrom plancher.publishing import Pages\n{hosting}\n{line}")
    ran = invoke(blog, "publish", "--dry-run")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return blog / "output"


def branch(folder: Path) -> str:
    subprocess.run(["git", "init", "-q", "--bare", str(folder / "depot.git")], check=True, timeout=60)
    return f'PUBLISH = Pages("{folder / "depot.git"}")'


def test_a_branch_that_a_forge_shows_has_the_policy_in_each_page(tmp_path: Path) -> None:
    pages = [path for path in sorted(published(tmp_path, branch(tmp_path)).rglob("*.html")) if path.name != "liens.html"]  # an export: data for browsers
    assert len(pages) > 5
    assert [path for path in pages if META not in path.read_text(encoding="utf-8") and "refresh" not in path.read_text(encoding="utf-8")] == []


def test_a_server_of_ones_own_sends_it_and_the_pages_do_not_repeat_it(tmp_path: Path) -> None:
    site = published(tmp_path, f'PUBLISH = Local("{tmp_path / "www"}", server="nginx")')
    assert META not in (site / "index.html").read_text(encoding="utf-8")
    assert not (site / "_headers").exists()  # nginx would show it to anybody
    assert "Content-Security-Policy" in (tmp_path / "blog" / "serveur" / "nginx-server.conf").read_text(encoding="utf-8")


def test_what_the_owner_says_of_his_host_passes_before_the_target(tmp_path: Path) -> None:
    site = published(tmp_path, branch(tmp_path), 'PLANCHER_HOSTING = HostingSettings(host="nginx")')
    assert META not in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("host", "is_sent"), [("netlify", True), ("nginx", False), ("", False)])
def test_a_folder_that_goes_on_to_a_host_keeps_what_that_host_obeys(host: str, is_sent: bool, tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    hosting = f'from plancher.blog import HostingSettings\nfrom plancher.publishing import Local\nPLANCHER_HOSTING = HostingSettings(host="{host}")'
    aim(blog, f'{hosting}\nPUBLISH = Local("{tmp_path / "www"}")')
    ran = invoke(blog, "publish")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert [(tmp_path / "www" / name).is_file() for name in ("_headers", "_redirects")] == [is_sent] * 2


@pytest.mark.parametrize(
    ("target", "word"),
    [
        (Pages("git@github.com:moi/blog.git"), "github"),
        (Pages("https://github.com/moi/gitlab.git"), "github"),
        (Pages("ssh://git@ssh.github.com:443/moi/blog.git"), "github"),
        (Pages("https://moi@gitlab.com/moi/blog.git"), "gitlab"),
        (Pages("git@gitlab.nom.example:moi/blog.git"), "gitlab"),
        (Pages("ssh://git@codeberg.org/moi/blog.git"), "codeberg"),
        (Pages("https://git.nom.example/github.com/blog.git"), "forge"),
        (Pages("https://mongithub.com/moi/blog.git"), "forge"),
        (Netlify("nom.netlify.app"), "netlify"),
        (Cloudflare("0" * 32, "blog"), "cloudflare"),
        (Bucket("blog", "https://s3.nom.example"), "bucket"),
        (Sftp("nom.example", "www", server="apache"), "apache"),
        (Rsync("nom.example", "www", server="caddy"), "caddy"),
        (Ftps("nom.example", "www"), ""),
        (Local("/srv/www/blog"), ""),
        (None, ""),
        ("/srv/www", ""),
    ],
)
def test_which_host_it_is(target: Target | str | None, word: str) -> None:
    assert shown_by.host_of(target) == word


def test_a_target_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    (blog / "destination.py").write_text(f'from plancher.publishing import Local\n\nOU = Local("{tmp_path / "www"}")\n', encoding="utf-8")
    with (blog / "publishconf.py").open("a", encoding="utf-8") as file:
        file.write('\nimport destination\n\nglobals()["PUB" "LISH"] = destination.OU\n')
    ran = invoke(blog, "publish")
    assert (ran.returncode, "En ligne, en une fois" in ran.stdout) == (0, True), ran.stdout + ran.stderr
    assert (tmp_path / "www" / "index.html").is_file()
