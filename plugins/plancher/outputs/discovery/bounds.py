"""What a site has too much of for its host, or what the host has no way to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plancher.base.french import plural
from plancher.base.problems import Problem, SiteProblem
from plancher.outputs.discovery.hosts import headers_file, netlify
from plancher.outputs.discovery.serving import Serving
from plancher.outputs.discovery.settings import KEY, PAGES, HostingSettings
from plancher.site.collected import Collected
from plancher.site.redirect import Redirect
from plancher.site.redirections_file import FILE as REDIRECTIONS

_NAMES = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "codeberg": "Codeberg",
    "forge": "votre forge",
    "netlify": "Netlify",
    "cloudflare": "Cloudflare",
    "bucket": "un bucket",
}
_SETTINGS = "../pelicanconf.py"
_SHOWN = 3


def of_headers(host: str, settings: HostingSettings, serving: Serving, own: tuple[str, str]) -> Iterator[SiteProblem]:
    """More rules than the host reads; a promise that it does not pass on.

    :param own: the owner's lines for ``_headers``: the name of the file, its text.
    """
    name, text = own
    if host == "cloudflare" and (rules := headers_file.rules(headers_file.text(serving) + text)) > headers_file.MOST:
        message = f"_headers a {rules} règles, et Cloudflare n'en lit que {headers_file.MOST}. Rangez vos images et vos films dans moins de dossiers."
        yield name or _SETTINGS, Problem(1, "PDV175", message)
    if host in PAGES and settings.hsts_days:
        message = f"{KEY} : « hsts_days » n'est pas dit aux navigateurs, car {_NAMES[host]} n'envoie pas d'en-têtes à vous. Mettez-le à 0."
        yield _SETTINGS, Problem(1, "PDV176", message)


def of_redirections(host: str, collected: Collected, base: str, own: str) -> Iterator[SiteProblem]:
    """What the host cannot lead on, or reads no more; nothing where it is not known, or is the owner's own server.

    :param base: the folder of its host in which the site stands.
    :param own: the owner's lines for ``_redirects``.
    """
    if host not in _NAMES:
        return
    known = collected.former.redirects
    told = {id(redirect) for redirect, _ in netlify.told(known, base, own, host=host)}
    left = [redirect for redirect in known if id(redirect) not in told and not redirect.is_respelling]
    lost = [redirect for redirect in left if not redirect.stub]
    if lost:
        message = (
            f"{_first(host)} ne peut pas mener ailleurs {_counted(lost)}. Un hébergeur qui le peut est dit dans le guide, sous « Les anciennes adresses »."
        )
        yield lost[0].path or REDIRECTIONS, Problem(lost[0].line, "PDV173", message)
    most = netlify.bounds(host)
    with_page = [redirect for redirect in left if redirect.stub]
    if with_page and most.lines:
        message = f"{_first(host)} ne lit pas plus de redirections : une petite page tient la place de {_counted(with_page)}. Il n'y a rien à faire."
        yield with_page[0].path or REDIRECTIONS, Problem(with_page[0].line, "PDV174", message)


def _first(host: str) -> str:
    """Its name at the beginning of a sentence."""
    return _NAMES[host][0].upper() + _NAMES[host][1:]


def _counted(redirects: Sequence[Redirect]) -> str:
    named = ", ".join(f"« {redirect.source} »" for redirect in redirects[:_SHOWN])
    more = ", …" if len(redirects) > _SHOWN else ""
    return f"{plural(len(redirects), 'ancienne adresse', 'anciennes adresses')} ({named}{more})"
