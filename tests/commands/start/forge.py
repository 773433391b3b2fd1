"""A forge on this machine: it takes a blog's folder, and runs the steps of its workflow in a clean environment, one after the other."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_PYTHON = """\
#!{python}
# « python3 -m venv FOLDER »: in it, what pip would install stands already; pip itself is tried by « .ci/stranger ».
import sys, venv
from pathlib import Path

assert sys.argv[1:3] == ["-m", "venv"], sys.argv
folder = Path(sys.argv[3]).resolve()
venv.create(folder, with_pip=False, symlinks=True)
(packages,) = folder.glob("lib/python*/site-packages")
(packages / "installed.pth").write_text("{engine}\\n{purelib}\\n")
for name, line in (("invoke", "exec $here/python -m invoke"), ("pip", 'test "$1 $5 $6" = "install -r requirements.txt" || exit 9 #')):
    program = folder / "bin" / name
    program.write_text(f'#!/bin/sh\\nhere=$(dirname "$0")\\n{{line}} "$@"\\n')
    program.chmod(0o755)
"""
WHERE = {"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml", "codeberg": ".forgejo/workflows/site.yml"}


@dataclasses.dataclass
class Forge:
    """One that runs a blog; between two runs it keeps what the workflow asks it to keep, and nothing else."""

    name: str
    blog: Path
    """The repository of the owner."""
    work: Path
    """Where a run has its folders."""
    engine: Path
    """Where the engine is installed."""
    values: dict[str, str] = dataclasses.field(default_factory=dict)
    """What expressions and variables of the forge give."""
    ran: list[str] = dataclasses.field(default_factory=list)

    def run(self) -> Path:
        """One run, from a fresh copy of the blog; the folder it left.

        :raises AssertionError: a step failed.
        """
        here, kept = self.work / "depot", self.work / "garde"
        for folder in (here, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.blog, here)
        workflow = yaml.safe_load((self.blog / WHERE[self.name]).read_text(encoding="utf-8"))
        for step in _steps(self.name, workflow):
            if step.is_restoring:
                _carry(kept, here, step.paths)
            if step.script:
                self._execute(step, here)
            if step.is_saving:
                shutil.rmtree(kept, ignore_errors=True)
                _carry(here, kept, step.paths)
        return here

    @property
    def temporary(self) -> Path:
        """Empty at the beginning of a run."""
        return self.work / "temp"

    def _execute(self, step: _Step, here: Path) -> None:
        filled = {name: _EXPRESSION.sub(lambda found: self.values.get(found[1], ""), str(value)) for name, value in step.environment.items()}
        ran = subprocess.run(
            ["bash", "-e", "-c", step.script],
            cwd=here,
            env=self._environment(here) | filled,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        self.ran.append(step.script)
        assert ran.returncode == 0 or step.may_fail, f"{step.script}\n{ran.stdout}{ran.stderr}"

    def _environment(self, here: Path) -> dict[str, str]:
        """What a runner has, and nothing of whoever runs the tests."""
        home, programs = _folder(self.work / "maison"), _folder(self.work / "programmes")
        python = _PYTHON.format(python=sys.executable, engine=str(self.engine), purelib=sysconfig.get_path("purelib"))
        for name, text in (("apt-get", "#!/bin/sh\n"), ("python3", python)):
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        mine = {"PATH": os.pathsep.join((str(programs), "/usr/bin", "/bin")), "HOME": str(home), "LANG": "C.UTF-8", "CI": "true", "CI_PROJECT_DIR": str(here)}
        mine["RUNNER_TEMP"] = str(_folder(self.temporary))
        return mine | {name: value for name, value in self.values.items() if name.isupper()}


@dataclasses.dataclass(frozen=True)
class _Step:
    script: str = ""
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)
    paths: tuple[str, ...] = ()
    is_restoring: bool = False
    is_saving: bool = False
    may_fail: bool = False


def _steps(forge: str, workflow: dict[str, Any]) -> Iterator[_Step]:
    if forge == "gitlab":
        (job,) = (value for value in workflow.values() if isinstance(value, dict) and "script" in value)
        paths = tuple(job["cache"]["paths"])
        yield _Step(paths=paths, is_restoring=True)
        variables = {name: re.sub(r"\$(\w+)", r"${{ \1 }}", value) for name, value in job.get("variables", {}).items()}
        yield _Step(script="\n".join(job["script"]), environment=variables)
        yield _Step(paths=paths, is_saving=True)
        return
    for job in workflow["jobs"].values():
        at_the_end: list[_Step] = []
        for step in job["steps"]:
            action, paths = step.get("uses", ""), tuple(step.get("with", {}).get("path", "").split())
            if "actions/cache" in action:
                is_both = "/restore@" not in action and "/save@" not in action
                yield _Step(paths=paths, is_restoring=is_both or "/restore@" in action, is_saving="/save@" in action)
                at_the_end += [_Step(paths=paths, is_saving=True)] if is_both else []
            yield _Step(script=step.get("run", ""), environment=job.get("env", {}) | step.get("env", {}), may_fail=step.get("continue-on-error", False))
        yield from at_the_end


def _carry(here: Path, there: Path, paths: tuple[str, ...]) -> None:
    for name in paths:
        if (here / name).exists():
            shutil.copytree(here / name, there / name, dirs_exist_ok=True, symlinks=True)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def secrets(**given: str) -> dict[str, str]:
    """As an owner gives them to a forge: by expressions, and by variables."""
    return {f"secrets.{name}": value for name, value in given.items()} | given
