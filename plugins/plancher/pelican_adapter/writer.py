"""Pelican's writer, which writes nothing: it says what each page is made from, and the plan decides."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import Environment, Template, defaults
from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.writers import Writer

from plancher.base import digest, links
from plancher.base.deadline import TooLong, deadline
from plancher.build import owners, render, templates
from plancher.build.bytecode import ready
from plancher.build.plan import UNKNOWN, Plan
from plancher.build.render import Job, MakingError, RenderContext
from plancher.build.templates import Needs, UnknownError
from plancher.cache.body import LostError
from plancher.pelican_adapter.plugins import culprit
from plancher.pelican_adapter.views import Viewer
from plancher.site.claims import Claim
from plancher.site.makers import Maker
from plancher.text.grammar import FirstPage

_LONGEST = 64
"""Characters of an input that is kept as it is."""
_ANYWHERE = frozenset({"404.html"})
"""Pages that a host shows at any address: nothing is relative to them."""
SITE = "BUILD_SITE"
"""Where the settings hold what the engine made for this build."""


@dataclasses.dataclass(slots=True)
class Site:
    """What a build's writer works with."""

    plan: Plan
    bench: RenderContext
    fingerprint: str
    """Code, versions, and the settings that decide of every page."""
    is_open: bool
    """Whether plugins we do not know are at work: pages then see all that Pelican has, and are made each time."""
    viewer: Viewer = dataclasses.field(default_factory=Viewer)
    skipped: list[str] = dataclasses.field(default_factory=list)
    """Pages for which the theme has no template."""


