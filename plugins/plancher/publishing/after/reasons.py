"""Why nobody answered, in a few French words without a full stop."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx

from plancher.web.client import LoopError, is_refused
from plancher.web.guard import NoHostError, RefusedHostError, UnsureError

FAILURES = (httpx.HTTPError, httpx.InvalidURL, LoopError, NoHostError, RefusedHostError, TimeoutError, ValueError, OSError)
"""Whatever a host does wrong stops nothing."""
_EXPIRED, _NOT_YET, _OTHER_NAME = 10, 9, frozenset({62, 64})
"""Numbers of OpenSSL's own (X509_V_ERR_…)."""


def of(error: BaseException) -> str:  # noqa: PLR0911 - one for each way to fail
    """Why."""
    match error:
        case TimeoutError() | httpx.TimeoutException():
            return "ne répond pas à temps"
        case RefusedHostError():
            return "est d'un réseau privé : elle n'est pas interrogée"
        case UnsureError():
            return "n'est pas trouvé pour l'instant : la connexion de cette machine est peut-être coupée"
        case NoHostError():
            return "n'existe pas, ou pas encore (nom de domaine introuvable)"
        case LoopError():
            return f"ne mène nulle part ({error})"
        case httpx.ConnectError() if is_refused(error):
            return "refuse la connexion"
        case _:
            return certificate(error) or "ne répond pas, ou répond autre chose que le web"


def certificate(error: BaseException) -> str:
    """What is wrong with the certificate of a host; empty: it is something else."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            if cause.verify_code == _EXPIRED:
                return "a un certificat périmé"
            if cause.verify_code == _NOT_YET:
                return "a un certificat qui n'est pas encore valable"
            return "a un certificat d'un autre nom" if cause.verify_code in _OTHER_NAME else "a un certificat que les navigateurs refusent"
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
