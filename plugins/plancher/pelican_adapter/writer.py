"""Pelican's writer where somebody else's plugin or theme is at work: pages are written at once, with all that Pelican has; other files are planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.writers import Writer

from plancher.base import links
from plancher.build import owners
from plancher.build.page_planner import PagePlanner, claim_of
from plancher.build.render import MakingError
from plancher.build.values import Text
from plancher.cache.body import LostError
from plancher.pelican_adapter.plugins import culprit
from plancher.site.assembly import Assembly
from plancher.site.claims import Claim
from plancher.site.model import Post
from plancher.site.requests import TemplatePage, on_page


class PelicanWriter(Writer):
    """Every page goes through ``write_file``."""

    planner: PagePlanner
    """Set by the engine, before anything is written."""
    assembly: Assembly
    reassemble: Callable[[], Assembly]
    """Asks components once more."""
    shared: Mapping[str, object]
    """What every template may use, beside what Pelican gives."""

    def __init__(self, output_path: str, settings: Any = None) -> None:
        super().__init__(output_path, settings)
        self._written: dict[str, Mapping[str, object]] = {}

    def write_file(  # noqa: PLR0913, PLR0917 - Pelican's signature
        self,
        name: str,
        template: Template | None,
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: FBT001, FBT002 - Pelican's signature
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,  # noqa: FBT001, FBT002 - Pelican's signature
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """A page, or the pages of a list, as Pelican writes them: other plugins are told of each."""
        if not name:
            return
        if template is None:  # not of this theme
            self.planner.plan.without_template.append(name)
            return
        for path, values in self._pages(name, url, template_name, {**kwargs, **self._values(kwargs)}):
            self._write(path, template, context, values, relative=relative_urls, override=override_output, url=url)

    def _write(  # noqa: PLR0913 - what Pelican's writer asks for
        self, name: str, template: Template, context: dict[str, Any], values: dict[str, Any], *, relative: bool, override: bool, url: str | None
    ) -> None:
        """One page, at once, with all that Pelican has."""
        known = {**values, **self._text(values)}
        claim = claim_of(name, known)
        self.planner.plan.notice(claim)
        place, is_over = self._free_place(name, known)
        shown: Any = _Relative(template, self.planner) if relative else template
        try:
            with self.planner.bounded(name, template):
                super().write_file(place, shown, context, relative, {}, None, override or is_over, url, **{**self.shared, **values})
        except (LostError, OSError, MakingError):
            raise
        except Exception as error:
            if culprit(error, self.settings["PLUGINS"]):
                raise
            self.planner.failed(claim if place == name else Claim(place, known), error, str(template.name))

    def _pages(self, name: str, url: str | None, template_name: str | None, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The path and the values of each page of a list; of one page, when it is no list."""
        lists = {key: values[key] for key in ("articles", "dates") if key in values}
        if not lists or template_name not in self.settings["PAGINATED_TEMPLATES"]:
            yield name, {key: on_page(1, value) for key, value in values.items()}
            return
        size = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
        paginators = {key: Paginator(name, url, posts, self.settings, size) for key, posts in lists.items()}
        first = next(iter(paginators))
        numbers = range(1, paginators[first].num_pages + 1)
        # Made once each, and nothing before the first or after the last.
        sheets = {key: [None, *(one.page(number) if number <= one.num_pages else None for number in numbers), None] for key, one in paginators.items()}
        for number in numbers:
            cut: dict[str, Any] = {}
            for key, paginator in paginators.items():
                cut |= {f"{key}_previous_page": sheets[key][number - 1], f"{key}_page": sheets[key][number], f"{key}_next_page": sheets[key][number + 1]}
                cut[f"{key}_paginator"] = paginator
            yield cut[f"{first}_page"].save_as, {key: on_page(number, value) for key, value in values.items()} | cut

    def _values(self, values: Mapping[str, Any]) -> Mapping[str, object]:
        """What components know of a text, of a tag or of a category."""
        for name in self._own(values):
            return self.assembly.values_of(name, values[name].get_relative_source_path())
        kind = next((kind for kind in ("tag", "category") if kind in values), "")
        return self.assembly.values_of(kind, values[kind].name) if kind else {}

    def _text(self, values: Mapping[str, Any]) -> dict[str, object]:
        """The text that a page shows, as the site knows it."""
        texts = self.assembly.site.texts
        named = {name: texts.get(values[name].get_relative_source_path()) for name in self._own(values)}
        listed = tuple([texts.get(content.get_relative_source_path()) for content in values.get("articles", ())[:1]])
        return {**named, **({"articles": listed} if listed else {})}

    @staticmethod
    def _own(values: Mapping[str, Any]) -> list[str]:
        """Which of its values are a text of the blog: that of a component is none."""
        return [name for name in ("article", "page") if name in values and not isinstance(values[name], Text)]

    def write_components(self, generator: Any) -> None:
        """The pages and files of components, and what is made from all of them, now that plugins of others have done with the texts."""
        self.assembly = self.reassemble()
        for asked in (*self.assembly.pages, *self.assembly.outputs()):
            if isinstance(asked, TemplatePage):
                view = self.planner.digests.view
                values = {name: view(name, value) if isinstance(value, Post) else value for name, value in asked.values.items()}
                template = self.planner.template(asked.template)
                self.write_file(asked.path, template, generator.context, self.settings["RELATIVE_URLS"], url=asked.address, **values)  # type: ignore[arg-type] # one of Jinja's, or what stands for it
            else:
                self.planner.request(asked)

    def complete(self, context: dict[str, Any]) -> None:
        """The last generator is done: all files are there before other plugins are told so."""
        plan = self.planner.plan
        for path in plan.make_everything(Path(self.settings["PATH"])):
            if path.endswith(".xml") and path != "sitemap.xml":
                signals.feed_written.send(str(plan.staging / path), context=context, feed=None)

    def _free_place(self, name: str, values: Mapping[str, object]) -> tuple[str, bool]:
        """Where a page goes, and whether it takes the place of another: of two, a text is put aside.

        Pelican would stop. Who asked is known (``Plan.settle``): nothing is lost in silence.
        """
        former = self._written.get(name)
        if former is None:
            self._written[name] = values
            return name, False
        place = owners.aside(values)
        if place and place != name:
            return self._free_place(place, values)
        text = owners.aside(former)
        if text:
            made = Path(self.output_path, text)
            made.parent.mkdir(parents=True, exist_ok=True)
            Path(self.output_path, name).replace(made)
        self._written[name] = values
        return name, True


class _Relative:
    """A template whose links are relative to the page it makes."""

    def __init__(self, template: Template, planner: PagePlanner) -> None:
        self._template = template
        self._planner = planner

    def render(self, context: Mapping[str, Any]) -> str:
        """What Pelican's writer asks for."""
        page, place = self._template.render(context), self._planner.place(str(context["output_file"]))
        return links.relative(page, *place) if place else page
