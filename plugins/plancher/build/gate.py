"""The last look before anything is written: rules on the whole site, then the gate."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence

from plancher.base.french import plural
from plancher.base.problems import Problem
from plancher.build.context import BuildContext
from plancher.site import anchors, file_checks, picture_checks, portable_names, root_files, site_checks, stray_files
from plancher.site.model import Post
from plancher.site.site_checks import Found
from plancher.site.terms import Terms


def inspect(build: BuildContext, posts: Sequence[Post], terms: Terms) -> None:
    """Run every rule that needs all files, into the journal.

    :param posts: every text that has a page, in the order of their files.
    """
    tree, records = build.library.tree, [record for _, record in sorted(build.journal.records.items())]
    folders = build.reading.text_folders_inside
    checked = [name for name in tree.files if name not in build.named_files and not root_files.holds(name)]  # of the others, their owner decides
    problems = itertools.chain(
        build.settled.problems,
        build.assembly.checks if build.assembly else (),
        build.assembly.advice() if build.assembly and build.is_check else (),
        site_checks.texts_have_their_own_address(posts),
        site_checks.slugs_are_unique(posts),
        site_checks.ids_are_unique(posts),
        site_checks.categories_have_one_name(records),
        site_checks.links_reach_published_texts(records),
        terms.missing(records),
        anchors.exist(records, {post.save_as.removesuffix("index.html"): post.path for post in posts}),
        file_checks.files_have_a_place(checked, folders, build.formats),
        stray_files.unread(build.root, folders) if build.is_check else (),
        file_checks.everything_can_be_read(tree.refused),
        file_checks.nothing_is_a_link(tree.links, build.root),
        portable_names.names_suit_other_systems(tree.files, build.root.name),
        file_checks.drawings_hold_no_code(build.root / path for path in checked if path[-4:].lower() == ".svg"),
        file_checks.files_are_what_their_names_say(
            (name, build.root / name, tree.files[name]) for name in checked if name[-3:] != ".md" and name not in build.pictures.refused
        ),
        picture_checks.pictures_can_be_shown(build.pictures.refused, build.root, records),
        _for_the_root(build),
    )
    for path, problem in problems:
        build.journal.say(build.root / path, [problem])


def _for_the_root(build: BuildContext) -> Found:
    """What is to be said of the files that are published as they are."""
    tree = build.library.tree
    yield from root_files.refused(tree.files, build.root)
    if build.assembly:
        yield from root_files.out_of_reach(tree.files, build.assembly.site.identity.address)
    if build.is_check:
        yield from root_files.left_out(tree.left_out)
        yield from root_files.runs(tree.files)


def is_harmless(build: BuildContext, name: str) -> bool:
    """Whether a static file may be copied to the site.

    :param name: from the content folder.
    """
    path = build.root / name
    if name in build.named_files:  # its owner wants it there
        return path.is_file() and not path.is_symlink()
    if root_files.holds(name):
        return build.holds(name) and root_files.refusal(build.root, name, build.library.tree.files[name]) is None
    if not path.is_file() or not build.holds(name) or not file_checks.is_published(path):
        return False
    looked = file_checks.files_are_what_their_names_say([(name, path, build.library.tree.files[name])])
    return not any(file_checks.drawings_hold_no_code([path])) and not any(problem.code == "PDV055" for _, problem in looked)


def judge(build: BuildContext, *, is_broken: bool = False) -> None:
    """Say everything, and stop a publication that has errors.

    :param is_broken: whether the build stops anyway, and will say why.
    :raises SystemExit: nothing is to be published, or this was a mere check.
    """
    if is_broken:
        _tell(build)
    else:
        _close(build)


def _tell(build: BuildContext) -> None:
    """Say what was not said yet."""
    report = build.journal.news()
    if report:
        print(report, file=sys.stderr)


def _close(build: BuildContext) -> None:
    mode = build.reading.settings.mode
    if build.is_check:
        for record in build.journal.records.values():
            build.journal.say(build.root / record.path, [Problem(*advice) for advice in record.advice])
    _tell(build)
    if mode == "preview":
        return
    if build.journal.has_errors:
        if mode == "strict":
            print("Rien n'a été publié : corrigez les erreurs ci-dessus, puis recommencez.", file=sys.stderr)
        raise SystemExit(1)
    if build.is_check:
        read = plural(len(build.journal.records), "fichier lu", "fichiers lus")
        print(f"{read}, aucune erreur.", file=sys.stderr)
        raise SystemExit(0)
