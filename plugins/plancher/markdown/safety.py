"""Which HTML may leave an author's file, and what is refused with its line.

Two walls: raw HTML is read tag by tag so that the author learns the line
(``raw_html``); then the whole body goes through nh3, so that nothing is missed.
"""

from __future__ import annotations

import dataclasses

import nh3

from plancher.base import addresses, links
from plancher.cache import slots

_INLINE = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
_BLOCKS = "blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre summary table tbody td tfoot th thead tr ul"
AUTHOR_TAGS = frozenset(f"{_INLINE} {_BLOCKS}".split())
"""Raw HTML an author may type."""
OUTPUT_TAGS = AUTHOR_TAGS | {"section", "video", "source", "track", "h1", "svg", "rect", "text", "talk-player", "talk-words", "input", "label"}
"""What our own renderers may add."""
_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(_EVERYWHERE),
    "a": {"href", "hreflang", "rel", "type"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"role", "tabindex"},
    "figure": {"role"},
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "type"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "pre": {"tabindex"},
    "q": {"cite"},
    "rect": {"height", "width", "x", "y"},
    "source": {"src", "type"},
    "span": {"role"},
    "sup": {"role"},
    "svg": {"height", "role", "viewBox"},
    "text": {"x", "y"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {"controls", "height", "poster", "preload", "width"},
}
_PREFIXES = {"aria-", "data-"}
LOADED = frozenset({"poster", "src", "srcset"})
"""What a page loads by itself."""
_ADDRESSED = frozenset({"cite", "href", "poster", "src"})


@dataclasses.dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML without anything that could run, load or restyle."""

    marked: str
    """Each address that the site may change stands between marks (``cache.slots``)."""
    ids: tuple[str, ...] = ()
    """The value of each ``id``, in their order."""
    file_names: tuple[str, ...] = ()
    """The last segment of each address from the root of the site, or from the page itself."""

    @property
    def html(self) -> str:
        """With its addresses as their author typed them."""
        return slots.without_marks(self.marked)

    @property
    def internal(self) -> list[str]:
        """Pelican's addresses, escaped as HTML has them."""
        return [address for address in slots.addresses(self.marked) if addresses.is_internal(address)]


class Cleaner:
    """Takes out what is not permitted, and notes ids and addresses while nh3 reads the attributes."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._file_names: set[str] = set()
        self._marked = 0
        self._keeps_ids = True
        # To make one costs as much as to clean a short post.
        self._nh3 = nh3.Cleaner(
            tags=set(OUTPUT_TAGS),
            attributes=ATTRIBUTES,
            generic_attribute_prefixes=_PREFIXES,
            url_schemes=set(addresses.SAFE_SCHEMES),
            link_rel=None,
            attribute_filter=self._attribute,
        )

    def clean(self, body: str, *, keeps_ids: bool = True) -> CleanHtml:
        """The same HTML without what is not permitted.

        :param keeps_ids: not for a summary: several stand on a page.
        """
        self._keeps_ids = keeps_ids
        marked = self._cleaned(body)
        if marked.count(slots.MARK) != 2 * self._marked:  # an entity, or a film's captions, held a mark
            marked = self._cleaned(marked.replace(slots.MARK, ""))
        return CleanHtml(marked, tuple(self._ids), tuple(sorted(self._file_names)))

    def _cleaned(self, body: str) -> str:
        self._ids, self._file_names, self._marked = [], set(), 0
        return self._nh3.clean(body).replace("&nbsp;", "\u00a0")

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        """Called by nh3 for each attribute that is permitted, in their order; addresses that could run are gone by then."""
        if name == "id":
            self._ids.append(value)
            return value if self._keeps_ids else None
        if name not in _ADDRESSED:
            return value
        if name in LOADED and addresses.is_elsewhere(value):
            return None  # nothing that a page loads by itself comes from another site
        if " " in value:
            value = value.strip().replace(" ", "%20")
        first = value[:1]
        if first in {"/", "."} and name != "cite":
            self._file_names.add(addresses.file_name(value))
        may_change = (first == "/" and links.is_rooted(value)) or (first in {"{", "|"} and addresses.is_internal(value))
        if may_change or (tag == "a" and value[:4].lower() == "http"):
            self._marked += 1
            return f"{slots.MARK}{value}{slots.MARK}"
        return value


def is_allowed(tag: str, attribute: str) -> bool:
    """Whether this attribute may stand on this tag."""
    named = attribute in _EVERYWHERE or attribute in ATTRIBUTES.get(tag, ())
    return named or attribute.startswith(tuple(_PREFIXES))
