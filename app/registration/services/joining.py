"""Getting in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any

from app.events.services import manageable_event
from app.invitations import services as invitations
from app.kernel.db import hold_name, transactional
from app.kernel.errors import Refusal
from app.kernel.ids import new_secret
from app.mail.queries import count_recent
from app.network.actors import Actor
from app.registration import queries, rules
from app.registration.errors import (
    AlreadyRegistered,
    EventFull,
    FormSentBefore,
    InvitationUsed,
    TooManyCompanions,
    TooManyTogether,
    WrittenTooOften,
)
from app.registration.inputs import Application, PersonInput
from app.registration.models import Registration
from app.registration.queries import HeldSeats
from app.registration.rules import HOLDING, LIVE, Decision, Origin, Place, Seats, Verb
from app.registration.services import item_places
from app.registration.services.answering import check_choices
from app.registration.services.claiming import claim_of_application
from app.registration.services.entering import Entered, enter

Outcome = Registration | Refusal


@transactional
def join(
    *, event_id: int, person: PersonInput, form_key: str, within_limit: bool = False, now: datetime, **more: Any
) -> Registration:
    """Give one participant a seat, or a place on the waiting list; ``more`` are fields of Application.

    The same form key with the same data gives the same registration again; with other data it raises
    FormSentBefore. Raises AlreadyRegistered when the address holds a place, and the refusal of the window
    (see rules.admit) when there is none to give.
    """
    application = Application(person=person, form_key=form_key, **more)
    (outcome,) = admit(event_id, [application], within_limit=within_limit, now=now)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


@transactional
def admit(
    event_id: int,
    applications: Sequence[Application],
    *,
    within_limit: bool = False,
    actor: Actor | None = None,
    now: datetime,
    moments: Sequence[datetime] = (),
) -> list[Outcome]:
    """Decide several applications for one event under one lock, in their order: each as if it came alone.

    A refusal is an outcome here, so that it does not undo the others. The applications name different addresses,
    form keys and invitations. ``moments``: when each was sent, where that was not now; its window is that of then.
    ``within_limit``: nobody can make us write to an address over and over; the same form sent again writes no mail,
    so it is answered as ever. ``actor``: who registers them, if not each for himself or herself.
    """
    if within_limit:
        for key in sorted({one.person.email_key for one in applications}):
            hold_name(key)
    held = queries.hold_seats(event_id)  # everything below is read under the lock
    seats = queries.seats_of(held)
    earlier = _Earlier(
        queries.earlier_registrations(
            held.id, [one.form_key for one in applications], [one.person.email_key for one in applications]
        )
    )
    looked_up = _LookedUp(held)
    parties = rules.Parties(
        held.policy.group_rule,
        [(one.party, one.seats, looked_up.claim(one)) for one in applications if one.party is not None],
    )
    outcomes: list[Outcome | None] = []
    entered: list[Entered] = []
    for application, at in zip(applications, moments or [now] * len(applications), strict=True):
        try:
            again = earlier.of_form(application)
            if again is None:
                one = _decide(
                    held,
                    seats,
                    application,
                    earlier,
                    looked_up,
                    before=entered,
                    parties=parties,
                    within_limit=within_limit,
                    now=at,
                )
                seats = _after(seats, one)
                entered.append(one)
            outcomes.append(again)
            parties.settled(application.party, application.seats)
        except Refusal as refusal:
            outcomes.append(refusal)
            if not isinstance(refusal, (EventFull, TooManyTogether)):
                parties.settled(application.party, application.seats)
    registrations = iter(enter(held, seats, entered, actor=actor, now=now))
    return [outcome if outcome is not None else next(registrations) for outcome in outcomes]


@transactional
def add(*, event_slug: str, person: PersonInput, actor: Actor, now: datetime, **more: Any) -> Registration:
    """An organiser enters somebody; seats and queue are as for everybody else. Once the event is over nobody is told.

    Raises MayNotManage, AlreadyRegistered, EventFull, EventCalledOff.
    """
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    rules.check_not_called_off(held.door)
    return enter_by_hand(held, _by_hand(person, Origin.ORGANISER, **more), Verb.ADD, actor=actor, now=now)


def walk_in(held: HeldSeats, person: PersonInput, *, actor: Actor, reason: str, now: datetime) -> Registration:
    """Somebody stands at the door: confirmed, above the capacity if need be. A decision by hand, on the record.

    For the verb at the door, which holds the seats and knows who may decide. Raises AlreadyRegistered.
    """
    return enter_by_hand(held, _by_hand(person, Origin.WALK_IN), Verb.WALK_IN, actor=actor, reason=reason, now=now)


def enter_by_hand(
    held: HeldSeats, application: Application, verb: Verb, *, actor: Actor, reason: str | None = None, now: datetime
) -> Registration:
    """Enter somebody without window, approval or proof of the address. Raises AlreadyRegistered, EventFull."""
    person = application.person
    earlier = _Earlier(queries.earlier_registrations(held.id, [application.form_key], [person.email_key]))
    earlier.refuse_second(application)
    seats = queries.seats_of(held)
    looked_up = _LookedUp(held)
    claim, tables = looked_up.claim(application), looked_up.tables(application.item_ids)
    decision = Decision(Place.CONFIRMED)
    if verb is not Verb.WALK_IN:
        decision = rules.seat_for(seats, claim=claim, wanted=application.seats)
    entered = Entered(application, decision, verb, earlier.sequence(person.email_key), claim, tables)
    (registration,) = enter(held, _after(seats, entered), [entered], actor=actor, reason=reason, now=now)
    return registration


def _by_hand(person: PersonInput, origin: Origin, **more: Any) -> Application:
    key = f"by-hand-{new_secret()[:40]}"
    return Application(person=person, form_key=key, origin=origin, is_verified=True, **more)


class _Earlier:
    """What the rows of the same forms and addresses say."""

    def __init__(self, rows: queries.EarlierRows) -> None:
        self._rows = rows

    def of_form(self, application: Application) -> Registration | None:
        """The registration of the same form; raises FormSentBefore when it came with other data."""
        for row in self._rows:
            if row.form_key == application.form_key:
                if row.form_digest != application.digest():
                    raise FormSentBefore
                return queries.registration(row.id)
        return None

    def refuse_second(self, application: Application) -> None:
        for row in self._rows:
            if row.email_key == application.person.email_key and row.place in LIVE:
                raise AlreadyRegistered(registration_id=row.id, place=row.place)

    def sequence(self, email_key: str) -> int:
        """SEQUENCE goes on where an earlier registration of the address ended."""
        return max((row.invitation_sequence for row in self._rows if row.email_key == email_key), default=-1) + 1


class _LookedUp:
    """What is the same for many who come at once, looked up once."""

    def __init__(self, held: HeldSeats) -> None:
        self._held = held
        self._claims: dict[Hashable, int | None] = {}
        self._tables: dict[frozenset[int], frozenset[int]] = {}

    def claim(self, application: Application) -> int | None:
        person = application.person
        key = (person.org_type, person.organisation, application.organisation_id, application.delegation_id)
        if key not in self._claims:
            self._claims[key] = claim_of_application(self._held, application)
        return self._claims[key]

    def tables(self, item_ids: frozenset[int]) -> frozenset[int]:
        """The allotments of chosen parts of the agenda. Raises NoSuchItem, ItemsClash."""
        if item_ids not in self._tables:
            chosen = item_places.check_choice(self._held.event_id, item_ids)
            self._tables[item_ids] = frozenset(one.id for one in chosen)
        return self._tables[item_ids]


def _decide(
    held: HeldSeats,
    seats: Seats,
    application: Application,
    earlier: _Earlier,
    looked_up: _LookedUp,
    *,
    before: Sequence[Entered],
    parties: rules.Parties,
    within_limit: bool,
    now: datetime,
) -> Entered:
    earlier.refuse_second(application)
    if len(application.companions) > held.policy.most_companions:
        raise TooManyCompanions(field="companions", most=held.policy.most_companions)
    claim = looked_up.claim(application)
    decision = rules.admit(
        held.door,
        seats,
        held.policy,
        claim=parties.claim(application.party, claim),
        wanted=application.seats,
        together=parties.needed(application.party, application.seats),
        is_invited=application.is_invited,
        skips_approval=application.skips_approval,
        is_verified=application.is_verified,
        now=now,
    )
    tables = looked_up.tables(application.item_ids)
    if application.limited:
        chosen = {one: answer.value for one, answer in application.answers.items()}
        check_choices(application.limited, chosen, wanted=application.seats, before=_chosen_by(before))
    if application.invitation_id and queries.came_by_invitation(held.id, application.invitation_id):
        raise InvitationUsed
    key = application.person.email_key
    if within_limit and not rules.may_write_again(count_recent(key, now - rules.A_DAY)):
        raise WrittenTooOften(retry_after=3600)
    if application.code_id is not None:  # last: what is refused must not use it up
        invitations.use_code(application.code_id, now=now)
    return Entered(application, decision, Verb.JOIN, earlier.sequence(key), claim, tables)


def _chosen_by(entered: Sequence[Entered]) -> Counter[tuple[int, str]]:
    """The seats of limited choices that those take who get in now and have no rows yet, by question and code."""
    taken: Counter[tuple[int, str]] = Counter()
    for one in entered:
        for question in one.application.limited:
            answer = one.application.answers.get(question.id)
            for code in queries.codes_in(answer.value if answer else None):
                taken[question.id, code] += one.application.seats
    return taken


def _after(seats: Seats, entered: Entered) -> Seats:
    if entered.decision.place in HOLDING:
        return seats.with_taken(entered.application.seats, entered.decision.quota_id)
    return seats.with_waiting(entered.claim_id) if entered.decision.place is Place.WAITLISTED else seats
