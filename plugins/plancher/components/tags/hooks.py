"""Between Pelican and the tags: posts in; one name for each tag, the cloud and the pages out."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.urlwrappers import Tag

from plancher.base import clock, files
from plancher.base import settings as core_settings
from plancher.base.problems import Problem
from plancher.cache import tree
from plancher.components.tags import exports, lookalikes, names, pages, vocabulary
from plancher.components.tags.lookalikes import Place
from plancher.components.tags.pages import Atlas, Both
from plancher.components.tags.settings import KEY, TagSettings
from plancher.components.tags.usage import Post, Usage
from plancher.components.tags.vocabulary import FILE, Vocabulary
from plancher.text.grammar import FirstPage

VOCABULARY, SPELLINGS, USAGE, ATLAS, SIZES = "TAG_VOCABULARY", "TAG_SPELLINGS", "TAGS", "TAG_ATLAS", "TAG_SIZES"
"""In Pelican's context: the registry, spellings that had an address, how much each tag is used (what ``tag_cloud`` takes), all pages, the site's choices."""
JSON = "tags.json"


def unify(generator: Any) -> None:
    """Before Pelican groups posts by tag, give each tag a single name and a single address."""
    found, problems = _registry(generator.settings)
    published = [*generator.articles, *generator.translations, *generator.hidden_articles]
    typed = [place for post in published for place in _typed(post)]
    canonical = names.canonical_names((tag for tag, *_ in typed), found.chosen, found.key)
    every = {**canonical, **found.chosen}
    known: dict[str, Tag] = {}
    for post in (*published, *generator.drafts):
        own = names.normalise((tag.name for tag in getattr(post, "tags", ())), every, found.key)
        post.tags = [known.get(name) or known.setdefault(name, _tag(name, generator.settings)) for name in own]
    generator.context.update({VOCABULARY: found, SPELLINGS: names.elsewhere((tag for tag, *_ in typed), canonical, found.key)})
    generator.settings.setdefault(registry.PROBLEMS, []).extend(problems)
    generator.settings.setdefault(registry.ADVICE, []).append(functools.partial(lookalikes.problems, typed, canonical, found))


def _typed(post: Any) -> list[Place]:
    """The tags of a post as its author typed them, each with its file and its line."""
    line = post.record.line("tags") if hasattr(post, "record") else 1
    return [(tag.name, post.get_relative_source_path(), line) for tag in getattr(post, "tags", ())]


def _registry(settings: Any) -> tuple[Vocabulary, list[tuple[str, Problem]]]:
    """The registry of the site, its words set; an empty one when there is none."""
    path = Path(settings["PATH"], FILE)
    if path.is_symlink() or not path.exists():
        return Vocabulary(), []
    try:
        found, problems = vocabulary.parse(files.read_text(path))
    except files.UnreadableError as error:
        return Vocabulary(), [(FILE, Problem(error.line, "PDV030" if error.why == files.NOT_UTF8 else "PDV080", f"ce registre ne se lit pas : {error}."))]
    polish = registry.contributions(settings["PLUGINS"], settings).polish
    entries = {shared: dataclasses.replace(entry, description=polish(entry.description)) for shared, entry in found.entries.items()}
    return Vocabulary(entries, found.parted), [(FILE, problem) for problem in problems]


def _tag(name: str, settings: Any) -> Tag:
    tag = Tag(name, settings)
    tag.slug = name
    return tag


def collect(generator: Any) -> None:
    """Count and relate all tags, and offer them to pages, feeds and site map."""
    context, settings = generator.context, generator.settings
    mine = core_settings.load(settings, KEY, TagSettings)
    kinds = registry.collect(settings["PLUGINS"])
    found: Vocabulary = context[VOCABULARY]
    posts = [_post(article, kinds) for article in generator.articles]
    atlas = pages.atlas(posts, {tag.name: tag.url for tag in generator.tags}, found, mine)
    context.update({USAGE: atlas.usage, ATLAS: atlas, SIZES: mine})
    about = context.setdefault(registry.ABOUT, {})
    about.setdefault("tag", {})["portrait"] = {name: FirstPage(portrait) for name, portrait in atlas.portraits.items()}
    about.setdefault("category", {})["usage"] = {name: FirstPage(Usage(words=words)) for name, words in atlas.usage.categories.items()}
    context[registry.FORMER] = former = _former(atlas, found, context[SPELLINGS])
    context.setdefault(registry.MOVED, []).extend(_moved(former, atlas, settings))
    context.setdefault(registry.LED, []).extend(atlas.led)
    own = [pages.YEARS.format(year=year) for year in atlas.usage.years] + [both.url for both in atlas.both]
    context.setdefault(registry.ADDRESSES, []).extend(own)


def _post(article: Any, kinds: registry.Kinds) -> Post:
    return Post(
        url=article.url,
        title=str(article.title),
        date=clock.bare(article.date).date(),
        category=article.category.name,
        tags=tuple(tag.name for tag in getattr(article, "tags", ())),
        lang="" if article.in_default_lang else article.lang,
        mentions=tuple(registry.mentions(getattr(article, "gathered", {}), kinds)),
    )


def _former(atlas: Atlas, found: Vocabulary, spellings: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The other names of each tag that has a page: those of the registry, then spellings that once had pages; none that is a tag of its own."""
    others = {name: (*(entry.aliases if (entry := found.get(name)) else ()), *spellings.get(name, ())) for name in atlas.portraits}
    return {name: tuple(dict.fromkeys(one for one in names if one not in atlas.portraits)) for name, names in others.items() if names}


