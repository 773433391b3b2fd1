"""Exports that tests write: the forms are those of the formats' documents, every word is ours."""

from __future__ import annotations

from pathlib import Path

from plancher.importing.blogs.model import FormerText, Item
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.source import Source, SourceError

WXR = """<?xml version="1.0" encoding="{encoding}" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/{version}/">
<channel>
	<title>Le pré &amp; l'étable</title>
	<link>https://ancien.example/blog</link>
	<description>Tout ce qui se voit d'en bas</description>
	<language>fr-FR</language>
	<wp:wxr_version>{version}</wp:wxr_version>
	<wp:base_site_url>https://ancien.example</wp:base_site_url>
	<wp:base_blog_url>https://ancien.example/blog</wp:base_blog_url>
	<generator>https://wordpress.org/?v=6.4</generator>
	{head}
{items}
</channel>
</rss>
"""


def wxr(*items: str, head: str = "", encoding: str = "UTF-8", version: str = "1.2") -> str:
    """A whole export of WordPress."""
    return WXR.format(head=head, items="\n".join(items), encoding=encoding, version=version)


def post(body: str = "Du texte.", *, number: int = 1, title: str = "Un billet", extra: str = "", **fields: str) -> str:
    """An item of it; ``fields`` are those of the namespace « wp », without it."""
    values = {
        "post_id": str(number),
        "post_date": "2008-10-01 14:30:00",
        "post_date_gmt": "2008-10-01 12:30:00",
        "post_name": f"billet-{number}",
        "status": "publish",
        "post_parent": "0",
        "menu_order": "0",
        "post_type": "post",
        "post_password": "",
        "is_sticky": "0",
        **fields,
    }
    written = "\n".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in values.items())
    safe = body.replace("]]>", "]]]]><![CDATA[>")
    return f"""<item>
<title><![CDATA[{title}]]></title>
<link>https://ancien.example/blog/2008/10/billet-{number}/</link>
<dc:creator><![CDATA[jeanne]]></dc:creator>
<guid isPermaLink="false">https://ancien.example/blog/?p={number}</guid>
<content:encoded><![CDATA[{safe}]]></content:encoded>
{written}
{extra}
</item>"""


def meta(key: str, value: str) -> str:
    """A field that a plugin or WordPress keeps beside a text."""
    return f"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


def attachment(number: int, address: str, *, parent: int = 0, caption: str = "", alternative: str = "", extra: str = "") -> str:  # noqa: PLR0913 - what an item says
    """A picture of the export."""
    inside = f"<wp:attachment_url><![CDATA[{address}]]></wp:attachment_url><excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded>"
    more = inside + (meta("_wp_attachment_image_alt", alternative) if alternative else "") + extra
    return post("", number=number, title=f"photo-{number}", status="inherit", post_type="attachment", post_parent=str(parent), extra=more)


def comment(number: int, words: str, *, approved: str = "1", parent: int = 0, kind: str = "comment") -> str:
    """A comment, with what must never be kept."""
    return f"""<wp:comment>
<wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[Loïc]]></wp:comment_author>
<wp:comment_author_email><![CDATA[loic@prive.example]]></wp:comment_author_email>
<wp:comment_author_url>https://loic.example/</wp:comment_author_url>
<wp:comment_author_IP><![CDATA[192.0.2.7]]></wp:comment_author_IP>
<wp:comment_date><![CDATA[2008-10-02 09:00:00]]></wp:comment_date>
<wp:comment_date_gmt><![CDATA[2008-10-02 07:00:00]]></wp:comment_date_gmt>
<wp:comment_content><![CDATA[{words}]]></wp:comment_content>
<wp:comment_approved><![CDATA[{approved}]]></wp:comment_approved>
<wp:comment_type><![CDATA[{kind}]]></wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent>
</wp:comment>"""


def source(folder: Path, text: str | bytes, name: str = "export.xml") -> Source:
    """The export as a file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Source(path)


def read(reader: Reader, folder: Path, text: str | bytes, name: str = "export.xml") -> list[Item]:
    """All its items."""
    return list(reader.read(source(folder, text, name)))


def read_until_error(reader: Reader, folder: Path, text: str | bytes) -> tuple[list[Item], str]:
    """What came, and what was said when it stopped."""
    items: list[Item] = []
    try:
        for item in reader.read(source(folder, text)):
            items.append(item)  # noqa: PERF402 - what comes before an error stays
    except SourceError as error:
        return items, str(error)
    return items, ""


def texts(items: list[Item]) -> list[FormerText]:
    """Its posts and pages."""
    return [item for item in items if isinstance(item, FormerText)]