class RecordingWriter(Writer):
    """Every file of the site goes through one of ``write_file``, ``make``, ``save`` and ``copy``."""

    def __init__(self, output_path: str, settings: Any = None) -> None:
        super().__init__(output_path, settings)
        self.site: Site = self.settings[SITE]
        self._needs: dict[str, Needs] = {}
        self._unreadable: dict[str, jinja2.TemplateError] = {}
        self._known: dict[str, Any] = {}
        self._frames: dict[tuple[str, frozenset[str]], str] = {}
        self._written: dict[str, Mapping[str, Any]] = {}
        self._kinds: dict[tuple[str, tuple[str, ...]], tuple[list[str], dict[str, str]]] = {}

    def write_file(  # noqa: PLR0913, PLR0917 - Pelican's signature
        self,
        name: str,
        template: Template | None,
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: FBT001, FBT002 - Pelican's signature
        paginated: dict[str, Any] | None = None,  # noqa: ARG002 - Pelican's signature
        template_name: str | None = None,
        override_output: bool = False,  # noqa: FBT001, FBT002 - Pelican's signature
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """A page, or the pages of a list."""
        if not name:
            return
        if template is None:  # not of this theme
            self.site.skipped.append(name)
            return
        if self.site.is_open:
            for path, values in self._pages(name, url, template_name, kwargs):
                self._at_once(path, template, context, values, relative=relative_urls, override=override_output, url=url)
            return
        for path, values in self._pages(name, url, template_name, kwargs):
            self._page(path, template, context, values, relative=relative_urls)

    def _at_once(  # noqa: PLR0913 - what Pelican's writer asks for
        self, name: str, template: Template, context: dict[str, Any], values: dict[str, Any], *, relative: bool, override: bool, url: str | None
    ) -> None:
        """Write a page as Pelican does, with all that it has: other plugins are told of it."""
        claim = _claim(name, values)
        self.site.plan.notice(claim)
        place, is_over = self._free_place(name, values)
        shown: Any = _Relative(template, self._base) if relative else template
        try:
            with _bounded(name, template):
                super().write_file(place, shown, context, relative, {}, None, override or is_over, url, **values)
        except (LostError, OSError, MakingError):
            raise
        except Exception as error:
            if culprit(error, self.settings["PLUGINS"]):
                raise
            self._failed(claim if place == name else Claim(place, values), error, str(template.name))

    def complete(self, context: dict[str, Any]) -> None:
        """The last generator is done: where plugins of others are at work, all files are there before they are told so."""
        if self.site.is_open:
            for path in self.site.plan.make_everything(Path(self.settings["PATH"])):
                if path.endswith(".xml") and path != "sitemap.xml":
                    signals.feed_written.send(str(self.site.plan.staging / path), context=context, feed=None)

    @property
    def _base(self) -> str:
        """The folder of the site on its host."""
        return links.path_of(str(self.settings["SITEURL"]))

    def _free_place(self, name: str, values: Mapping[str, Any]) -> tuple[str, bool]:
        """Where a page that is written at once goes, and whether it takes the place of another: of two, a text is put aside.

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

    def _pages(self, name: str, url: str | None, template_name: str | None, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The path and the values of each page of a list; of one page, when it is no list."""
        lists = {key: values[key] for key in ("articles", "dates") if key in values}
        if not lists or template_name not in self.settings["PAGINATED_TEMPLATES"]:
            yield name, {key: _on_page(1, value) for key, value in values.items()}
            return
        size = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
        paginators = {key: Paginator(name, url, found, self.settings, size) for key, found in lists.items()}
        first = next(iter(paginators))
        numbers = range(1, paginators[first].num_pages + 1)
        # Made once each, and nothing before the first or after the last.
        sheets = {key: [None, *(one.page(number) if number <= one.num_pages else None for number in numbers), None] for key, one in paginators.items()}
        for number in numbers:
            cut: dict[str, Any] = {}
            for key, paginator in paginators.items():
                cut |= {f"{key}_previous_page": sheets[key][number - 1], f"{key}_page": sheets[key][number], f"{key}_next_page": sheets[key][number + 1]}
                cut[f"{key}_paginator"] = paginator
            yield cut[f"{first}_page"].save_as, {key: _on_page(number, value) for key, value in values.items()} | cut

    def _page(self, path: str, template: Template, context: Mapping[str, Any], values: dict[str, Any], *, relative: bool) -> None:
        place = (path, self._base) if relative and path not in _ANYWHERE else None
        try:
            names, fixed = self._kind(template, context, tuple(values))
            own = {name: values[name] for name in names}
            mark = self.site.viewer.mark
            inputs = {name: _short(mark(name, value)) for name, value in own.items()} | fixed
            inputs |= {"adresses relatives": repr(place)} if place else {}
        except UnknownError:
            self._now(_claim(path, values), template, {**context, **values}, place)
            return
        except jinja2.TemplateError as error:  # it cannot even be read
            self._failed(_claim(path, values), error, str(template.name))
            return
        name, frame, view = str(template.name), inputs["cadre"], self.site.viewer.view
        more = {render.PLACE: place} if place else {}
        self._want(_claim(path, values), inputs, lambda: Job(path, render.page, (name, frame, {key: view(key, value) for key, value in own.items()} | more)))

    def _now(self, claim: Claim, template: Template, scope: dict[str, Any], place: tuple[str, str] | None) -> None:
        """A page of which nobody knows what it depends on, made in this process."""
        try:
            with _bounded(claim.path, template):
                rendered = template.render(scope)
        except (LostError, OSError, MakingError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a template does
            self._failed(claim, error, str(template.name))
        else:
            made = links.relative(rendered, *place) if place else rendered
            self._want(claim, {UNKNOWN: ""}, lambda: Job(claim.path, render.as_is, made))

    def _failed(self, claim: Claim, error: Exception, template: str) -> None:
        """A page whose template is wrong: said with the others that cannot be made, at its turn."""
        fault = render.at_fault(error, template)
        self._want(claim, {UNKNOWN: ""}, lambda: Job(claim.path, render.failed, (fault.path, fault.line, fault.reason)))

    def _kind(self, template: Template, context: Mapping[str, Any], given: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
        """Of pages made by one template with values of the same names: which of these it mentions, and the inputs that all of them share.

        :raises UnknownError: nobody can tell.
        """
        env, name = template.environment, str(template.name)
        found = self._kinds.get((name, given))
        if found is None:
            needs = self._needs_of(env, name)
            needs.check()
            own = [key for key in needs.names if key in given]
            fixed = {"gabarit": needs.digest, "cadre": self._frame(env, name, needs, context, frozenset(own)), "programme": self.site.fingerprint}
            found = self._kinds[name, given] = (own, fixed)
        return found

    def skips(self, address: str) -> bool:
        """Whether the page at this address is not made, for want of a template in the theme."""
        return bool(self.site.skipped) and (f"{address}index.html" if not address or address.endswith("/") else address) in self.site.skipped

    def make(self, path: str, function: Maker, argument: Any) -> None:
        """Any other file: what ``function`` makes of ``argument``, in any process.

        :param function: of a module.
        :param argument: plain values, dates, lists, and dataclasses of these.
        """
        inputs = {"contenu": _short(self.site.viewer.mark("", argument)), "programme": self.site.fingerprint}
        self._want(Claim(path, function), inputs, lambda: Job(path, function, argument))

    def save(self, path: str, text: str) -> None:
        """A text that is made already."""
        self._want(Claim(path, render.as_is), {"contenu": digest.of_text(text)}, lambda: Job(path, render.as_is, text))

    def copy(self, path: str, source: Path) -> None:
        """A file that is published as it is."""
        self._want(Claim(path, source), {"fichier": self.site.plan.content(source)}, lambda: Job(path, render.copied, str(source)))

    def _want(self, claim: Claim, inputs: dict[str, str], job: Callable[[], Job]) -> None:
        self.site.plan.want(claim, inputs, job, self.site.viewer.bodies())

    def _needs_of(self, env: Environment, name: str) -> Needs:
        if name in self._unreadable:
            raise self._unreadable[name].with_traceback(None)
        if name not in self._needs:
            self.site.bench.env = ready(env, self.settings, self.site.fingerprint)
            book = self.site.plan.ledger.book
            if not self._needs and not self._unreadable:
                self._known, book.templates = book.templates, {}  # those that are no longer used are forgotten
            try:
                self._needs[name] = templates.needs(env, name, self._known, book.templates)
            except jinja2.TemplateError as error:
                self._unreadable[name] = error
                raise
        return self._needs[name]

    def _frame(self, env: Environment, name: str, needs: Needs, context: Mapping[str, Any], own: frozenset[str]) -> str:
        """The digest of the values that do not depend on the page; the workers know the values by it."""
        if (name, own) not in self._frames:
            shared = {**env.globals, **context}
            fixed = [key for key, value in env.globals.items() if not callable(value)]  # Jinja does not list them among the names
            functions = {*defaults.DEFAULT_NAMESPACE, *(key for key, value in env.globals.items() if callable(value))}  # of the program's digest
            used = [key for key in sorted({*needs.names, *fixed}) if key in shared and key not in own and key not in functions]
            marks = {key: _short(self.site.viewer.mark(key, shared[key])) for key in used}
            total = digest.of_text(repr(marks))
            self.site.bench.frames[total] = {key: self.site.viewer.view(key, shared[key]) for key in used}
            self.site.plan.ledger.book.frames[total] = marks
            self._frames[name, own] = total
        return self._frames[name, own]


class _Relative:
    """A template whose links are relative to the page it makes."""

    def __init__(self, template: Template, base: str) -> None:
        """:param base: the folder of the site on its host."""
        self._template = template
        self._base = base

    def render(self, context: Mapping[str, Any]) -> str:
        """What Pelican's writer asks for."""
        made, path = self._template.render(context), str(context["output_file"])
        return made if path in _ANYWHERE else links.relative(made, path, self._base)


@contextlib.contextmanager
def _bounded(path: str, template: Template) -> Iterator[None]:
    """Rendered at once, in this process: it must end all the same.

    :raises MakingError: it did not.
    """
    try:
        with deadline(render.LIMIT):
            yield
    except TooLong as late:
        raise MakingError(render.stopped(f"/{path}", str(template.name), late)) from late


def _claim(path: str, values: Mapping[str, Any]) -> Claim:
    """Who asks for a page: its values say it; only of a text, the address it gives itself may be another than that of its file."""
    text = values.get("article") or values.get("page")
    return Claim(path, values, getattr(text, "url", ""))


def _on_page(number: int, value: Any) -> Any:
    """What the page of this number may know of a value."""
    return (value.value if number == 1 else None) if isinstance(value, FirstPage) else value


def _short(mark: str) -> str:
    return mark if len(mark) <= _LONGEST else digest.of_text(mark)
