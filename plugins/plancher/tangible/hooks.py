"""Between Pelican and the register: posts in, pages and files out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from plancher.core import clock, registry
from plancher.core import settings as core_settings
from plancher.core.french import clip
from plancher.core.html import Element, add_plain, el, to_html_string
from plancher.core.syndication import CHANNELS, Channel, Item
from plancher.tangible import exports, pages, register, stability
from plancher.tangible.pages import Sheet
from plancher.tangible.register import SHELF, Place, Proof
from plancher.tangible.render import PROMISE, PROOF, WAITING
from plancher.tangible.settings import KEY, TangibleSettings

SHEETS, REGISTER, LATEST = "REGISTER_SHEETS", "REGISTER_PROOFS", "LATEST_PROOF"
"""In Pelican's context: the pages, all proofs newest first, and the latest proof that is not made up (else the latest)."""
JSON, CSV, SCHEMA, ATOM = "preuves.json", "preuves.csv", "preuves.schema.json", "feeds/preuves.atom.xml"


@dataclasses.dataclass(frozen=True, slots=True)
class _Post:
    """What a row says of its post."""

    id: str
    url: str
    title: str
    date: dt.datetime
    tags: tuple[str, ...]


def collect(generator: Any) -> None:
    """Read the register out of the posts, and offer it to pages, feeds and site map."""
    context, settings = generator.context, core_settings.load(generator.settings, KEY, TangibleSettings)
    today = clock.now().date()
    found = list(_proofs(generator, today))
    proofs = [proof for proof, *_ in found]
    sheets = list(pages.sheets(proofs, settings.natures, settings.page_size, today))
    proved = [proof for proof in proofs if proof.is_proved]
    context.update({SHEETS: sheets, REGISTER: proofs, LATEST: next((one for one in proved if not one.fictional), proved[0] if proved else None)})
    context.setdefault(registry.ADDRESSES, []).extend(sheet.url for sheet in sheets)
    before = stability.known(Path(generator.settings["OUTPUT_PATH"], JSON))
    lines = [(proof, post.relative_source_path, line) for proof, post, line in found]
    generator.settings.setdefault(registry.PROBLEMS, []).extend(stability.moved(before, lines))
    channel = Channel(path=ATOM, title="preuves", items=tuple(_item(proof, post) for proof, post, _ in found[: settings.feed_size]))
    context.setdefault(CHANNELS, []).append(channel)
    if len(proved) < len(proofs):  # the ages of promises that wait
        turn = dt.datetime.combine(pages.next_month(today), dt.time(), dt.UTC).timestamp()
        generator.settings.setdefault(registry.TURNS, []).append(turn)


def _proofs(generator: Any, today: dt.date) -> Iterator[tuple[Proof, Any, int]]:
    """Each pair, its post and its line."""
    for article in generator.articles:
        kept = getattr(article, "gathered", {}).get(SHELF, ())
        if kept:
            post = _post(article)
            for one in sorted(kept, key=lambda fact: fact["line"]):
                yield register.proof(one, post, _source(one, generator), today), article, one["line"]


def _post(article: Any) -> _Post:
    own = article.metadata.get("id", "")
    name = own or f"{article.date:%Y}:{PurePosixPath(article.get_relative_source_path()).stem}"
    return _Post(name, article.url, str(article.title), clock.bare(article.date), tuple(tag.name for tag in getattr(article, "tags", ())))


def _source(kept: Mapping[str, Any], generator: Any) -> tuple[Place | None, str]:
    """Where the source of a proof is, and its words."""
    if kept["source"] is None:
        return None, ""
    address, text, talk, second = kept["source"]
    if talk:
        post = next((found for found in generator.articles if found.slug == talk), None)
        return Place(post.url, f"t={second}" if second else "") if post else None, text or f"vidéo « {talk} »"
    if address.startswith("{"):
        path, _, anchor = address.partition("}")[2].lstrip("/").partition("#")
        post = generator.context["generated_content"].get(path)
        return Place(post.url, anchor) if post else None, text
    return Place(address) if address else None, text


def _item(proof: Proof, article: Any) -> Item:
    return Item(post=article, anchor=proof.place.anchor, title=clip(proof.promise, 120), html=to_html_string(_told(proof)))


def _told(proof: Proof) -> Element:
    """A pair where no style exists."""
    facts = el("dl")
    for term, value in ((PROMISE, proof.promise), (PROOF, proof.proof or WAITING), ("Indicateur", proof.indicator), ("Mesure", proof.figures)):
        if value:
            add_plain(facts, "dt", term)
            add_plain(facts, "dd", value)
    if proof.fictional:
        add_plain(facts, "dt", "Exemple fictif")
        add_plain(facts, "dd", "Les chiffres servent à montrer le calcul.")
    return facts


def write(generator: Any, writer: Any) -> None:
    """The pages of the register, then its files."""
    context, site = generator.context, str(generator.settings["SITEURL"]).rstrip("/")
    template = generator.get_template("preuves")
    sheet: Sheet
    for sheet in context[SHEETS]:
        writer.write_file(f"{sheet.url}index.html", template, context, sheet=sheet, url=sheet.url)
    writer.make(JSON, exports.as_json, (site, context[REGISTER]))
    writer.make(CSV, exports.as_csv, (site, context[REGISTER]))
    writer.save(SCHEMA, json.dumps(exports.schema(), ensure_ascii=False, indent=1) + "\n")
