"""The password of the mailbox, and the tokens of those who keep replies and webmentions for the owner."""

from __future__ import annotations

import urllib.parse
from pathlib import Path

from plancher.base import owner_secrets
from plancher.components.answers.settings import AnswerSettings

SecretError, find = owner_secrets.SecretError, owner_secrets.find
IMAP, MENTIONS, MASTODON = "PLANCHER_IMAP_PASSWORD", "PLANCHER_WEBMENTION_TOKEN", "PLANCHER_MASTODON_TOKEN"
RECEIVER = "PLANCHER_RECEIVER_TOKEN"


def of_mailbox(blog: Path, mine: AnswerSettings) -> str:
    """The password of the mailbox; empty: there is none.

    :raises SecretError: it lies where it must not.
    """
    return owner_secrets.find(IMAP, blog, host=mine.imap_host, user=mine.imap_user)


def of_receiver(blog: Path, mine: AnswerSettings) -> str:
    """The token of the receiver of webmentions; empty: it asks for none.

    :raises SecretError: it lies where it must not.
    """
    return owner_secrets.find(MENTIONS, blog, host=_host(mine.mentions)) if mine.mentions else ""


def of_instance(blog: Path, mine: AnswerSettings, status: str) -> str:
    """The token of the instance of a status; empty: there is none.

    A variable of the environment says nothing of whose token it is: the settings
    name its instance, and no other ever hears of it.

    :raises SecretError: it lies where it must not.
    """
    host = _host(status)
    if host and host == mine.mastodon_host.casefold():
        return owner_secrets.find(MASTODON, blog, host=host)
    return owner_secrets.find(MASTODON, blog, {}, host=host)


def _host(address: str) -> str:
    try:
        return (urllib.parse.urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""
