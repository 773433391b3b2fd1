"""From what is asked for to what is planned: each file with the digests of all that it is made from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import jinja2
from jinja2 import Environment, defaults

from plancher.base import digest, links
from plancher.base.deadline import TooLong, deadline
from plancher.build import render, templates
from plancher.build.digests import Digests
from plancher.build.plan import Plan
from plancher.build.render import Job, MakingError
from plancher.build.staleness import UNKNOWN
from plancher.build.templates import Needs, UnknownError
from plancher.cache.body import LostError
from plancher.site.claims import Claim
from plancher.site.model import Post
from plancher.site.requests import CopiedFile, FirstPage, MadeFile, PageRequest, TemplatePage, TextFile

_LONGEST = 64
"""Characters of an input that is kept as it is."""
_ANYWHERE = frozenset({"404.html"})
"""Pages that a host shows at any address: nothing is relative to them."""


class AnyTemplate(Protocol):
    """A template of Jinja's, or what stands for one that cannot be read."""

    environment: Environment

    @property
    def name(self) -> str | None:
        """With its extension."""

    def render(self, *values: object, **others: object) -> str:
        """The page."""


class PagePlanner:
    """Plans the files of one build."""

    def __init__(  # noqa: PLR0913 - all that pages share
        self, plan: Plan, fingerprint: str, shared: Mapping[str, object], template: Callable[[str], AnyTemplate | None], site: str, *, is_relative: bool
    ) -> None:
        """Plan pages that share these values.

        :param fingerprint: of code, versions, and the settings that decide of every page.
        :param shared: what every template may use, by name.
        :param template: the template of this name, without extension; None where somebody else's theme has none.
        :param site: the address of the site.
        :param is_relative: whether links are to be relative to the page.
        """
        self.plan = plan
        self.fingerprint = fingerprint
        self.shared = shared
        self.template = template
        self.base = links.path_of(site)
        self.is_relative = is_relative
        self.digests = Digests(self.base)
        self._needs: dict[str, Needs] = {}
        self._unreadable: dict[str, jinja2.TemplateError] = {}
        self._known_templates: Mapping[str, templates.Mentions] = {}
        self._shared_digests: dict[tuple[str, frozenset[str]], str] = {}
        self._kinds: dict[tuple[str, tuple[str, ...]], tuple[list[str], dict[str, str]]] = {}

    def request(self, asked: PageRequest) -> None:
        """Any file that somebody asks for."""
        match asked:
            case TemplatePage():
                self.page(asked.path, asked.template, asked.values)
            case MadeFile():
                inputs = {"contenu": _short(self.digests.of("", asked.argument)), "programme": self.fingerprint}
                self._want(
                    Claim(asked.path, asked.asker or asked.maker, if_replaced=asked.if_replaced), inputs, lambda: Job(asked.path, asked.maker, asked.argument)
                )
            case TextFile():
                claim = Claim(asked.path, asked.asker or render.as_is, if_replaced=asked.if_replaced, includes=asked.includes)
                self._want(claim, {"contenu": digest.of_text(asked.text)}, lambda: Job(asked.path, render.as_is, asked.text))
            case CopiedFile():
                inputs = {"fichier": asked.digest or self.plan.content(asked.source)}
                self._want(Claim(asked.path, asked.stands_for or asked.source), inputs, lambda: Job(asked.path, render.copied, str(asked.source)))

    def page(self, path: str, template_name: str, values: Mapping[str, object]) -> None:
        """A page that a template makes of these values."""
        template = self.template(template_name)
        if template is None:
            self.plan.without_template.append(path)
            return
        values = {key: value.value if isinstance(value, FirstPage) else value for key, value in values.items()}
        place = self.place(path)
        claim = claim_of(path, values)
        try:
            names, fixed = self._kind(template, tuple(values))
            own = {name: values[name] for name in names}
            inputs = {name: _short(self.digests.of(name, value)) for name, value in own.items()} | fixed
            inputs |= {"adresses relatives": repr(place)} if place else {}
        except UnknownError:
            self._now(claim, template, {**self.shared, **values}, place)
            return
        except jinja2.TemplateError as error:  # it cannot even be read
            self.failed(claim, error, str(template.name))
            return
        name, shared, view = str(template.name), inputs["cadre"], self.digests.view
        more: dict[str, object] = {render.PLACE: place} if place else {}
        self._want(claim, inputs, lambda: Job(path, render.page, (name, shared, {key: view(key, value) for key, value in own.items()} | more)))

    def place(self, path: str) -> tuple[str, str] | None:
        """What the links of a page are relative to; None when they are not."""
        return (path, self.base) if self.is_relative and path not in _ANYWHERE else None

    def _now(self, claim: Claim, template: AnyTemplate, scope: Mapping[str, object], place: tuple[str, str] | None) -> None:
        """A page of which nobody knows what it depends on, made in this process."""
        try:
            with self.bounded(claim.path, template):
                page = template.render(scope)
        except (LostError, OSError, MakingError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a template does
            self.failed(claim, error, str(template.name))
        else:
            text = links.relative(page, *place) if place else page
            self._want(claim, {UNKNOWN: ""}, lambda: Job(claim.path, render.as_is, text))

    @contextlib.contextmanager
    def bounded(self, path: str, template: AnyTemplate) -> Iterator[None]:
        """Rendering at once, in this process, must end too.

        :raises MakingError: it did not.
        """
        try:
            with deadline(render.LIMIT):
                yield
        except TooLong as late:
            raise MakingError(render.stopped(f"/{path}", str(template.name), late, self.plan.making.context)) from late

    def failed(self, claim: Claim, error: Exception, template: str) -> None:
        """A page whose template is wrong: said with the others that cannot be made, at its turn."""
        fault = render.at_fault(error, template, self.plan.making.context)
        self._want(claim, {UNKNOWN: ""}, lambda: Job(claim.path, render.failed, (fault.path, fault.line, fault.reason)))

    def _want(self, claim: Claim, inputs: dict[str, str], job: Callable[[], Job]) -> None:
        self.plan.want(claim, inputs, job, self.digests.take_bodies())

    def _kind(self, template: AnyTemplate, given: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
        """Of pages made by one template with values of the same names: which of these it mentions, and the inputs that all of them share.

        :raises UnknownError: nobody can tell.
        """
        env, name = template.environment, str(template.name)
        known = self._kinds.get((name, given))
        if known is None:
            needs = self._needs_of(env, name)
            needs.check()
            own = [key for key in needs.names if key in given]
            fixed = {"gabarit": needs.digest, "cadre": self._shared_digest(env, name, needs, frozenset(own)), "programme": self.fingerprint}
            known = self._kinds[name, given] = (own, fixed)
        return known

    def _needs_of(self, env: Environment, name: str) -> Needs:
        if name in self._unreadable:
            raise self._unreadable[name].with_traceback(None)
        if name not in self._needs:
            book = self.plan.ledger.book
            if not self._needs and not self._unreadable:
                self._known_templates, book.templates = book.templates, {}  # those that are no longer used are forgotten
            try:
                self._needs[name] = templates.needs(env, name, self._known_templates, book.templates)
            except jinja2.TemplateError as error:
                self._unreadable[name] = error
                raise
        return self._needs[name]

    def _shared_digest(self, env: Environment, name: str, needs: Needs, own: frozenset[str]) -> str:
        """The digest of the values that do not depend on the page; the workers know the values by it."""
        if (name, own) not in self._shared_digests:
            shared = {**env.globals, **self.shared}
            fixed = [key for key, value in env.globals.items() if not callable(value)]  # Jinja does not list them among the names
            functions = {*defaults.DEFAULT_NAMESPACE, *(key for key, value in env.globals.items() if callable(value))}  # of the program's digest
            used = [key for key in sorted({*needs.names, *fixed}) if key in shared and key not in own and key not in functions]
            digests = {key: _short(self.digests.of(key, shared[key])) for key in used}
            total = digest.of_text(repr(digests))
            self.plan.making.context.shared[total] = {key: self.digests.view(key, shared[key]) for key in used}
            self.plan.ledger.book.frames[total] = digests
            self._shared_digests[name, own] = total
        return self._shared_digests[name, own]


def claim_of(path: str, values: Mapping[str, object]) -> Claim:
    """Who asks for a page: its values say it; only of a text, the address it gives itself may be another than that of its file."""
    text = values.get("article") or values.get("page")
    return Claim(path, values, text.url if isinstance(text, Post) else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else digest.of_text(text)
