"""What the « Vie privée » page says of readers' answers, from the settings: which sources there are, what is kept of each, on what ground, for how long."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from plancher.base import addresses
from plancher.base.french import NBSP, plural
from plancher.base.problems import Problem, SiteProblem
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.settings import AnswerSettings
from plancher.site.model import Site

PAGE = "vie-privee/"
"""The page that says it; its address never changes."""
_RULE = frozenset({"FR", "BE", "LU"})
"""Countries of the general regulation on data protection."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """The section."""

    sources: tuple[tuple[str, str], ...]
    """How an answer comes, and what is kept of it."""
    grounds: tuple[str, ...]
    durations: tuple[str, ...]
    email: str
    """Where readers ask; empty: as the page says otherwise."""


def of(site: Site, settings: AnswerSettings, address: str) -> Privacy | None:
    """What is true of a site; None: nobody can answer it.

    :param address: where readers write; empty: nowhere.
    """
    sources = tuple(_sources(site, settings, address))
    if not sources:
        return None
    has_public = bool(settings.mentions or settings.webmention) or _has_mastodon(site)
    is_private = bool(address) or bool(settings.form)
    return Privacy(
        sources=sources,
        grounds=tuple(_grounds(site, is_private=is_private, has_public=has_public)),
        durations=tuple(_durations(settings)),
        email=address,
    )


def unsaid(site: Site, privacy: Privacy | None) -> Iterator[SiteProblem]:
    """A blog that asks its readers, and has no page that says what becomes of their answers."""
    if privacy is None or any(page.url == PAGE for page in site.pages):
        return
    for post in site.posts:
        for entry in post.entries(CallEntry):
            message = (
                f"le blog n'a pas de page « {PAGE} » : ses lecteurs ne savent pas ce qui est gardé de leurs réponses. Écrivez content/pages/vie-privee.md."
            )
            yield post.path, Problem(entry.line, "PDV167", message)
            return


def _sources(site: Site, settings: AnswerSettings, address: str) -> Iterator[tuple[str, str]]:
    if address:
        yield "Par courriel", _BY_MAIL
    if settings.form:
        yield "Par le formulaire", _BY_FORM
    if _has_mastodon(site):
        yield "Par une réponse publique sur Mastodon", "son adresse, sa date, le nom et les mots que votre serveur montre à tous."
    if settings.mentions or settings.webmention:
        host = addresses.domain(settings.mentions or settings.webmention)
        yield f"Par une webmention, que reçoit {host}", "l’adresse de votre page, sa date, le nom et les mots qu’elle montre à tous."


def _grounds(site: Site, *, is_private: bool, has_public: bool) -> Iterator[str]:
    is_ruled = site.identity.country in _RULE
    if is_private:
        article = f" (règlement général sur la protection des données, article 6, paragraphe{NBSP}1, a)" if is_ruled else ""
        yield _WITH_CONSENT.format(article=article)
    if has_public:
        article = f" (règlement général sur la protection des données, article 6, paragraphe{NBSP}1, f)" if is_ruled else ""
        yield _LINKED.format(article=article)


def _durations(settings: AnswerSettings) -> Iterator[str]:
    days = plural(settings.refused_days, "jour", "jours")
    yield f"Ce qui attend d’être lu n’est montré à personne. Une réponse refusée est effacée après {days}, à la relève qui suit."
    if settings.form:
        yield _AT_RECEIVER
    yield _PUBLISHED.format(days=days)
    yield _FORGOTTEN


def _has_mastodon(site: Site) -> bool:
    return any(entry.mastodon for post in site.posts for entry in post.entries(CallEntry))


_BY_MAIL = (
    f"votre adresse, la date, votre phrase et votre réponse à chaque question. Rien d’autre n’est recopié du message{NBSP}; "
    "lui-même reste dans la boîte qui l’a reçu."
)
_BY_FORM = (
    "la date, votre phrase et votre réponse à chaque question, sans cookie. L’adresse de votre machine ne sert qu’à compter les envois"
    f"{NBSP}: elle reste en mémoire, sous une clé qui change, et n’est écrite nulle part."
)
_AT_RECEIVER = (
    "Ce qui vient par le formulaire reste sur le serveur qui le reçoit jusqu’à la relève, puis y est effacé"
    f"{NBSP}; la référence que la page vous donne permet de le faire retirer."
)
_WITH_CONSENT = (
    "Une réponse n’est publiée qu’avec votre accord, sous le nom que vous donnez ou sans nom, et ne compte au registre des preuves "
    "que si vous l’acceptez aussi{article}. Avant quinze ans, il y faut l’accord de vos parents. Un accord se retire à tout moment."
)
_LINKED = (
    "Une page publique n’est que liée, pour l’intérêt qu’ont les lecteurs à trouver ce qui répond au billet{article}"
    f"{NBSP}; elle ne l’est plus si vous le demandez."
)
_PUBLISHED = (
    "D’une réponse publiée, ce qui ne se montre pas (votre adresse) est effacé de même après {days}"
    f"{NBSP}; ce qui se montre reste jusqu’à ce que vous en demandiez le retrait."
)
_FORGOTTEN = (
    "De ce que vous faites oublier, il reste une date et une empreinte, qui ne vous nomment pas"
    f"{NBSP}: faite avec une clé secrète, l’empreinte empêche la même réponse de revenir."
)
