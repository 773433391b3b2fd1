"""What no command can erase from here, and what to type or whom to ask."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.model import Way
from plancher.site import testimonies


def told(blog: Path, settings: AnswerSettings, published: Iterable[str], ways: Iterable[Way], pages: Iterable[str]) -> Iterator[str]:
    """The list, in French.

    :param published: files that held an answer, from the content folder.
    :param ways: how they came.
    :param pages: addresses where they could be read.
    """
    yield "Ce que cette commande ne peut pas atteindre, et qui vous revient :"
    yield from _sources(settings, set(ways))
    if list(published):
        yield from _history(blog)
        yield from _elsewhere(sorted(set(pages)))
        yield "- Un site construit ailleurs que dans output/ (--output)."
        yield "- Les sauvegardes de votre hébergeur, et les versions d'avant qu'un bucket garde si vous l'avez voulu : effacez-les chez lui."
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


def _history(blog: Path) -> Iterator[str]:
    """How to rewrite what git remembers (git-filter-repo, « --invert-paths »).

    The whole folder of answers leaves the history, and is committed anew as it
    is: whatever names its files had, and whosever answers stand beside.
    """
    root = next((folder for folder in (blog, *blog.parents) if (folder / ".git").exists()), None)
    if root is None:
        return
    folder = (blog / "content" / testimonies.FOLDER).relative_to(root)
    place = shlex.quote(f"{folder.as_posix()}/")
    yield "- L'historique de git, où ces réponses se lisent encore. Enregistrez d'abord ce qui vient d'être effacé, et envoyez-le. Puis, dans un nouveau clone"
    yield "  du dépôt, avec git-filter-repo (« pip install git-filter-repo ») :"
    yield f"    git filter-repo --invert-paths --path {place}"
    if (root / folder).is_dir():
        yield "  Tout ce dossier quitte ainsi l'historique, sous tous les noms que ses fichiers ont eus. Remettez-y celui d'ici, tel qu'il est :"
        yield f"    cp -R {shlex.quote(str(root / folder))} {shlex.quote(folder.parent.as_posix())}"
        yield f"    git add {place}"
        yield '    git commit -m "Témoignages"'
    yield "  Puis envoyez le tout :"
    yield "    git remote add origin ADRESSE-DU-DEPOT"
    yield "    git push --force --set-upstream --all"
    yield "    git push --force --tags"
    yield "  « git log --all --oneline -S'quelques-uns de ses mots' » ne montre alors plus rien ; s'il nomme encore un commit, un autre fichier les a contenus."
    yield f"  Ici ({root}), mettez le dossier .git du nouveau clone à la place du vôtre, et gardez le reste : la file sait qui est oublié."
    yield "  Les autres clones sont à refaire. Votre forge garde un temps les anciens commits, et les copies (forks) les gardent : demandez-lui de les effacer."


def _elsewhere(pages: list[str]) -> Iterator[str]:
    yield "- Les lecteurs de flux, qui gardent ce qu'ils ont reçu, et les caches des navigateurs."
    yield f"- Les moteurs de recherche et les archives du web (web.archive.org) : demandez-leur de retirer {', '.join(pages) or 'les pages qui la montraient'}."
    yield "- Les pages d'autres sites qui la citent : écrivez à leurs auteurs."
