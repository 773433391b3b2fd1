"""Pelican's templates, for whoever renders: this process, or one that starts anew."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from plancher.base import digest, identity, links, theme_folder
from plancher.build import fingerprint
from plancher.build.bytecode import ready
from plancher.build.context import BuildContext
from plancher.outputs.theme import filters
from plancher.pelican_adapter import foreign_theme, plugins
from plancher.pelican_adapter.generators import ForgivingTemplates
from plancher.pelican_adapter.plugins import code_of, has_own_theme, template_folders
from plancher.site import doors, menu
from plancher.site.assembly import AnyComponent, Assembly


def prepare(settings: Any, components: Sequence[AnyComponent]) -> None:
    """Give Pelican's templates what ours ask for. A missing name is an error, and text is escaped but for the author's body; others' themes find their ways."""
    if has_own_theme(settings):
        settings["JINJA_ENVIRONMENT"] = settings["JINJA_ENVIRONMENT"] | {"autoescape": True, "undefined": jinja2.StrictUndefined}
    else:
        foreign_theme.welcome(settings)
    settings["JINJA_FILTERS"] = {**filters.for_site(settings["SITEURL"]), **settings["JINJA_FILTERS"]}
    settings["THEME_TEMPLATES_OVERRIDES"] = [*own_templates(settings), *settings["THEME_TEMPLATES_OVERRIDES"], *template_folders(components)]
    functions = {name: function for component in components for name, function in component.template_functions().items()}
    settings["JINJA_GLOBALS"] = {**functions, **settings["JINJA_GLOBALS"]}


def own_templates(settings: Any) -> list[str]:
    """The folder of templates that the owner of the blog puts over those of the theme, if there is one."""
    own = theme_folder.own(Path(settings["PATH"]), Path(settings["THEME"]))
    return [str(own / "templates")] if own and (own / "templates").is_dir() else []


def page_fingerprint(settings: Any, components: Sequence[AnyComponent]) -> str:
    """All that decides of every page, beside what it is made from."""
    return digest.of_text(fingerprint.of(settings), *code_of(components))


def holder(settings: Any, components: Sequence[AnyComponent]) -> ForgivingTemplates:
    """Who gives a template by its name."""
    found = ForgivingTemplates(settings.copy(), settings, settings["PATH"], settings["THEME"], settings["OUTPUT_PATH"])
    ready(found.env, settings["THEME"], page_fingerprint(settings, components))
    return found


def of_settings(asked: Mapping[str, Any]) -> jinja2.Environment:
    """The same, in a process that starts anew.

    :param asked: the settings of the build, as they were given.
    """
    settings = dict(asked)
    components = plugins.components(plugins.begun(settings["PLUGINS"], settings["PLUGIN_PATHS"]), settings)
    prepare(settings, components)
    return holder(settings, components).env


def is_picklable(value: object) -> bool:
    """Whether a setting can be sent to another process."""
    try:
        pickle.dumps(value)
    except (pickle.PicklingError, TypeError, AttributeError):
        return False
    return True


def shared_values(settings: Any, build: BuildContext, whole: Assembly) -> dict[str, object]:
    """What every template may use, beside Pelican's settings and the posts."""
    brought = whole.menu_entries()
    return {
        identity.KEY: whole.site.identity,
        "COMPONENTS": tuple(component.name for component in build.components),
        "MENU": brought,
        "NAVIGATION": menu.menu(whole, brought),
        "DOORS": doors.doors(whole),
        "localsiteurl": links.path_of(str(settings["SITEURL"])),
        **whole.site_values,
    }
