"""The whole site, planned from the records of its texts: nobody but us has a say in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from plancher.build import gate
from plancher.build.context import BuildContext
from plancher.build.page_planner import PagePlanner
from plancher.build.plan import Plan
from plancher.pelican_adapter import templates
from plancher.pelican_adapter.blog_pages import BlogPages
from plancher.pelican_adapter.generators import CopiesGenerator
from plancher.pelican_adapter.site_from_records import RecordSite
from plancher.site import held_back, root_files
from plancher.site.assembly import Assembly, assemble
from plancher.site.model import Site


def plan_site(settings: Any, plan: Plan, build: BuildContext, on_assembled: Callable[[BuildContext], None]) -> None:
    """Read every text, make the site, and plan each of its files.

    :param on_assembled: called once components know the site, before anything is planned.
    """
    context: dict[str, Any] = {**settings, "generated_content": {}, "static_content": {}, "static_links": set()}
    statics = CopiesGenerator(context, settings, settings["PATH"], settings["THEME"], settings["OUTPUT_PATH"], build=build)
    maker = RecordSite(build, settings)
    site = maker.make(statics)
    pages = BlogPages(site, settings)
    found = templates.holder(settings, build.components)
    plan.making.context.env = found.env
    whole = assembled(build, pages, found)
    on_assembled(build)
    if build.terms is not None:
        gate.inspect(build, maker.asked, build.terms)
    drop_static(build, site, statics, settings)
    shared = {**settings, **pages.shared_values(), **templates.shared_values(settings, build, whole)}
    planner = page_planner(plan, build, settings, shared, found)
    for page in pages.all(whole):
        for path, template, values in pages.cut(page) if page.save_as else ():
            planner.page(path, template, values)
    for asked in (*whole.pages, *whole.outputs()):
        planner.request(asked)
    for copy in statics.copies():
        with contextlib.suppress(FileNotFoundError):  # its owner took it away while we looked: the next build sees a folder without it
            planner.request(copy)


def assembled(build: BuildContext, pages: BlogPages, holder: Any) -> Assembly:
    """What components make of the site.

    :param holder: gives a template by its name.
    """
    build.assembly = assemble(
        pages.site, build.components, lambda name: holder.get_template(name) is not None, blog_pages=pages.for_sitemap(), year_pages=pages.years()
    )
    return build.assembly


def page_planner(plan: Plan, build: BuildContext, settings: Any, shared: Mapping[str, object], holder: Any) -> PagePlanner:
    """What plans the pages of a build.

    :param shared: what every template may use.
    """
    fingerprint = templates.page_fingerprint(settings, build.components)
    return PagePlanner(plan, fingerprint, shared, holder.get_template, str(settings["SITEURL"]), is_relative=settings["RELATIVE_URLS"])


def drop_static(build: BuildContext, site: Site, statics: Any, settings: Any) -> None:
    """A file that is dangerous, missing or out of the folder is not copied, and its problem is said elsewhere; nor is one that only drafts name."""
    shown = {post.path for post in site.texts.values() if post.save_as}
    held = held_back.files(build.journal.records.values(), shown, site.identity.address, Path(settings["THEME"], "templates"))
    named = [(static.get_relative_source_path(), static) for static in statics.staticfiles]
    kept = [static for name, static in named if (name not in held or root_files.holds(name)) and gate.is_harmless(build, name)]
    statics.staticfiles[:] = sorted(kept, key=lambda static: str(static.source_path))
