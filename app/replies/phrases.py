from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.replies.rules import Outcome, Said

PHRASES: dict[Any, Any] = {
    Said.ACCEPTED: _("The calendar says yes"),
    Said.TENTATIVE: _("The calendar says perhaps"),
    Said.DECLINED: _("The calendar says no"),
    Said.PROPOSED: _("The calendar proposes another time"),
    Said.PROPOSED_AND_DECLINED: _("The calendar says no and proposes another time"),
    Said.DELEGATED: _("The calendar names somebody else instead"),
    Said.OTHER: _("The calendar's answer is unclear"),
    Outcome.NOTED: _("Noted; nothing is to be done."),
    Outcome.WITHDRAWN: _("The place is given back; the next person can take it."),
    Outcome.PASSED_ON: _("Passed on to the organisers; the place is kept."),
    Outcome.OFFER_WAITS: _("A place that is offered is taken on the personal page only; the offer still stands."),
    Outcome.OTHER_PERSON: _("It came from another person's calendar; the place is kept."),
    Outcome.NEWER_KNOWN: _("A newer answer is known already."),
    Outcome.SUPERSEDED: _("It answers an older entry that has changed since; the place is kept."),
    Outcome.REGISTRATION_OVER: _("The registration had ended before."),
    Outcome.EVENT_OVER: _("The event had begun, or does not take place."),
    Outcome.NOT_FOLLOWED: _("A calendar cannot do that; the place is kept."),
}
