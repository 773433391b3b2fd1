"""An answer that came before, and says something else now: what becomes of the one that is kept."""

from __future__ import annotations

import dataclasses

from plancher.base import clock
from plancher.commands.answers.queue import Row, State
from plancher.importing.answers.model import Received

_ASK_AGAIN = "modifiée depuis que son auteur a dit oui : redemandez-le"
_OTHER = "un autre courriel, dont l'expéditeur n'est pas vérifié, donne d'autres accords ou un autre nom"


def revised(former: Row, one: Received) -> Row | None:
    """The answer as it is kept from now on; None: nothing is news.

    What was decided stays decided: an answer that was accepted keeps the words of
    the last version, and its state.
    """
    kept = former.received
    if kept is None or former.state not in {State.WAITING, State.ACCEPTED}:
        return None
    if one.way.is_public:
        return _of_page(former, kept, one)
    return _of_mail(former, kept, one) if former.state is State.WAITING else None


def _of_page(former: Row, kept: Received, one: Received) -> Row | None:
    """A page that its author edited: words are those of the last version, and a yes was said to the former ones."""
    if kept.words == one.words:
        return None
    notes = (*one.notes, _ASK_AGAIN) if kept.consent else one.notes
    since = clock.now() if former.state is State.WAITING else former.since
    return dataclasses.replace(former, since=since, received=dataclasses.replace(one, notes=notes))


def _of_mail(former: Row, kept: Received, one: Received) -> Row | None:
    """The last mail of a sender says what he agrees to, but not that of somebody who may only pretend to be him."""
    if one.is_verified and not kept.is_verified:
        return dataclasses.replace(former, received=one)
    if _agreed(one) == _agreed(kept) or not (one.date and kept.date and one.date > kept.date):
        return None
    if one.is_verified or not kept.is_verified:
        return dataclasses.replace(former, since=clock.now(), received=one)
    if _OTHER in kept.notes:
        return None
    return dataclasses.replace(former, received=dataclasses.replace(kept, notes=(*kept.notes, _OTHER)))


def _agreed(one: Received) -> tuple[object, ...]:
    return (one.may_be_published, one.may_be_counted, one.is_old_enough, one.name, one.before, one.after)


def withdrawal(former: Row, one: Received) -> str:
    """What the owner has to know of an answer that is published already; empty: nothing."""
    kept = former.received
    if former.state is not State.ACCEPTED or kept is None:
        return ""
    remedy = f"« invoke answers.review --undo={former.id} » la retire du site"
    if one.way.is_public:
        changed = kept.consent and kept.words != one.words
        return f"{one.address} a changé depuis que ses mots sont publiés. {remedy}." if changed else ""
    is_later = one.date and kept.date and one.date > kept.date
    lost = (kept.may_be_published and one.may_be_published is not True) or (kept.may_be_counted and one.may_be_counted is not True) or kept.name != one.name
    return f"Réponse acceptée {former.id} : un courriel de son expéditeur donne d'autres accords, ou un autre nom. {remedy}." if is_later and lost else ""
