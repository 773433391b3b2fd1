"""What a failed request says of a link: the reason in French, and whether the page is to blame."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

import httpx

from plancher.components.links.health import Finding, Visit
from plancher.web.client import LoopError, is_refused
from plancher.web.guard import NoHostError, RefusedHostError, UnsureError

_DISCONNECTED = re.compile(r"disconnect|closed|incomplete", re.IGNORECASE)
"""What httpx says when nothing came; otherwise browsers may be able to read the answer."""


def as_visit(error: Exception) -> Visit:  # noqa: PLR0911 - one for each way to fail
    """The visit that ended with this error.

    The page is to blame for a refused connection or an unknown host name; not
    for a failure of ours, of the network or of the moment, nor for an address
    that our libraries refuse and browsers open.
    """
    match error:
        case TimeoutError() | httpx.TimeoutException():
            return Visit(finding=Finding.SILENT, reason="délai dépassé")
        case RefusedHostError():
            return Visit(finding=Finding.TROUBLE, reason="adresse d’un réseau privé, pas visitée")
        case UnsureError():
            return Visit(finding=Finding.TROUBLE, reason="hôte introuvable pour l’instant")
        case NoHostError():
            return Visit(finding=Finding.GONE, reason="hôte introuvable")
        case LoopError():
            return Visit(finding=Finding.DOUBTFUL, reason=str(error))
        case httpx.UnsupportedProtocol():
            return Visit(finding=Finding.TROUBLE, reason="redirigé vers une application")
        case httpx.ConnectError() if is_refused(error):
            return Visit(finding=Finding.GONE, reason="connexion refusée")
        case httpx.HTTPError():
            return _transport_failure(error)
        case httpx.InvalidURL() | ValueError():
            return Visit(finding=Finding.TROUBLE, reason="adresse que nous ne savons pas demander")
        case _:
            return Visit(finding=Finding.TROUBLE, reason=f"imprévu ({type(error).__name__})")


def _transport_failure(error: httpx.HTTPError) -> Visit:
    if isinstance(error, httpx.LocalProtocolError | httpx.ProxyError):
        return Visit(finding=Finding.TROUBLE, reason="adresse que nous ne savons pas demander")
    if isinstance(error, httpx.DecodingError | httpx.RemoteProtocolError) and not _DISCONNECTED.search(str(error)):
        return Visit(finding=Finding.TROUBLE, reason="réponse que nous ne savons pas lire")
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Visit(finding=Finding.DOUBTFUL, reason="certificat refusé")
    if any(isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError) for cause in causes):
        return Visit(finding=Finding.DOUBTFUL, reason="chiffrement refusé")
    return Visit(finding=Finding.SILENT, reason="pas de chemin jusqu’à l’hôte" if isinstance(error, httpx.ConnectError) else "réponse interrompue")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
