"""A film alone in its paragraph, however platforms and engines wrote its player."""

from __future__ import annotations

import pytest
from plancher.components.talks import bare

from tests.text.reading import read

Y = "dQw4w9WgXcQ"
HEAD = "Title: Un\nDate: 2024-03-05 09:00\nCategory: Essai\nTags: essai\n\n"
OLD = f'<object width="4"><param name="movie" value="http://www.youtube.com/v/{Y}&hl=fr"></param><embed src="http://www.youtube.com/v/{Y}&hl=fr"></embed></object>'


def talks(text: str) -> list[tuple[str, str, int]]:
    """The title, the address and the line of each talk that is laid out."""
    blocks = bare.read_bare_films(read(HEAD + text).scan).blocks
    return [(block.title, block.lines[0].text.removeprefix("url : "), block.line) for block in blocks if block.name == "video"]


@pytest.mark.parametrize(
    ("text", "title", "url"),
    [
        (OLD, "", f"http://www.youtube.com/v/{Y}&hl=fr"),
        (OLD.replace("><", ">\n<"), "", f"http://www.youtube.com/v/{Y}&hl=fr"),
        (f'<iframe width="5"\n src="https://www.youtube.com/embed/{Y}" title="Le *prix*"></iframe>', "Le \\*prix\\*", f"https://www.youtube.com/embed/{Y}"),
        (f'<iframe src="https://www.youtube.com/embed/{Y}" title="YouTube video player"></iframe>', "", f"https://www.youtube.com/embed/{Y}"),
        ('<p><iframe src="//player.vimeo.com/video/76979871"></iframe></p>', "", "https://player.vimeo.com/video/76979871"),
        ('<div class="cadre"><iframe src="//player.vimeo.com/video/76979871"></iframe></div>', "", "https://player.vimeo.com/video/76979871"),
        (f'<lite-youtube videoid="{Y}" playlabel="Lire : Le prix"></lite-youtube>', "Lire : Le prix", f"https://youtu.be/{Y}"),
        ("[embed]https://vimeo.com/76979871[/embed]", "", "https://vimeo.com/76979871"),
        (f"[embed width=5]https://youtu.be/{Y}[/embed]", "", f"https://youtu.be/{Y}"),
        (f"[youtube=http://www.youtube.com/watch?v={Y}]", "", f"http://www.youtube.com/watch?v={Y}"),
        (f"[youtube https://youtu.be/{Y}]", "", f"https://youtu.be/{Y}"),
        (f"![Le prix](https://youtu.be/{Y})", "Le prix", f"https://youtu.be/{Y}"),
        (f"[https://youtu.be/{Y}](https://youtu.be/{Y})", "", f"https://youtu.be/{Y}"),
        (f"[youtu.be/{Y}](https://youtu.be/{Y})", "", f"https://youtu.be/{Y}"),
        (f"<https://youtu.be/{Y}>", "", f"https://youtu.be/{Y}"),
    ],
)
def test_a_player_alone_is_a_talk(text: str, title: str, url: str) -> None:
    ((found, address, line),) = talks(f"Avant.\n\n{text}\n\nAprès.\n")
    assert (found if title else found.split(" ")[0], address, line) == (title or "Film", url, 8)


@pytest.mark.parametrize(
    "text",
    [
        f"[Voir](https://youtu.be/{Y})",
        f"Un mot https://youtu.be/{Y}",
        f"![Une image](https://exemple.fr/i.png) ![Film](https://youtu.be/{Y})",
        '<iframe src="https://exemple.fr/carte"></iframe>',
        f'<iframe src="https://www.youtube.com/embed/{Y}"></iframe> et des mots',
        f'<p><iframe src="https://youtu.be/{Y}"></iframe><iframe src="https://vimeo.com/76979871"></iframe></p>',
        f'<p onclick="x"><script src="https://youtu.be/{Y}"></script></p>',
        f'```html\n\n<iframe src="https://www.youtube.com/embed/{Y}"></iframe>\n\n```',
        f"~~~\n\nhttps://youtu.be/{Y}\n\n~~~",
        f'    <iframe src="https://www.youtube.com/embed/{Y}"></iframe>',
        f'<details>\n\n<summary>Voir\n\n<iframe src="https://www.youtube.com/embed/{Y}"></iframe>\n\n</summary></details>',
        f'```\n<p>\n\n<iframe src="https://www.youtube.com/embed/{Y}"></iframe>\n\n```',
        "[embed]https://exemple.fr/[/embed]",
        "https://archive.org/details/un-livre",
    ],
)
def test_what_is_not_one_film_alone_stays_as_it_is_typed(text: str) -> None:
    assert talks(text) == []


def test_a_film_after_code_is_still_one() -> None:
    assert [line for *_, line in talks(f'```\n<p>\n```\n\n<iframe src="https://www.youtube.com/embed/{Y}"></iframe>\n\nFin.\n')] == [10]
