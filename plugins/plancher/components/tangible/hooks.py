"""Between Pelican and the register: posts in, pages and files out."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from plancher.base import addresses, clock, links, tracking
from plancher.base import settings as core_settings
from plancher.base.french import NBSP, clip
from plancher.base.problems import Problem
from plancher.components.tangible import exports, pages, register, stability
from plancher.components.tangible.pages import Sheet
from plancher.components.tangible.register import SHELF, Place, Proof
from plancher.components.tangible.render import PROMISE, PROOF, WAITING, fictional
from plancher.components.tangible.settings import KEY, TangibleSettings
from plancher.components.tangible.stability import Anchor
from plancher.site import public
from plancher.site.feeds import CHANNELS, Channel, Item
from plancher.text.html import Element, add, add_plain, el, to_html_string

SHEETS, REGISTER, LATEST = "REGISTER_SHEETS", "REGISTER_PROOFS", "LATEST_PROOF"
"""In Pelican's context: the pages, all proofs newest first, and the latest proof that is not made up (else the latest)."""
LIST = "BUILD_ADDRESSES_LIST"
"""In the settings: a file to write the public anchors in, for « invoke publish »."""
JSON, CSV, SCHEMA, ATOM = "preuves.json", "preuves.csv", "preuves.schema.json", "feeds/preuves.atom.xml"


@dataclasses.dataclass(frozen=True, slots=True)
class _Post:
    """What a row says of its post."""

    id: str
    url: str
    title: str
    date: dt.datetime
    tags: tuple[str, ...]
    lang: str


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
    _look_at_anchors(generator, found)
    channel = Channel(path=ATOM, title="preuves", page=pages.ROOT, items=tuple(_item(proof, post) for proof, post, _ in found[: settings.feed_size]))
    context.setdefault(CHANNELS, []).append(channel)
    context.setdefault(registry.RELATIONS, {})["cited_moments"] = _cited_moments(generator, found)
    if len(proved) < len(proofs):  # the ages of promises that wait
        turn = dt.datetime.combine(pages.next_month(today), dt.time(), dt.UTC).timestamp()
        generator.settings.setdefault(registry.TURNS, []).append(turn)


def _look_at_anchors(generator: Any, found: Iterable[tuple[Proof, Any, int]]) -> None:
    """Compare the anchors with those that are public; for a publication, write the list that would be kept, where it is asked for."""
    settings = generator.settings
    before, unreadable = public.load(Path(settings["PATH"], public.FILE))
    files = {_identifier(article): article.get_relative_source_path() for article in (*generator.articles, *generator.hidden_articles)}
    named = {(article.get_relative_source_path(), kept["line"]) for article in generator.articles for kept in _kept(article) if kept["named"]}
    now = [
        Anchor(
            post=_identifier(post),
            name=proof.place.anchor,
            words=proof.promise,
            path=post.get_relative_source_path(),
            line=line,
            is_named=(post.get_relative_source_path(), line) in named,
        )
        for proof, post, line in found
    ]
    problems = [(public.FILE, problem) for problem in unreadable] or list(stability.moved(before, now, files))
    settings.setdefault(registry.PROBLEMS, []).extend(problems)
    if settings.get(LIST) and not unreadable:
        with contextlib.suppress(OSError):  # a cache that cannot be written
            Path(settings[LIST]).write_text(stability.renewed(before, now, files), encoding="utf-8", newline="\n")


def _kept(article: Any) -> Any:
    return getattr(article, "gathered", {}).get(SHELF, ())


def _proofs(generator: Any, today: dt.date) -> Iterator[tuple[Proof, Any, int]]:
    """Each pair, its post and its line."""
    talks = {post.slug: post for post in generator.articles}
    for article in generator.articles:
        kept = getattr(article, "gathered", {}).get(SHELF, ())
        if kept:
            post = _post(article, generator.settings)
            for one in sorted(kept, key=lambda fact: fact["line"]):
                _look_for_talk(one, article, talks, generator.settings)
                source = _source(one, article, talks, generator.context)
                known = generator.context.get(registry.STATES, {})
                state = known.get(tracking.clean(one["source"][0]), "") if source[0] and source[0].is_elsewhere else ""
                yield register.proof(one, post, source, today, state), article, one["line"]


