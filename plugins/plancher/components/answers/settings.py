"""What a site decides about its readers' answers: ``PLANCHER_ANSWERS``."""

from __future__ import annotations

import dataclasses

from plancher.base.bounds import Bounds
from plancher.base.settings import between, shaped

KEY = "PLANCHER_ANSWERS"
_ADDRESS = ("une adresse https complète, ou rien", r"(?:https://[\w.:\[\]-]+(?:/[!-~]*)?)?")
_RECEIVER = (
    "une adresse https complète (ou http://127.0.0.1:… pour un essai), ou rien",
    r"(?:https://[\w.:\[\]-]+(?:/[\w.~/-]*)?|http://127\.0\.0\.1:\d+(?:/[\w.~/-]*)?)?",
)
_FOLDER = ("un dossier du blog hors de content/, comme « .temoignages », ou un chemin complet", r"(?!content(?:/|$))(?!.*(?:^|/)\.\.(?:/|$)).*[^/\s]")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSettings(Bounds):
    """How readers are asked, and where their answers come from and wait."""

    email: str = shaped("", "une adresse électronique, comme « nom@exemple.fr »", r"(?:[^@\s]+@[^@\s]+)?")
    """Where readers answer; empty: the address of the blog's identity, if it has one."""
    on_posts: bool = True
    """Whether each post without a call has « Répondre à ce billet »."""
    feed_size: int = between(30, 1, 10_000)
    """Entries in the feed of calls and answers."""
    former_comments: bool = False
    """Whether what readers wrote on a former blog, and an import brought home, is shown under its text."""
    queue: str = shaped(".temoignages", *_FOLDER)
    """The folder where answers wait, from the folder of the blog; git does not see it."""
    refused_days: int = between(30, 1, 365)
    """Days after which a refused answer is erased."""
    imap_host: str = shaped("", "le nom d'une machine, comme « imap.exemple.fr », ou rien", r"(?:[\w.-]+)?")
    """Whose mailbox is read, over TLS; empty: none."""
    imap_port: int = between(993, 1, 65_535)
    imap_user: str = ""
    imap_folder: str = "INBOX"
    """The only folder that is looked at; nothing in it is changed."""
    authserv_id: str = shaped("", "le nom par lequel commence « Authentication-Results » dans vos courriels, comme « mx.exemple.fr », ou rien", r"[\w.-]*")
    """The name by which the owner's own mail server signs what it found out about a sender (RFC 8601); empty: no mail is said to be verified by it."""
    mastodon_host: str = shaped("", "le nom d'une instance, comme « social.exemple.fr », ou rien", r"[\w.:-]*")
    """Whose token ``PLANCHER_MASTODON_TOKEN`` is; empty: it is shown to nobody."""
    mentions: str = shaped("", *_ADDRESS)
    """Where a receiver of webmentions gives those of the blog, as JF2; empty: nowhere."""
    webmention: str = shaped("", *_ADDRESS)
    """The receiver itself, which pages declare (``rel="webmention"``); empty: none."""
    form: str = shaped("", *_RECEIVER)
    """The owner's own receiver (« invoke answers.receive »), to which the form of each open call leads; empty: no call has a form."""
    most: int = between(500, 1, 100_000)
    """Answers that one fetch takes in, at most; the next one goes on."""
    mail_size: int = between(2_000_000, 1000, 100_000_000)
    """Bytes of one mail, at most; a larger one is told and left."""
