"""What templates of a plain blog may call: ``plancher.link(…)``, ``plancher.of(article)``, and the functions of components."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Any

import jinja2

from plancher.base import addresses
from plancher.outputs.theme import filters
from plancher.outputs.theme.filters import Anchored
from plancher.pelican_adapter.plain.extension import PlainExtension
from plancher.site.requests import on_page


@jinja2.pass_context
def link(context: Mapping[str, Any], path: str) -> str:
    """The address of a page of the site, as Pelican's templates write it: after « SITEURL », which may be relative."""
    return f"{context['SITEURL']}/{addresses.quote(str(path).lstrip('/'))}"


@jinja2.pass_context
def place(context: Mapping[str, Any], value: Anchored) -> str:
    """The address of a place, of the site or elsewhere."""
    page = value.path if addresses.is_web(value.path) else link(context, value.path)
    return f"{page}#{value.anchor}" if value.anchor else page


def functions_of(extension: PlainExtension) -> Mapping[str, Callable[..., object] | types.SimpleNamespace]:
    """By the name that templates use; ours are all under one, so that no filter of the owner's is in their way."""

    def of(found: Any) -> Mapping[str, object]:
        """What components know of a post, a tag or a category of Pelican's: « cited_by », « portrait »…"""
        if extension.assembly is None:
            return {}
        is_post = hasattr(found, "get_relative_source_path")
        kind, key = ("article", found.get_relative_source_path()) if is_post else (type(found).__name__.lower(), found.name)
        return {name: on_page(1, value) for name, value in extension.assembly.values_of(kind, key).items()}

    ours = types.SimpleNamespace(**{**filters.for_site(""), "link": link, "place": place, "of": of})
    brought = {name: function for component in extension.parts.components for name, function in component.template_functions().items()}
    return {"plancher": ours, **brought}
