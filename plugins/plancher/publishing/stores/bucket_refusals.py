"""Why a bucket did not do what it was asked, in French, with the remedy."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

from plancher.base import reasons
from plancher.publishing.errors import PublishingError
from plancher.publishing.targets import SECRETS, Bucket

_GOES_ON = "Recommencez : ce qui est envoyé ne l'est pas deux fois."
_CODE = re.compile(r"<Code>(\w+)</Code>")
"""What is wrong, as the service says it (the errors of Amazon S3)."""
_WRONG_KEYS = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "AccessDenied"})
_NO_ROOM = frozenset({"QuotaExceeded", "StorageFull", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage"})
_CERTIFICATE = re.compile(r"certificate|UnknownIssuer|NotValidForName", re.IGNORECASE)
_REGION = "incorrectly configured region"
"""What obstore makes of an answer that leads nowhere."""
_MOVED = frozenset({"PermanentRedirect", "AuthorizationHeaderMalformed", "TemporaryRedirect", "IllegalLocationConstraintException"})


@contextlib.contextmanager
def told(target: Bucket, path: str) -> Iterator[None]:
    """:raises PublishingError: the service refuses, or is gone."""
    try:
        yield
    except FileNotFoundError as error:  # the bucket: objects that are not there are no error
        if "NoSuchBucket" in str(error):
            raise PublishingError(_no_bucket(target)) from error
        raise PublishingError(f"{path} : {reasons.of_a_disk(error) if error.strerror else 'introuvable'}.") from error
    except OSError as error:
        raise PublishingError(f"{path} : {reasons.of_a_disk(error)}.") from error
    except (BaseError, ValueError) as error:
        raise PublishingError(_why(target, path, error)) from error


def knows_no_condition(error: Exception) -> bool:
    """Whether the service says that it cannot make an object only where there is none."""
    return isinstance(error, NotImplementedError) or "501 Not Implemented" in str(error) or "<Code>NotImplemented</Code>" in str(error)


def _why(target: Bucket, path: str, error: Exception) -> str:
    said = str(error)
    found = _CODE.search(said)
    code = found[1] if found else ""
    reasons_known = (
        (code == "NoSuchBucket", _no_bucket(target)),
        (code in _NO_ROOM, f"« {target.bucket} » est plein, ou votre part. Faites de la place, puis recommencez."),  # a 403 of some
        (code in _WRONG_KEYS or isinstance(error, PermissionDeniedError | UnauthenticatedError), _wrong_keys(target)),
        (code in _MOVED or _REGION in said, _elsewhere(target)),
        (_CERTIFICATE.search(said), _no_proof(target)),
        (code, f"{path} : l'hébergeur répond « {code} ». {_GOES_ON}"),
    )
    silent = f"{target.endpoint} ne répond pas, ou la connexion a été coupée. Vérifiez votre connexion et « endpoint » de PUBLISH. {_GOES_ON}"
    return next((words for holds, words in reasons_known if holds), silent)


def _wrong_keys(target: Bucket) -> str:
    return (
        f"{target.endpoint} refuse la clé d'accès, ou elle est périmée, ou elle n'a pas le droit d'écrire dans « {target.bucket} ». Rien n'a changé. "
        f"Vérifiez « user » de PUBLISH, et la clé secrète dans {SECRETS[0]}."
    )


def _elsewhere(target: Bucket) -> str:
    return f"« {target.bucket} » est dans une autre région que « {target.region} ». Rien n'est envoyé. Corrigez « endpoint » et « region » de PUBLISH."


def _no_proof(target: Bucket) -> str:
    return (
        f"{target.endpoint} ne prouve pas qu'il est votre hébergeur : son certificat est périmé, ou n'est pas à ce nom. Rien n'est envoyé. "
        "Vérifiez « endpoint » de PUBLISH ; s'il est juste, c'est à l'hébergeur d'y remédier."
    )


def _no_bucket(target: Bucket) -> str:
    return f"Il n'y a pas de bucket « {target.bucket} » à {target.endpoint}. Rien n'est envoyé. Créez-le chez l'hébergeur, ou corrigez PUBLISH."
