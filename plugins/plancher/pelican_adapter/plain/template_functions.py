"""What templates of a plain blog may call: ``plancher.link(…)``, ``plancher.plural(…)``, and the functions of components."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jinja2

from plancher.base import addresses
from plancher.outputs.theme import filters
from plancher.outputs.theme.filters import Anchored
from plancher.site.assembly import AnyComponent


@jinja2.pass_context
def link(context: Mapping[str, Any], path: str) -> str:
    """The address of a page of the site, as Pelican's templates write it: after « SITEURL », which may be relative."""
    return f"{context['SITEURL']}/{addresses.quote(str(path).lstrip('/'))}"


@jinja2.pass_context
def place(context: Mapping[str, Any], value: Anchored) -> str:
    """The address of a place, of the site or elsewhere."""
    page = value.path if addresses.is_web(value.path) else link(context, value.path)
    return f"{page}#{value.anchor}" if value.anchor else page


def functions_of(components: Iterable[AnyComponent]) -> Mapping[str, Callable[..., object] | types.SimpleNamespace]:
    """By the name that templates use; ours are all under one, so that no filter of the owner's is in their way."""
    ours = types.SimpleNamespace(**{**filters.for_site(""), "link": link, "place": place})
    return {"plancher": ours, **{name: function for component in components for name, function in component.template_functions().items()}}