def _cited_moments(generator: Any, found: Iterable[tuple[Proof, Any, int]]) -> dict[str, tuple[tuple[int, str, Place], ...]]:
    """For each post with a talk, the proofs that cite a moment of it: the second, the promise, where it stands."""
    paths = {post.url: str(post.source_path) for post in generator.articles}
    cited: dict[str, list[tuple[int, str, Place]]] = collections.defaultdict(list)
    for proof, *_ in found:
        if proof.source and proof.source.anchor.startswith("t=") and proof.source.path in paths:
            cited[paths[proof.source.path]].append((int(proof.source.anchor[2:]), proof.promise, proof.place))
    return {path: tuple(sorted(moments, key=lambda moment: moment[0])) for path, moments in cited.items()}


def _identifier(article: Any) -> str:
    """What a post is known by, whatever its address."""
    return article.metadata.get("id", "") or PurePosixPath(article.get_relative_source_path()).with_suffix("").as_posix()


def _post(article: Any, settings: Mapping[str, Any]) -> _Post:
    name = _identifier(article)
    tags = tuple(tag.name for tag in getattr(article, "tags", ()))
    lang = "" if article.lang == settings["DEFAULT_LANG"].lower() else article.lang
    return _Post(name, article.url, str(article.title), clock.bare(article.date), tags, lang)


def _look_for_talk(kept: Mapping[str, Any], article: Any, talks: Mapping[str, Any], settings: Any) -> None:
    """A talk that a proof cites has its post."""
    name = kept["source"][2] if kept["source"] else ""
    if name and name not in talks:
        message = f"aucun billet ne porte la vidéo « {name} ». Donnez le nom de fichier du billet qui la montre."
        settings.setdefault(registry.PROBLEMS, []).append((article.get_relative_source_path(), Problem(kept["line"], "PDV042", message)))


def _source(kept: Mapping[str, Any], article: Any, talks: Mapping[str, Any], context: Mapping[str, Any]) -> tuple[Place | None, str]:
    """Where the source of a proof is, and its words."""
    if kept["source"] is None:
        return None, ""
    address, text, talk, second = kept["source"]
    if talk:  # a browser finds the moment, or the head of the post
        return Place(talks[talk].url, f"t={second}" if second else "") if talk in talks else None, text
    path, _, anchor = address.partition("#")
    inside = addresses.inside(address, article.get_relative_source_path())
    if inside is not None:
        found = context["generated_content"].get(inside) or context["static_content"].get(inside)
        return Place(found.url, anchor) if found else None, text
    if addresses.is_web(address):
        return Place(path, anchor), text
    if address.startswith(("#", "/")):
        return Place(links.within(path, str(article.settings["SITEURL"])) if path else article.url, anchor), text
    return None, text


def _item(proof: Proof, article: Any) -> Item:
    return Item(post=article, anchor=proof.place.anchor, title=clip(proof.promise, 120), html=to_html_string(_told(proof)))


def _told(proof: Proof) -> Element:
    """A pair where no style exists: every fact, each after its name."""
    box = el("div")
    if proof.fictional:
        add_plain(add(box, "p"), "em", fictional(numbers=bool(proof.before or proof.after)))
    facts = add(box, "dl", **({"lang": proof.lang} if proof.lang else {}))
    for term, value in _facts(proof):
        if value:
            add_plain(facts, "dt", term)
            add_plain(facts, "dd", value)
    return box


def _facts(proof: Proof) -> Iterator[tuple[str, str]]:
    yield from ((PROMISE, proof.promise), (PROOF, proof.proof or WAITING), ("Indicateur", proof.indicator), ("Mesure", proof.figures))
    yield "Auparavant", f"{NBSP}; ".join(f"{when}, {text}" if when else text for when, text in proof.history)
    yield from (("Période", proof.period), ("Nature", proof.nature), ("Niveau de preuve", proof.level))
    link = proof.source.path if proof.source and proof.source.is_elsewhere else ""
    yield "Source", proof.source_text if not link or link == proof.source_text else f"{proof.source_text} <{link}>"
    yield "État de la source", "source à retrouver" if proof.lost_its_source else ""
    yield "À réexaminer", proof.review_text


def write(generator: Any, writer: Any) -> None:
    """The pages of the register, then its files."""
    context, site = generator.context, str(generator.settings["SITEURL"]).rstrip("/")
    template = generator.get_template("preuves")
    sheet: Sheet
    for sheet in context[SHEETS]:
        writer.write_file(f"{sheet.url}index.html", template, context, sheet=sheet, url=sheet.url)
    writer.make(JSON, exports.as_json, (site, context[REGISTER]))
    writer.make(CSV, exports.as_csv, (site, context[REGISTER]))
    writer.copy(SCHEMA, Path(__file__).with_name(SCHEMA))