def _moved(former: Mapping[str, Sequence[str]], atlas: Atlas, settings: Any) -> Iterator[tuple[str, str]]:
    """The addresses under other names, each with the one it leads to; none stands in the place of a page of a tag."""
    pages_of_tags = [*(portrait.word.url for portrait in atlas.portraits.values()), *(both.url for both in atlas.both)]
    same = str.casefold if tree.is_case_blind(Path(settings["PATH"])) else str
    taken = set(map(same, pages_of_tags))
    aliases = ((settings["TAG_URL"].format(slug=alias), atlas.portraits[name].word.url) for name in sorted(former) for alias in former[name])
    crossings = ((address, both.url) for both in atlas.both for address in pages.formerly(both, former))
    for address, present in itertools.chain(aliases, crossings):
        if same(address) not in taken:
            taken.add(same(address))
            yield address, present


def write(generator: Any, writer: Any) -> None:
    """The words of each year, the pages of two tags, and the data."""
    context: Mapping[str, Any] = generator.context
    atlas: Atlas = context[ATLAS]
    template = generator.get_template("tags_year")
    years = tuple(atlas.usage.years)
    for year, words in atlas.usage.years.items():
        url = pages.YEARS.format(year=year)
        first = frozenset(word.name for word in atlas.usage.words if word.first.year == year)
        new = tuple(word for word in words if word.name in first)
        writer.write_file(f"{url}index.html", template, context, year=year, years=years, usage=Usage(words=words), new=new, url=url)
    template = generator.get_template("tags_together")
    both: Both
    for both in atlas.both:
        writer.write_file(f"{both.url}index.html", template, context, both=both, url=both.url)
    template = generator.get_template("moved")
    titles = {portrait.word.url: name for name, portrait in atlas.portraits.items()}
    titles |= {both.url: f"{both.names[0].name} et {both.names[1].name}" for both in atlas.both}
    for former, present in context[registry.MOVED]:
        writer.write_file(f"{former}index.html", template, context, former=former, present=present, tag_name=titles[present])
    site = str(generator.settings["SITEURL"]).rstrip("/")
    portraits = [atlas.portraits[word.name] for word in atlas.usage.words]
    writer.make(JSON, exports.as_json, (site, context[SIZES].weights, portraits, context[registry.FORMER]))
