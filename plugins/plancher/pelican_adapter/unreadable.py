"""Templates that cannot be read: what they make fails, page by page, and the rest of the site is made."""

from __future__ import annotations

import dataclasses
from typing import Any, NoReturn

from jinja2 import Environment, TemplateError
from pelican.generators import Generator, PelicanTemplateNotFound

from plancher.pelican_adapter.plugins import has_own_theme


@dataclasses.dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a template, for who has a page made by it."""

    environment: Environment
    name: str
    error: Exception

    def render(self, *_values: Any, **_others: Any) -> NoReturn:
        """:raises Exception: why it cannot be read."""
        raise self.error


class ForgivingTemplates(Generator):
    """Gives its templates to everybody, the wrong ones too."""

    def get_template(self, name: str) -> Any:
        """The template; one that fails when it is rendered, when this one cannot be read; None where somebody else's theme has no such page."""
        try:
            return super().get_template(name)
        except (TemplateError, PelicanTemplateNotFound) as error:
            if isinstance(error, PelicanTemplateNotFound) and not has_own_theme(self.settings):
                return None
            return Unreadable(self.env, f"{name}{self.settings['TEMPLATE_EXTENSIONS'][0]}", error)
