"""The second wall: whatever got past the author's checks, nothing runs or loads from elsewhere."""

from __future__ import annotations

import pytest
from plancher.markdown.safety import Cleaner


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://exemple.fr/a.png" alt="a">',
        '<img src="//exemple.fr/a.png" alt="a">',
        '<img src="/\\exemple.fr/a.png" alt="a">',
        '<img src="/a.png" srcset="https://exemple.fr/b.png 2x" alt="a">',
        '<video poster="https://exemple.fr/a.jpg"></video>',
        '<!--><img src="https://exemple.fr/a.png" alt="a">-->',
        "<script src=//exemple.fr></script>",
        '<a href="javascript:exemple.fr">a</a>',
        '<iframe src="https://exemple.fr"></iframe>',
        '<p style="background:url(https://exemple.fr)" onclick="exemple.fr">a</p>',
    ],
)
def test_nothing_of_it_is_left(body: str) -> None:
    assert "exemple.fr" not in Cleaner().clean(body).html


def test_what_our_blocks_emit_is_left_whole() -> None:
    body = '<div class="talk"><video controls="" preload="none" poster="/a.png"><source src="/a.webm" type="video/webm"></video></div>'
    assert Cleaner().clean(body).html == body
