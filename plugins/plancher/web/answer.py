"""What a host answered, and what it says of itself."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import email.utils
import ssl
from typing import NamedTuple

import httpx

from plancher.base import clock


class Certificate(NamedTuple):
    """From when until when a certificate is valid, in seconds since the epoch."""

    begins: float
    ends: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The last answer, after all redirections."""

    status: int
    url: str
    """The address that answered."""
    moved: str
    """Where permanent redirections led before any other; empty: nowhere."""
    headers: httpx.Headers
    body: bytes = b""
    """As it came, cut at the limit."""
    certificate: Certificate | None = None
    """That of the host; None: nothing was encrypted."""


def certificate_of(response: httpx.Response) -> Certificate | None:
    """That of the host that answers, which was verified."""
    stream = response.extensions.get("network_stream")
    encrypted = stream.get_extra_info("ssl_object") if stream is not None else None
    known = encrypted.getpeercert() if encrypted is not None else None
    return Certificate(ssl.cert_time_to_seconds(known["notBefore"]), ssl.cert_time_to_seconds(known["notAfter"])) if known else None


def wait_asked(answer: Answer) -> float | None:
    """Seconds a host asks us to wait (« Retry-After », RFC 9110); None when it does not."""
    typed = answer.headers.get("retry-after", "").strip()
    if typed.isascii() and typed.isdigit():
        return float(typed)
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        moment = email.utils.parsedate_to_datetime(typed)
        return max(0.0, (moment.astimezone(dt.UTC) - clock.now().astimezone(dt.UTC)).total_seconds())
    return None
