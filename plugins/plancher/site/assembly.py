"""All that the components of a site give, asked once and in their order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from plancher.base.problems import SiteProblem
from plancher.site import former
from plancher.site.collected import Collected, MenuEntry
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import PageRequest, TemplatePage
from plancher.text.grammar import Grammar, kinds_by_name

AnyComponent = Component[Any, Any]  # Any: each component has its own settings and its own index


def grammar(components: Sequence[AnyComponent]) -> Grammar:
    """What the components bring to reading.

    :raises ValueError: two of them define one block.
    """
    return Grammar(
        kinds=kinds_by_name(kind for component in components for kind in component.blocks()),
        text_filters=tuple(_given(component.text_filter() for component in components)),
        advice=tuple(rule for component in components for rule in component.text_advice()),
        resolve_document=tuple(_given(component.resolve_document() for component in components)),
        legacy_tag_lines=tuple(_given(component.legacy_tag_lines() for component in components)),
        keep_words=next(_given(component.keep_words() for component in components), None),
        scan_transforms=tuple(pair for component in components for pair in component.scan_transforms().items()),
    )


def _given(values: Iterable[Any]) -> Iterator[Any]:  # Any: whatever they are, they stay
    yield from (value for value in values if value is not None)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assembly(Collected):
    """The same, and who gave it."""

    _indexed: tuple[tuple[AnyComponent, Any], ...] = ()  # Any: each index is its component's

    def advice(self) -> Iterator[SiteProblem]:
        """What « invoke check » alone says."""
        for component, index in self._indexed:
            yield from component.advice(self.site, index)
            yield from component.shared_advice(self.site, self)

    def plain_pages(self) -> Iterator[PageRequest]:
        """The pages that our own settings ask for by name."""
        for component, index in self._indexed:
            yield from component.plain_pages(self.site, index)

    def command_files(self) -> Mapping[str, str]:
        """What the author's commands ask a build for."""
        return {name: text for component, index in self._indexed for name, text in component.command_files(self.site, index).items()}

    def menu_entries(self) -> tuple[MenuEntry, ...]:
        """The links of the menu that components bring."""
        return tuple(entry for component, index in self._indexed for entry in component.menu(self.site, index))

    def outputs(self) -> Iterator[PageRequest]:
        """The files for machines."""
        for component, _ in self._indexed:
            yield from component.outputs(self.site, self)

    def server_files(self) -> Mapping[str, str]:
        """What the owner's own server may take into its settings."""
        return {name: text for component, _ in self._indexed for name, text in component.server_files(self.site, self).items()}


def assemble(
    site: Site,
    components: Sequence[AnyComponent],
    has_template: Callable[[str], bool],
    *,
    blog_pages: Sequence[TemplatePage] = (),
    year_pages: Sequence[TemplatePage] = (),
) -> Assembly:
    """Ask every component for all that it gives.

    :param has_template: whether the theme has a template of this name.
    """
    indexed = tuple((component, component.collect(site)) for component in components)
    pages = tuple(page for component, index in indexed for page in component.pages(site, index))
    past = former.gather(site)
    expiries = (component.expires_at(site, index) for component, index in indexed)
    assembly = Assembly(
        site=site,
        pages=pages,
        feeds=tuple(feed for component, index in indexed for feed in component.feeds(site, index)),
        site_values=_merged(component.site_values(site, index) for component, index in indexed),
        post_values=_merged(component.post_values(site, index) for component, index in indexed),
        tag_values=_merged(component.tag_values(site, index) for component, index in indexed),
        category_values=_merged(component.category_values(site, index) for component, index in indexed),
        replies=_merged(component.replies(site, index) for component, index in indexed),
        redirections=tuple(pair for component, index in indexed for pair in component.redirections(site, index)),
        frame_hosts=tuple(sorted({host for component, _ in indexed for host in component.frame_hosts(site)})),
        form_hosts=tuple(sorted({host for component, _ in indexed for host in component.form_hosts(site)})),
        checks=tuple(problem for component, index in indexed for problem in component.checks(site, index)) + past.problems,
        former=past,
        expires_at=min((moment for moment in expiries if moment is not None), default=None),
        blog_pages=tuple(blog_pages),
        year_pages=tuple(year_pages),
        missing=_missing(site, [*blog_pages, *year_pages, *pages], has_template),
        _indexed=indexed,
    )
    return dataclasses.replace(
        assembly,
        site_values=_merged([assembly.site_values, *(component.shared_values(site, assembly) for component in components)]),
        checks=(*assembly.checks, *(problem for component in components for problem in component.shared_checks(site, assembly))),
    )


def _missing(site: Site, pages: Iterable[PageRequest], has_template: Callable[[str], bool]) -> frozenset[str]:
    """The addresses for which the theme has no template."""
    made = [(page.template, page.address) for page in pages if isinstance(page, TemplatePage)]
    made += [(post.template or ("page" if post.is_page else "article"), post.url) for post in site.texts.values()]
    made += [("tag", tag.url) for tag, _ in site.tags] + [("category", category.url) for category, _ in site.categories]
    lacking = {template for template in {template for template, _ in made} if not has_template(template)}
    return frozenset(address for template, address in made if template in lacking)


def _merged(parts: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:  # Any: values of templates
    return {name: value for part in parts for name, value in part.items()}
