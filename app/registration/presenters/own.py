"""Somebody's own registration: where it stands, and what can be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.events.models import Event
from app.events.rules import Status
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.materials.presenters import MaterialLine, materials_of
from app.materials.rules import Viewer
from app.questions.rules import Kind
from app.registration import links, queries, rules
from app.registration.errors import ChangesClosed, NotRegistrable
from app.registration.models import Registration, RegistrationChange
from app.registration.presenters.follow_up import FollowUp, follow_ups_of
from app.registration.presenters.seats import moment_words
from app.registration.presenters.tables import ShownTable, own_tables
from app.registration.rules import FormState, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened, and when, in words."""

    verb: rules.Verb
    before: Place | None
    when: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRegistration:
    """``changes_until`` is empty once data can be mended no longer; ``offer_until`` without an offer."""

    registration: Registration
    event: Event
    queue_position: int | None
    is_asked_first: bool
    offer_until: str
    changes_until: str
    asks_privacy: bool
    rejection: str
    is_over: bool  # called off, too: nothing is to come
    is_called_off: bool
    tables: Sequence[ShownTable]
    forms: Sequence[FollowUp]
    materials: Sequence[MaterialLine]
    files: Sequence[tuple[int, str]]  # question and name of what was sent as an answer
    history: Sequence[Step]

    @property
    def is_live(self) -> bool:
        return self.registration.place in rules.LIVE

    @property
    def is_confirmed(self) -> bool:
        return self.registration.place is Place.CONFIRMED

    @property
    def left_by(self) -> rules.Verb | None:
        """What ended it, where it has ended."""
        return self.history[-1].verb if self.history and not self.is_live else None

    @property
    def had_a_place(self) -> bool:
        """Whether it held a place, or the offer of one, until it ended."""
        return not self.history or self.history[-1].before in rules.HOLDING

    @property
    def to_do(self) -> list[FollowUp]:
        return [one for one in self.forms if one.state is FormState.TO_DO]

    @property
    def chosen(self) -> list[ShownTable]:
        return [one for one in self.tables if one.standing]


def handed_over_at(history: Sequence[RegistrationChange]) -> datetime | None:
    """When the place came to the one who has it now; None for who registered."""
    return max((one.at for one in history if one.verb is rules.Verb.HAND_OVER), default=None)


def own_registration(registration: Registration, now: datetime) -> OwnRegistration:
    """In the language in force."""
    event = registration.allotment.event
    policy = queries.policy_of(event.id)
    place = registration.place
    is_live, is_confirmed = place in rules.LIVE, place is Place.CONFIRMED
    is_called_off = event.status is Status.CALLED_OFF
    is_over = is_called_off or event.ends_at <= now or event.status in {Status.HELD, Status.ARCHIVED}
    closes_at = rules.changes_deadline(policy.changes_until, event.starts_at)
    history = queries.history(registration.id)
    return OwnRegistration(
        registration=registration,
        event=event,
        queue_position=queries.queue_position(registration) if place is Place.WAITLISTED else None,
        is_asked_first=policy.offer_hours is not None,
        offer_until=moment_words(registration.offer_expires_at, event) if registration.offer_expires_at else "",
        changes_until=moment_words(closes_at, event) if now < closes_at and not is_over else "",
        asks_privacy=is_live and rules.asks_privacy(registration.privacy_accepted_at, handed_over_at(history)),
        rejection=policy.rejection_text.wording(language()).text if place is Place.REJECTED else "",
        is_over=is_over,
        is_called_off=is_called_off,
        tables=own_tables(event, registration.id) if is_live else [],
        forms=follow_ups_of(registration, event, now) if is_confirmed else [],
        materials=_materials(registration) if is_confirmed else [],
        files=[
            (one, str(row.value.get("name", "")))
            for one, row in queries.answers_of(registration.id).items()
            if row.question.kind is Kind.FILE and isinstance(row.value, Mapping) and row.erased_at is None
        ],
        history=[
            Step(verb=one.verb, before=one.before, when=moment_words(one.at, event), reason=one.reason or "")
            for one in history
        ],
    )


def _materials(registration: Registration) -> list[MaterialLine]:
    event_id = registration.allotment.event_id
    return materials_of(event_id, Viewer(is_participant=True), links.reading(registration))


def moved_on_words(refusal: Refusal, *, was_sent: bool) -> str:
    """Why a page that was open, or an old link, leads nowhere; the page below says where somebody stands instead."""
    if isinstance(refusal, NotRegistrable):
        return say(refusal.code)
    if isinstance(refusal, ChangesClosed):
        return _("The time to change this is over, so nothing was kept.") if was_sent else say(refusal.code)
    if was_sent:
        return _("What you sent was not kept: your registration has changed since that page was opened.")
    return _("The page that you opened is only for those who have a place. This is where your registration stands.")
