"""Every file of a new blog, from the answers of its owner."""

from __future__ import annotations

import datetime as dt
import os
import re

from plancher.base import dates
from plancher.base.identity import Identity
from plancher.commands.start import answers as asked
from plancher.commands.start import filling, forges, hosts
from plancher.outputs.feeds.settings import NOWHERE
from plancher.text import drafts

EMPTY_FOLDERS = ("content/images", "content/racine")
_ALWAYS = {
    "pelicanconf.py": "pelicanconf.py.txt",
    "publishconf.py": "publishconf.py.txt",
    "tasks.py": "tasks.py.txt",
    ".gitignore": "gitignore.txt",
    "LISEZMOI.md": "lisezmoi.md",
    "theme/LISEZMOI.md": "theme.md",
    "content/pages/a-propos.md": "pages/a-propos.md",
    "content/pages/vie-privee.md": "pages/vie-privee.md",
    "content/pages/accessibilite.md": "pages/accessibilite.md",
}
_FIRST_TITLE = "Mon premier billet"
_EUROPE = "Le règlement général sur la protection des données (RGPD) vous donne le droit de savoir ce qui est gardé de vous, de le faire corriger ou effacer"
_RIGHTS = {
    "FR": f"{_EUROPE}, et de vous plaindre à la [CNIL](https://www.cnil.fr/).",
    "BE": f"{_EUROPE}, et de vous plaindre à l'[Autorité de protection des données](https://www.autoriteprotectiondonnees.be/).",
    "LU": f"{_EUROPE}, et de vous plaindre à la [Commission nationale pour la protection des données](https://cnpd.public.lu/).",
    "CH": "La loi fédérale sur la protection des données (LPD) vous donne le droit de savoir ce qui est gardé de vous et de le faire corriger ou effacer. "
    "Le [préposé fédéral à la protection des données](https://www.edoeb.admin.ch/) renseigne.",
    "CA": "Les lois du Québec et du Canada sur la protection des renseignements personnels vous donnent le droit de savoir ce qui est gardé de vous et de le "
    "faire corriger. Au Québec, la [Commission d'accès à l'information](https://www.cai.gouv.qc.ca/) reçoit les plaintes ; ailleurs au Canada, "
    "le [Commissariat à la protection de la vie privée](https://www.priv.gc.ca/fr/).",
}
"""What the law of each country gives to a reader, in Markdown."""


def make(answers: asked.Typed, today: dt.datetime) -> dict[str, bytes]:
    """The files, by their path in the folder of the blog; those of its engine are apart (``engine_wheel.files``)."""
    identity = asked.identity_of(answers)
    host = hosts.HOSTS[answers["host"]]
    values = _values(identity, answers, today)
    wanted = _ALWAYS | {"content/pages/mentions-legales.md": f"legal/{identity.country}.md"} | dict(host.files)
    if host.target and answers["forge"] in forges.FORGES:
        wanted |= dict([forges.FORGES[answers["forge"]]])
    made = {path: filling.fill(template, values) for path, template in wanted.items()}
    if host.domain_file and not host.decides(identity.host):
        made[f"content/racine/{host.domain_file}"] = f"{identity.host}\n"
    name = drafts.slug(_FIRST_TITLE)
    made[f"content/articles/{today:%Y}/{name}.md"] = drafts.text(_FIRST_TITLE, name, today, authority(identity))
    return {path: text.encode() for path, text in made.items()}


def authority(identity: Identity) -> str:
    """The domain in the identifiers of the blog, for ever."""
    return re.sub(r"^www\.", "", identity.host) or NOWHERE


def _values(identity: Identity, answers: asked.Typed, today: dt.datetime) -> dict[str, object]:
    """What templates may use; texts that stand for themselves in a file are « Written »."""
    host = hosts.HOSTS[answers["host"]]
    return {
        "identity": identity,
        "author": identity.author or identity.name,
        "authority": authority(identity),
        "since": f"{today:%Y-%m}",
        "today": dates.day(today),
        "host": host,
        "host_decides": host.decides(identity.host),
        "online": answers["host"],
        "forge": answers["forge"],
        "cron": forges.morning(identity.country),
        "rights": _RIGHTS[identity.country],
        "set_up": set_up(),
        "wake": wake(),
    }


def set_up() -> str:
    """What gives a blog its commands, typed in its folder."""
    python = "py" if os.name == "nt" else "python3"
    pip = ".venv\\Scripts\\pip" if os.name == "nt" else ".venv/bin/pip"
    return f"{python} -m venv .venv && {pip} install --require-hashes -r requirements.txt"


def wake() -> str:
    """What wakes its commands, once in each terminal: from then on « invoke » is one."""
    return ".venv\\Scripts\\activate" if os.name == "nt" else "source .venv/bin/activate"
