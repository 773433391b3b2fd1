"""The settings of a plain blog: components with theirs, and our extension of Markdown among the owner's."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any

from plancher.base.settings import SettingsError
from plancher.pelican_adapter import plugins
from plancher.pelican_adapter.addresses import pelicans_tag
from plancher.pelican_adapter.engine import Engine
from plancher.pelican_adapter.plain import content_cache, known
from plancher.pelican_adapter.plain.extension import PlainExtension
from plancher.pelican_adapter.plain.template_functions import functions_of
from plancher.pelican_adapter.site_frame import SiteParts
from plancher.pelican_adapter.site_from_pelican import PelicanSite
from plancher.pelican_adapter.site_from_pelican import settle_tags as settle
from plancher.site import assembly
from plancher.site.component import Preparation

_ADAPTER, _OUTPUTS = "plancher.pelican_adapter", "plancher.outputs."


def prepare(pelican: Any) -> None:
    """Check the settings of the components, and extend Markdown; nothing in a blog of ours.

    :raises SettingsError: a setting is wrong, or a plugin needs a blog of ours.
    """
    settings = pelican.settings
    asked = list(_without_ours(settings["MARKDOWN"].get("extensions", ())))
    if isinstance(pelican, Engine) or _ADAPTER in settings["PLUGINS"]:
        return
    _refuse_outputs(settings["PLUGINS"])
    components = plugins.components(pelican.plugins, settings)
    try:
        parts = SiteParts(components, assembly.grammar(components))
    except ValueError as error:
        raise SettingsError(f"réglage PLUGINS : {error}. Retirez l'une des deux.") from None
    if not components:
        return
    extension = PlainExtension(parts, Path(settings["PATH"]), settings["DEFAULT_LANG"].lower(), content_cache.check(settings, parts))
    settings["MARKDOWN"] = {**settings["MARKDOWN"], "extensions": [*asked, extension]}


def _without_ours(extensions: Iterable[Any]) -> Iterable[Any]:
    """The owner's extensions: the same settings may begin twice."""
    return (extension for extension in extensions if not isinstance(extension, PlainExtension))


def _refuse_outputs(names: Iterable[str]) -> None:
    """:raises SettingsError: what makes all files for machines would take those of Pelican."""
    found = next((name for name in names if name.startswith(_OUTPUTS)), "")
    if found:
        raise SettingsError(f"réglage PLUGINS : « {found} » va avec « {_ADAPTER} » et PELICAN_CLASS = Engine. Retirez-la.")


def extension_of(settings: MutableMapping[str, Any]) -> PlainExtension | None:
    """Our extension of Markdown, and so all that is known of the blog; None when it has no component, or is one of ours."""
    found = (extension for extension in settings["MARKDOWN"].get("extensions", ()) if isinstance(extension, PlainExtension))
    return next(found, None)


def give_functions(env: Any, extension: PlainExtension) -> None:
    """What every template may call, unless its owner has something of that name."""
    for name, function in functions_of(extension).items():
        env.globals.setdefault(name, function)


def settle_tags(generator: Any, extension: PlainExtension) -> None:
    """Give each tag its one name; its address stays the one that Pelican makes of it."""
    settings, parts = generator.settings, dataclasses.replace(extension.parts, settled=Preparation())
    settled = settle(generator, PelicanSite(parts, settings, has_texts=False, known=known.of_content), pelicans_tag)
    aliases = {name: _slugs(name, others, settings) for name, others in settled.tag_aliases.items()}
    extension.parts = dataclasses.replace(parts, settled=dataclasses.replace(settled, tag_aliases={name: found for name, found in aliases.items() if found}))


def _slugs(name: str, others: Iterable[str], settings: MutableMapping[str, Any]) -> tuple[str, ...]:
    """Other names of a tag, as addresses have them."""
    own = pelicans_tag(name, settings).slug
    return tuple(dict.fromkeys(slug for other in others if (slug := pelicans_tag(other, settings).slug) != own))
