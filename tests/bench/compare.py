"""Whether two states of the project publish the same bytes: run « python tests/bench/compare.py DOSSIER-D'AVANT [--posts 1000] ».

The other state is a folder that holds a whole checkout of it. Both publish the
blog of this repository, that of the tests and a made-up one, with the same
clock; the first files that differ are named, and the digest of each site is
printed for the record.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import corpus

ROOT = Path(__file__).resolve().parent.parent.parent
CLOCK = "1767225600"
"""SOURCE_DATE_EPOCH of both: 2026-01-01."""
_NAMED = 20
_CODE = ("plugins", "theme", "pelicanconf.py", "publishconf.py", "pyproject.toml", "tasks.py")


def main() -> int:
    """0 when all bytes are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("--posts", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made_up = Path(folder, "content")
        corpus.write(asked.posts, made_up)
        blogs = {"the blog of the repository": ROOT / "content", "the blog of the tests": ROOT / "tests" / "blog", f"{asked.posts} made-up posts": made_up}
        results = [
            compare(Path(folder, str(number)), asked.before.resolve(), content, name)
            for number, (name, content) in enumerate(blogs.items())
            if content.is_dir()
        ]
    return 0 if all(results) else 1


def compare(folder: Path, before: Path, content: Path, name: str) -> bool:
    """Publish one blog with both states, and name what differs."""
    old, new = (files(published(folder / side, project, content)) for side, project in (("before", before), ("after", ROOT)))
    print(f"{name}: {len(old)} files, {total(old)} before, {total(new)} after")
    changed = [path for path in sorted(old.keys() | new.keys()) if old.get(path) != new.get(path)]
    for path in changed[:_NAMED]:
        print(f"  {'only before' if path not in new else 'only after' if path not in old else 'differs'}: {path}")
    if len(changed) > _NAMED:
        print(f"  and {len(changed) - _NAMED} others")
    return old == new


def published(folder: Path, project: Path, content: Path) -> Path:
    """The output of « invoke publish » of this state of the project."""
    folder.mkdir(parents=True)
    for part in _CODE:
        source = project / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / part)
    shutil.copytree(content, folder / "content")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": CLOCK, "CI": "true"}
    subprocess.run(
        [sys.executable, "-m", "invoke", "publish", "--output", "site"],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / "site"


def files(site: Path) -> dict[str, str]:
    """The digest of each file of a site."""
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(site.rglob("*")) if path.is_file()}


def total(found: dict[str, str]) -> str:
    """One digest for a whole site."""
    return hashlib.sha256("\n".join(f"{path} {digest}" for path, digest in found.items()).encode()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
