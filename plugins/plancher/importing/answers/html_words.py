"""The words of HTML that anybody may have sent: nh3 makes it small and well formed in linear time, then its words are read."""

from __future__ import annotations

import nh3

from plancher.importing.blogs.home import replies

_MOST = 40_000
"""Letters of HTML; what comes after is not looked at. A tree of a hundred thousand boxes, one in the other, would take a minute."""
_TAGS = {"p", "div", "br", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "tbody", "td", "a"}
_SILENT = {"script", "style", "template", "title", "textarea", "noscript", "iframe", "noembed", "noframes", "xmp", "svg", "math"}


def of(typed: str) -> str:
    """Plain paragraphs; the address of a link stands after its words."""
    clean = nh3.clean(typed[:_MOST], tags=_TAGS, clean_content_tags=_SILENT, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=None)
    return replies.words(clean)
