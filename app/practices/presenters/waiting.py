"""Practices that wait for somebody, as the desk and the list of practices show them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.network.actors import Actor
from app.practices.models import Practice
from app.practices.queries import reviewing
from app.practices.rules.states import State


@dataclass(frozen=True, slots=True)
class WaitingPractice:
    """``words``: what somebody has to do about it."""

    url: str
    title: Wording
    owner: str
    words: str


def waiting_practices(actor: Actor) -> list[WaitingPractice]:
    """What waits for the actor's decision or opinion first, then what waits for changes; each practice once."""
    lang = language()
    words: dict[Practice, str] = {one: _what_to_judge(one) for one in reviewing.waiting_for(actor)}
    for one, comments in reviewing.to_change(actor):
        words.setdefault(one, _what_to_change(one, comments))
    return [
        WaitingPractice(f"/manage/practices/{one.slug}/review", one.title.wording(lang), one.owner.name, said)
        for one, said in words.items()
    ]


def _what_to_judge(practice: Practice) -> str:
    if practice.state is State.PUBLISHED:
        return _("waits for your opinion")
    return _("is to be selected or not") if practice.state is State.IDENTIFIED else _("waits for your decision")


def _what_to_change(practice: Practice, comments: int) -> str:
    if comments:
        return ngettext("%(num)d comment is open", "%(num)d comments are open", comments)
    return _("is to be completed and submitted")
