"""What the worker does for registration."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.db import transactional
from app.mail.services import Letter, queue_all
from app.questions import queries as questions
from app.questions.models import QuestionForm
from app.questions.rules import Purpose, reminder_at
from app.registration import queries
from app.registration.handlers import items_letter, part_letter
from app.registration.queries import parts
from app.registration.queries.parts import PartHolder
from app.registration.services import leaving, offers, seats
from app.registration.services.answering import erase_answers
from app.registration.services.keeping import BATCH, erase_needs

TIME_TO_VERIFY = timedelta(hours=48)
# the letters that tell participants of an event, and why those with a part are written to then
_OF_EVENT = {"event_changed": "moved", "event_postponed": "postponed", "event_called_off": "called_off"}
FURTHEST_REMINDER = timedelta(days=400)


@performs("tell_participants")
def tell_participants(event_id: int, letter: str, sequence: int) -> None:
    """Queue a letter to everybody who has or awaits a seat, in batches; running twice queues nothing twice."""
    ids = queries.live_registration_ids(event_id)
    for start in range(0, len(ids), BATCH):
        _queue_letters(ids[start : start + BATCH], letter, sequence, clock.now())
    _tell_part_holders(event_id, letter, sequence)


@performs("tell_of_moved_items")
def tell_of_moved_items(item_ids: list[int], at: str, *, tells_holders: bool = True) -> None:
    """Tell those who signed up for parts of the agenda that moved; running twice queues nothing twice.

    ``tells_holders``: and those with a part in them, whom a release writes to itself.
    """
    people = queries.people_at_items(item_ids)
    for start in range(0, len(people), BATCH):
        _queue([items_letter(one, "moved", at) for one in people[start : start + BATCH]], clock.now())
    if tells_holders:
        _tell_part_holders_at(item_ids, at, {one.email_key for one in people})


def _tell_part_holders(event_id: int, letter: str, sequence: int) -> None:
    """Those with a part who were not written to as participants."""
    holders = parts.part_holders(event_id)
    written = queries.keys_with_a_place(event_id, {one.key for one in holders})
    letters = [
        part_letter(one, event_id, _OF_EVENT[letter], str(sequence), sequence=sequence)
        for one in holders
        if one.key not in written
    ]
    _queue(letters, clock.now())


def _tell_part_holders_at(item_ids: list[int], at: str, written: set[str]) -> None:
    """One mail to each, whichever of the items he or she has a part in."""
    theirs: dict[PartHolder, list[int]] = {}
    for item_id, holders in parts.part_holders_at(item_ids).items():
        for one in holders:
            theirs.setdefault(one, []).append(item_id)
    event_id = parts.event_id_of_item(item_ids[0])
    if event_id is not None:
        letters = [
            part_letter(one, event_id, "item_moved", at, item_ids=sorted(ids))
            for one, ids in theirs.items()
            if one.key not in written
        ]
        _queue(letters, clock.now())


@performs("move_up")
def move_up(event_id: int) -> None:
    """Go on where one transaction stopped letting the queue up."""
    offers.go_on(event_id, now=clock.now())


@performs("expire_offer")
def expire_offer(registration_id: int) -> None:
    """Pass a seat on that was offered and not taken in time."""
    offers.expire(registration_id, now=clock.now())


@recurs("release_quotas", every=timedelta(minutes=1))
def release_quotas(now: datetime) -> None:
    """Give seats that quotas kept to the common pool on their day."""
    for event_id in queries.quotas_to_release(now):
        seats.release_due(event_id, now=now)


@recurs("lapse_unverified", every=timedelta(minutes=15))
def lapse_unverified(now: datetime) -> None:
    """End registrations of addresses that did not prove themselves within two days."""
    for registration_id in queries.unverified_since(now - TIME_TO_VERIFY, BATCH):
        leaving.lapse(registration_id, now=now)


@recurs("erase_needs", every=timedelta(hours=6))
def erase(now: datetime) -> None:
    """Forget diet, access and message when the retention time after the event is over."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while erase_needs(before=before, now=now) == BATCH:
        pass


@recurs("erase_answers", every=timedelta(hours=1))
def erase_answers_on_their_day(now: datetime) -> None:
    erase_answers(now=now)


@recurs("remind_of_forms", every=timedelta(hours=1))
def remind_of_forms(now: datetime) -> None:
    """Write once, before each deadline, to the confirmed who have not answered a form that follows up."""
    for form in questions.forms_to_remind(now, now + FURTHEST_REMINDER):
        due = reminder_at(form.closes_at, form.remind_days_before)
        if form.purpose is Purpose.FOLLOW_UP and form.asked and due and due <= now:
            _remind(form, now)


def _remind(form: QuestionForm, now: datetime) -> None:
    deadline = form.closes_at.isoformat() if form.closes_at else ""
    silent = queries.silent_about(form.id)
    letters = [
        Letter(
            name="registration_form_reminder",
            recipient=one.email,
            locale=one.locale,
            about=f"registration:{one.id}",
            dedupe_key=f"registration_form_reminder:{form.id}:{one.id}:{deadline}",
            context={"registration_id": one.id, "form_id": form.id},
        )
        for one in silent
    ]
    for start in range(0, len(letters), BATCH):
        _queue(letters[start : start + BATCH], now)


@transactional
def _queue(letters: list[Letter], now: datetime) -> None:
    queue_all(letters, now=now)


@transactional
def _queue_letters(registration_ids: list[int], letter: str, sequence: int, now: datetime) -> None:
    queue_all(
        [
            Letter(
                name=letter,
                recipient=registration.email,
                locale=registration.locale,
                about=f"registration:{registration.id}",
                dedupe_key=f"{letter}:{registration.id}:{sequence}",
                context={"registration_id": registration.id, "sequence": sequence},
            )
            for registration in queries.registrations(registration_ids)
        ],
        now=now,
    )
