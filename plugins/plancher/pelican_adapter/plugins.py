"""The plugins of a site: each is there and begins, or the build says in French which does not, and why.

Pelican itself imports every plugin that is installed, wanted or not, and goes
on without one that fails. Two private names of Pelican's plugins are used here
(4.12): ``load_legacy_plugin`` finds a plugin in ``PLUGIN_PATHS``, and
``get_plugin_name`` names one.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import traceback
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pelican import signals
from pelican.plugins._utils import get_plugin_name, load_legacy_plugin

from plancher.base import digest, identity
from plancher.base.identity import Identity
from plancher.base.settings import load
from plancher.pelican_adapter import hosting
from plancher.site.assembly import AnyComponent

_NAMESPACE = "pelican.plugins."
_KNOWN = {"stork": "Installez le programme « stork », que cette extension lance pour faire l'index, ou retirez-la de PLUGINS."}
"""What to do about failures that the words of an exception tell."""


_THEMING = "plancher.outputs.theme"
_NEEDED = {
    "plancher.pelican_adapter": "cette extension lit les textes et écrit le site",
    _THEMING: "les gabarits du thème demandent ce qu'apporte cette extension",
}
"""The plugins that cannot be taken out, and why."""


_FORMS = "templates/partials/answer_forms.html"
"""What our theme shows them with."""


def foreign(plugins: Iterable[str]) -> list[str]:
    """The plugins that are more than a component, or none: nobody knows what their output depends on."""
    return [name for name in plugins if not name.startswith("plancher.") and (not hasattr(sys.modules.get(name), "COMPONENT") or _listens(name))]


def _listens(name: str) -> bool:
    """Whether a plugin takes signals of Pelican's."""
    held = (receiver for signal in vars(signals).values() for receiver in getattr(signal, "receivers", {}).values())
    receivers = (receiver() if isinstance(receiver, weakref.ref) else receiver for receiver in held)
    return any(f"{getattr(receiver, '__module__', '')}.".startswith(f"{name}.") for receiver in receivers)


def modules(names: Iterable[str]) -> list[ModuleType]:
    """The named plugins; Pelican also takes objects, whose names are those of no module."""
    found = []
    for name in names:
        try:
            found.append(sys.modules.get(name) or importlib.import_module(name))
        except ImportError:
            if not foreign([name]):
                raise
    return found


def components(plugins: Iterable[Any], settings: Mapping[str, Any]) -> tuple[AnyComponent, ...]:
    """The components that these plugins bring, each with its settings, in their order.

    :raises SettingsError: a setting is wrong.
    """
    kinds = (getattr(plugin, "COMPONENT", None) for plugin in plugins)
    owner, settings = load(settings, identity.KEY, Identity), hosting.with_host(settings)
    return tuple(_component(kind, settings, owner) for kind in kinds if kind is not None)


def _component(kind: type[AnyComponent], settings: Mapping[str, Any], owner: Identity) -> AnyComponent:
    component = kind(load(settings, kind.settings_name, kind.settings_type) if kind.settings_type else None)
    component.words, component.email = owner.words, owner.email
    component.has_forms = Path(settings.get("THEME", ""), _FORMS).is_file()
    return component


def code_of(components: Iterable[AnyComponent]) -> list[str]:
    """The digests of the modules of components that are not of this package."""
    found = (sys.modules[type(component).__module__] for component in components)
    return [digest.of_module(module) for module in found if not module.__name__.startswith("plancher.")]


def template_folders(components: Iterable[AnyComponent]) -> list[str]:
    """The folders « templates » beside the modules of components."""
    beside = (Path(inspect.getfile(type(component))).with_name("templates") for component in components)
    return [str(folder) for folder in beside if folder.is_dir()]


def has_own_theme(settings: Mapping[str, Any]) -> bool:
    """Whether the theme is ours, or made from it: its style sheets have their order of layers."""
    return Path(settings["THEME"], "static", "css", "layers.css").is_file()


def is_open(settings: Mapping[str, Any]) -> bool:
    """Whether Pelican runs as it does without us: somebody else's plugin or theme finds all that it has, and what is made may depend on anything.

    Translations, templates that are pages and published sources are Pelican's own, too.
    """
    own = ("ARTICLE_TRANSLATION_ID", "PAGE_TRANSLATION_ID", "TEMPLATE_PAGES", "OUTPUT_SOURCES")
    return bool(foreign(settings["PLUGINS"])) or not has_own_theme(settings) or any(settings.get(name) for name in own)


class PluginError(Exception):
    """A plugin failed: which, why, and what to do, in French, without a full stop."""


def begun(wanted: Iterable[Any], folders: Sequence[str]) -> list[Any]:
    """The plugins, each loaded and registered.

    :param wanted: their names, or what Pelican takes in their place.
    :raises PluginError: one cannot be loaded, or does not begin.
    """
    found = []
    sys.path += [folder for folder in folders if folder not in sys.path]  # a worker that starts anew looks for them there
    for plugin in wanted:
        loaded = _loaded(plugin, folders) if isinstance(plugin, str) else plugin
        try:
            loaded.register()
        except Exception as error:
            raise PluginError(f"l'extension « {get_plugin_name(loaded)} » ne démarre pas : {_said(error)}. Corrigez-la, ou retirez-la de PLUGINS") from error
        found.append(loaded)
    return found


def _loaded(name: str, folders: Sequence[str]) -> Any:
    """A plugin by its name; « series » may stand for « pelican.plugins.series »."""
    try:
        if name.startswith(_NAMESPACE):
            return importlib.import_module(name)
        if "." not in name and importlib.util.find_spec(f"{_NAMESPACE}{name}"):
            return importlib.import_module(f"{_NAMESPACE}{name}")
        return load_legacy_plugin(name, list(folders))
    except Exception as error:
        advice = f"Installez-la (par exemple « pip install pelican-{name.rpartition('.')[2].replace('_', '-')} »), ou retirez-la de PLUGINS"
        if isinstance(error, SyntaxError):
            advice = "Corrigez ce fichier, ou retirez-la de PLUGINS"
        raise PluginError(f"l'extension « {name} » ne se charge pas : {_said(error)}. {advice}") from error


def lacking(names: Iterable[str], settings: Mapping[str, Any]) -> str:
    """What the site cannot do without, and lacks: a sentence without its full stop; empty when it has all of it."""
    missing = [(name, why) for name, why in _NEEDED.items() if name not in names]
    if missing and missing[0][0] == _THEMING and not has_own_theme(settings):
        return ""
    return f"« {missing[0][0]} » manque dans PLUGINS : {missing[0][1]}. Remettez-la" if missing else ""


def culprit(error: BaseException, plugins: Iterable[str]) -> str:
    """The plugin of somebody else in whose code an exception was raised; empty when it was in none."""
    names = foreign(plugins)
    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        module = str(frame.f_globals.get("__name__", ""))
        found = next((name for name in names if module == name or module.startswith(f"{name}.")), "")
        if found:
            return found
    return ""


def failure(error: BaseException, plugins: Iterable[str]) -> str:
    """What to say of an exception that a plugin raised; empty when none did."""
    name = culprit(error, plugins)
    if not name:
        return ""
    advice = next((advice for word, advice in _KNOWN.items() if word in str(error).lower()), "Corrigez cela, ou retirez-la de PLUGINS.")
    return f"l'extension « {name} » s'est arrêtée : {_said(error)}. {advice.rstrip('.')}"


def _said(error: BaseException) -> str:
    """The words of an exception, or its kind when it has none."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
