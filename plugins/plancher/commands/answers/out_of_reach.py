"""What no command can erase from here, and what to type or whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.model import Way


def told(blog: Path, settings: AnswerSettings, published: Iterable[str], ways: Iterable[Way], pages: Iterable[str]) -> Iterator[str]:
    """The list, in French.

    :param published: files that held an answer, from the content folder.
    :param ways: how they came.
    :param pages: addresses where they could be read.
    """
    yield "Ce que cette commande ne peut pas atteindre, et qui vous revient :"
    yield from _sources(settings, set(ways))
    published = sorted(set(published))
    if published:
        yield from _history(blog, published)
        yield from _elsewhere(sorted(set(pages)))
        yield "- Un site construit ailleurs que dans output/ (--output)."
    yield "- Vos sauvegardes, et les copies du blog sur d'autres machines : une copie qui publie remettrait en ligne ce qu'elle contient encore."


def _sources(settings: AnswerSettings, ways: set[Way]) -> Iterator[str]:
    if Way.MAIL in ways:
        where = f"dans la boîte {settings.imap_user or settings.imap_host}, dossier {settings.imap_folder}" if settings.imap_host else "dans votre boîte"
        yield f"- Le courriel lui-même, {where}, et dans sa corbeille."
    if Way.MENTION in ways:
        yield f"- La webmention chez son récepteur ({settings.mentions or 'celui de votre site'}) : supprimez-la dans votre compte."
    if Way.MASTODON in ways:
        yield "- La réponse publique sur Mastodon : son auteur seul peut la supprimer."
    if settings.form:
        yield "- Ce que le formulaire a reçu et qui n'est pas relevé : la prochaine relève reconnaît ces mots et les efface de votre serveur."
        yield "  Le reste s'y efface par sa référence, que son auteur connaît : invoke answers.receive --erase=RÉFÉRENCE"
    if ways:
        yield "- Les fichiers que vous avez donnés à --file."


def _history(blog: Path, published: list[str]) -> Iterator[str]:
    """How to rewrite what git remembers (git-filter-repo, « --invert-paths »)."""
    if not any((folder / ".git").exists() for folder in (blog, *blog.parents)):
        return
    named = " ".join(f"--path content/{path}" for path in published)
    yield "- L'historique de git, où ces fichiers se lisent encore. Enregistrez d'abord ce qui vient d'être effacé, et envoyez-le. Puis, dans un nouveau clone"
    yield "  du dépôt, avec git-filter-repo (« pip install git-filter-repo ») :"
    yield f"    git filter-repo --invert-paths {named}"
    kept = [path for path in published if (blog / "content" / path).is_file()]
    if kept:
        yield f"  Ces fichiers gardent les réponses d'autres personnes : recopiez-les ensuite d'ici, puis enregistrez-les ({', '.join(kept)})."
    yield "    git remote add origin ADRESSE-DU-DEPOT"
    yield "    git push --force --all && git push --force --tags"
    yield "  Les autres clones sont à refaire. Votre forge garde un temps les anciens commits, et les copies (forks) les gardent : demandez-lui de les effacer."


def _elsewhere(pages: list[str]) -> Iterator[str]:
    yield "- Les lecteurs de flux, qui gardent ce qu'ils ont reçu, et les caches des navigateurs."
    yield f"- Les moteurs de recherche et les archives du web (web.archive.org) : demandez-leur de retirer {', '.join(pages) or 'les pages qui la montraient'}."
    yield "- Les pages d'autres sites qui la citent : écrivez à leurs auteurs."
