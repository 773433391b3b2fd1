"""The addresses of the former blog: which are its own, and under which one name each is known."""

from __future__ import annotations

import dataclasses
import posixpath
import re
import urllib.parse

_TRACKED = re.compile(r"(?:utm_\w+|fbclid|gclid|replytocom|share|nb|source|ref)$")
_MANY_FIELDS = 50
_INDEX = re.compile(r"/(?:index\.(?:html?|php))$")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclasses.dataclass(frozen=True, slots=True)
class FormerSite:
    """Where the former blog stood."""

    hosts: frozenset[str] = frozenset()
    """Names of its machines, without « www. »; none when nobody knows."""
    root: str = ""
    """The folder of the blog on its host: « /blog »; empty: the whole host."""
    scheme: str = "https"
    shown_host: str = ""
    """As its address had it, with « www. »."""

    @classmethod
    def at(cls, *addresses: str) -> FormerSite:
        """The blog whose root is the first of these addresses that says something; the other ones lead to it too."""
        parts = [split for split in map(_split, addresses) if split and split.hostname]
        if not parts:
            return cls()
        hosts = frozenset(_bare(split.hostname or "") for split in parts)
        first = parts[0]
        return cls(hosts, _INDEX.sub("", first.path).rstrip("/"), first.scheme or "https", first.netloc)

    def is_own(self, address: str) -> bool:
        """Whether an address is one of this blog: on its host, or without a host."""
        split = _split(address)
        return split is not None and (not split.netloc or _bare(split.hostname or "") in self.hosts)

    def path(self, address: str) -> str:
        """The address from the root of its host, with its query: « /blog/?p=123 »; empty when it cannot be read.

        :param address: whole, or from the root of the blog or of its host.
        """
        split = _split(address)
        if split is None:
            return ""
        path = split.path or "/"
        if not split.netloc and self.root and not f"{path}/".startswith(f"{self.root}/"):
            path = f"{self.root}/{path.lstrip('/')}"
        return path + (f"?{split.query}" if split.query else "")

    def whole(self, path: str) -> str:
        """An address from the root of the host with the host before it, when it is known."""
        return f"{self.scheme}://{self.shown_host}{path}" if self.shown_host and path.startswith("/") else path


def key(path: str) -> str:
    """What all ways to write one address share: « /post/Été/ », « /post/%C3%89t%C3%A9 »; parameters that only count visitors are left out."""
    bare, _, query = path.partition("?")
    bare = _INDEX.sub("/", urllib.parse.unquote(bare))
    bare = re.sub(r"/{2,}", "/", bare)
    wanted = urllib.parse.parse_qsl(query, keep_blank_values=True) if query.count("&") < _MANY_FIELDS else [(query, "")]
    wanted = sorted((name, value) for name, value in wanted if not _TRACKED.fullmatch(name))
    return (bare.rstrip("/") or "/") + (f"?{urllib.parse.urlencode(wanted)}" if wanted else "")


def joined(base: str, address: str) -> str:
    """A relative address from the root of the host.

    :param base: the path of the text that names it; empty: unknown.
    """
    folder = base.partition("?")[0].rpartition("/")[0]
    path, sign, rest = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr] # it matches anything
    return posixpath.normpath(f"/{folder}/{path}").replace("//", "/") + ("/" if path.endswith("/") else "") + sign + rest


def base_of(addresses: tuple[str, ...]) -> str:
    """The former path of a text, from which its relative addresses are read; empty when it is unknown."""
    address = next((one for one in addresses if "?" not in one), "")
    return re.sub(r"^(?:https?:)?//[^/]*", "", address)


def has_scheme(address: str) -> bool:
    """« https:… », « mailto:… »."""
    return _SCHEME.match(address) is not None


def _split(address: str) -> urllib.parse.SplitResult | None:
    try:
        split = urllib.parse.urlsplit(address.strip())
        _ = split.hostname, split.port
    except ValueError:
        return None
    return split


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
