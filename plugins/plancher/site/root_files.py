"""Files for the root of the site: what lies in ``content/racine/`` is published as it is, hidden files too, at the address that begins there.

Its owner put it there on purpose. A page, a script or a drawing that acts is
published, where it would be refused elsewhere: a page that proves who owns the
site must be there to the letter. What editors and systems leave is not; nor is
a secret, nor a text of the blog that lies in the wrong place.
"""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base import files, links
from plancher.base.problems import Problem
from plancher.cache.tree import Stamp
from plancher.site.site_checks import Found
from plancher.text import draft_signs, header

FOLDER = "racine"
"""In the content folder."""
_START = f"{FOLDER}/"
_LEFT_BEHIND = (
    *("*~", "~$*", "#*#", ".#*", ".~lock.*", ".*.sw?", "*.swp", "*.swo", "*.bak", "*.orig", "*.rej", "*.tmp", "*.part", "*.crdownload"),
    *(".DS_Store", "._*", ".AppleDouble", "__MACOSX", ".Trash*", ".Spotlight-V100", ".fseventsd", ".directory"),
    *("[Tt]humbs.db", "ehthumbs*.db", "[Dd]esktop.ini", "$RECYCLE.BIN", ".fuse_hidden*", ".nfs*"),
    *(".git", ".gitkeep", ".keep", ".hg", ".svn", "CVS", ".idea", ".vscode", "__pycache__", "node_modules"),
)
"""What editors, systems and version control leave in a folder, and nobody means to publish."""
IGNORED = tuple(f"{FOLDER}//{pattern}" for pattern in _LEFT_BEHIND)
"""The same, as ``tree.scan`` takes it."""
_SECRET = (
    *(".env", ".env.*", ".netrc", ".npmrc", ".pypirc", ".pgpass", ".my.cnf", ".git-credentials", ".htpasswd"),
    *("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*.kdbx", "*.p12", "*.pfx", "*.jks", "*.ovpn"),
)
"""Names of files that hold passwords or keys."""
_PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-")
_HEAD = 1024
"""Bytes among which a key says what it is."""
_MARKDOWN = frozenset(".md .markdown .mdown .mkd .mkdn .mkdown .mdwn .mdx .qmd .rmd".split())
_RUN = frozenset(".html .htm .xhtml .xht .shtml .svg .js .mjs .wasm .swf .xsl .xslt .php .phtml .phar .cgi .pl .py .rb .asp .aspx .jsp .sh".split())
"""What a browser or a host may run."""
_OF_THE_HOST = frozenset({".well-known", "robots.txt", "ads.txt", "app-ads.txt", "humans.txt"})
"""What is looked for at the root of a host, and nowhere else (RFC 8615, RFC 9309, IAB ads.txt)."""


def holds(name: str) -> bool:
    """Whether a file is for the root of the site.

    :param name: from the content folder.
    """
    return name.startswith(_START)


def address(name: str) -> str:
    """Where such a file is published, from the root of the site."""
    return name.removeprefix(_START)


def is_left_behind(name: str) -> bool:
    """Whether a name, without its folder, is one that editors and systems leave."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in _LEFT_BEHIND)


def refused(names: Mapping[str, Stamp], root: Path) -> Found:
    """Neither a secret nor a text of the blog is published by mistake.

    :param names: the files of the content folder, each with what tells its states apart.
    """
    for name, seen in names.items():
        if holds(name):
            problem = refusal(root, name, seen)
            if problem:
                yield name, problem


@functools.lru_cache(maxsize=16_384)
def refusal(root: Path, name: str, _seen: Stamp) -> Problem | None:
    """Why a file is not published, if anything is against it.

    :param _seen: what tells one of its states from another.
    """
    path = root / name
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if any(fnmatch.fnmatchcase(path.name.lower(), pattern) for pattern in _SECRET) or _PRIVATE_KEY.search(head):
            return Problem(1, "PDV112", "ce fichier tient sans doute un mot de passe ou une clé privée : il n'est pas publié. Rangez-le hors de content/.")
        if path.suffix.lower() in _MARKDOWN and (draft_signs.by_name(name) or _is_of_the_blog(path)):
            advice = "Rangez-le avec vos textes ; pour le publier tel quel, ôtez son en-tête."
            return Problem(1, "PDV112", f"ce Markdown ressemble à un billet, peut-être à un brouillon : il n'est pas publié. {advice}")
    except OSError as error:
        return Problem(1, "PDV092", f"fichier impossible à ouvrir ({files.reason(error)}). Vérifiez ses droits.")
    return None


def _is_of_the_blog(path: Path) -> bool:
    """Whether a text has the header of a post, or says that it is a draft; one that cannot be read may be either."""
    try:
        lines = files.read_text(path).split("\n")
    except files.UnreadableError:
        return True
    opening = next((line for line in lines if line.strip()), "")
    return bool(header.split(lines).fields) or draft_signs.opens_as_a_draft(opening)


def left_out(names: Iterable[str]) -> Found:
    """What editors and systems leave is not published: its owner may not know that it is there."""
    for name in names:
        yield name, Problem(1, "PDV113", "reste d'un éditeur ou du système : il n'est pas publié. Effacez-le.")


def runs(names: Iterable[str]) -> Found:
    """A page, a script or a drawing that nobody has looked into runs under the name of the site: it deserves the look that code gets."""
    for name in names:
        if holds(name) and Path(name).suffix.lower() in _RUN:
            yield name, Problem(1, "PDV114", "publié tel quel, ce fichier peut s'exécuter chez vos lecteurs ou chez votre hébergeur. Relisez-le comme du code.")


def out_of_reach(names: Iterable[str], site: str) -> Found:
    """In a folder of its host, a site has no robots.txt of its own: nobody looks for it there.

    :param site: the address of the site.
    """
    base, said = links.path_of(site), set[str]()
    for name in names if base else ():
        top = address(name).partition("/")[0]
        if holds(name) and top in _OF_THE_HOST and top not in said:
            said.add(top)
            message = f"le site est dans le dossier « {base} » de son hôte, et « /{top} » n'est lu qu'à la racine de l'hôte."
            yield name, Problem(1, "PDV111", f"{message} Publié à « {base}/{top} », il n'y sert à rien : placez-le aussi là-haut.")


def own_text(published: Iterable[tuple[str, str]], path: str, content: Path) -> tuple[str, str]:
    """The owner's file at an address where the site would write its own: its name, from the content folder, and its text; empty when there is none.

    :param published: each file that is published as it is: its name, and its path from the root of the site.
    """
    for name, save_as in published:
        if save_as == path:
            try:
                return name, files.read_text(content / name)
            except files.UnreadableError:
                return "", ""
    return "", ""
