"""The whole contract of a component: what it may bring to reading, ask of the site, and tell the others.

A component is a module that ``PLUGINS`` names; its ``COMPONENT`` is a subclass
of ``Component``, made once for each build with the settings of the site. Every
method has a default: a component gives only what it has. Between ``collect``
and the others nothing is shared but the index it returned; a build calls them
in the order of this file, for all components, in the order of ``PLUGINS``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from plancher.base.identity import Words
from plancher.base.problems import SiteProblem
from plancher.cache.body import LinkReplacement
from plancher.site.collected import Collected, MenuEntry, Redirection, Values
from plancher.site.feeds import FeedRequest, Replies
from plancher.site.model import Mention, Post, PostPair, Site
from plancher.site.requests import OwnText, PageRequest
from plancher.text.grammar import Advice, BlockKind, Grammar, KeepWords, LegacyTagLines, ResolveDocument, ScanTransform, TextFilter

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

S = TypeVar("S", bound="DataclassInstance | None")
I = TypeVar("I")  # noqa: E741 - the index


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What a component settles before posts are grouped and addresses are known."""

    tags: Mapping[str, tuple[str, ...]] | None = None
    """The tags of each post by its path, in the place of those that were typed; None: they stay."""
    tag_aliases: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    link_states: Mapping[str, str] = dataclasses.field(default_factory=dict)
    link_replacements: Mapping[str, LinkReplacement] = dataclasses.field(default_factory=dict)
    problems: tuple[SiteProblem, ...] = ()


class Component(Generic[S, I]):
    """Something that a blog can be built with, or without."""

    name: ClassVar[str] = ""
    """As templates ask for it: « tangible » in ``COMPONENTS``."""
    settings_name: ClassVar[str] = ""
    """Of its settings object in ``pelicanconf.py``: « PLANCHER_TAGS »; empty: it has none."""
    settings_type: ClassVar[type[Any] | None] = None  # Any: each component has its own dataclass
    """A frozen dataclass whose fields say what they take (``base.settings``)."""

    words: Words = Words()
    """Those that the owner of the blog chose; who makes the component sets them."""
    email: str = ""
    """Where readers write to the owner, set likewise; empty: nowhere."""
    has_forms: bool = False
    """Whether the theme shows the forms of a text below it, set likewise."""

    def __init__(self, settings: S) -> None:
        self.settings = settings

    # Reading a text, in the workers.

    def blocks(self) -> Sequence[BlockKind[Any]]:  # Any: each kind has its own model
        """What it adds to the grammar."""
        return ()

    def scan_transforms(self) -> Mapping[str, ScanTransform]:
        """What reads blocks in plain lines, by the kind of text it is for (``Kind:`` in a header); empty: any."""
        return {}

    def legacy_tag_lines(self) -> LegacyTagLines | None:
        """What reads the tags that former engines wrote in a text."""
        return None

    def resolve_document(self) -> ResolveDocument | None:
        """What completes the models of a text once all of them are known."""
        return None

    def text_filter(self) -> TextFilter | None:
        """What sets texts once they are read."""
        return None

    def keep_words(self) -> KeepWords | None:
        """What it keeps of the words of a text, beside it in the cache (``Outline.kept``); one component of a site may."""
        return None

    def text_advice(self) -> Sequence[Advice]:
        """Rules on one text that « invoke check » alone applies."""
        return ()

    def own_texts(self, site: Site, grammar: Grammar) -> Iterable[OwnText]:
        """Texts that it brings, for a page of its own (``Site.own_texts``); the site has none of its texts yet."""
        return ()

    # The whole site: pure functions of it.

    def prepare(self, site: Site) -> Preparation | None:
        """What must be settled first; posts bear their tags as they were typed, and no text has its body yet."""
        return None

    def mentions(self, post: Post) -> Iterable[Mention]:
        """What a post holds of it, as pages about something else name it."""
        return ()

    def pair(self, post: Post) -> PostPair | None:
        """The promise and the proof that a picture of the post shows."""
        return None

    def picture(self, post: Post) -> str:
        """The address, as typed, of the picture that stands for a post whose header names none; empty: it has none."""
        return ""

    def collect(self, site: Site) -> I | None:
        """Its index: all that it knows of the site."""
        return None

    def pages(self, site: Site, index: I) -> Iterable[PageRequest]:
        """The pages and files it asks for."""
        return ()

    def plain_pages(self, site: Site, index: I) -> Iterable[PageRequest]:
        """The pages that our own settings ask for by name (``DIRECT_TEMPLATES``), for a blog that has other settings and another theme."""
        return ()

    def feeds(self, site: Site, index: I) -> Iterable[FeedRequest]:
        """The feeds it asks for."""
        return ()

    def site_values(self, site: Site, index: I) -> Values:
        """What every template may use."""
        return {}

    def post_values(self, site: Site, index: I) -> Mapping[str, Values]:
        """What the page of a text may use: for each name, the value of each post, or of each page of the author's, by its path."""
        return {}

    def tag_values(self, site: Site, index: I) -> Mapping[str, Values]:
        """What the pages of a tag may use: for each name, the value of each tag by its name."""
        return {}

    def category_values(self, site: Site, index: I) -> Mapping[str, Values]:
        """The same, of categories."""
        return {}

    def replies(self, site: Site, index: I) -> Mapping[str, Replies]:
        """The answers of readers that the page of a post shows, by its path: feeds tell how many there are, and where."""
        return {}

    def template_functions(self) -> Mapping[str, Callable[..., object]]:
        """Functions that templates may call."""
        return {}

    def menu(self, site: Site, index: I) -> Sequence[MenuEntry]:
        """Its links in the menu; none while its pages are empty."""
        return ()

    def redirections(self, site: Site, index: I) -> Iterable[Redirection]:
        """Addresses that moved, and lead on by a line for the host; a page that leads on is one of ``pages``."""
        return ()

    def frame_hosts(self, site: Site) -> Iterable[str]:
        """The hosts that a page may show in a frame, after a click (« https://exemple.fr »)."""
        return ()

    def form_hosts(self, site: Site) -> Iterable[str]:
        """The hosts to which a page may send a form (« https://exemple.fr »)."""
        return ()

    def checks(self, site: Site, index: I) -> Iterable[SiteProblem]:
        """What is wrong in the texts, now that all of them are known."""
        return ()

    def advice(self, site: Site, index: I) -> Iterable[SiteProblem]:
        """The same, for « invoke check » alone."""
        return ()

    def expires_at(self, site: Site, index: I) -> float | None:
        """When time alone will change one of its pages: seconds since the epoch."""
        return None

    def command_files(self, site: Site, index: I) -> Mapping[str, str]:
        """What the author's commands ask a build for, by the name of a file."""
        return {}

    # What is made from all components together: feeds, the site map, headers.

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """Files for machines, made from what all components gave."""
        return ()

    def shared_values(self, site: Site, collected: Collected) -> Values:
        """What every template may use, made from what all components gave."""
        return {}

    def shared_checks(self, site: Site, collected: Collected) -> Iterable[SiteProblem]:
        """Problems that only all of it together shows."""
        return ()

    def shared_advice(self, site: Site, collected: Collected) -> Iterable[SiteProblem]:
        """The same, which « invoke check » alone says."""
        return ()

    def server_files(self, site: Site, collected: Collected) -> Mapping[str, str]:
        """Pieces of settings for the owner's own server, by the name of a file: « invoke publish » leaves them beside the site, where no reader comes."""
        return {}
