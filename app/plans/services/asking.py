"""Tell by mail who is asked in a consultation, and once more who is silent shortly before its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.invitations.queries import managers_of
from app.kernel.db import transactional
from app.kernel.texts import LANGUAGES
from app.mail import services as mail
from app.mail.services import Letter
from app.plans.models import Consultation, ConsultationGuest
from app.plans.queries import consultations as queries
from app.plans.rules.consulting import REMINDED_BEFORE, is_worth_a_reminder

ASKED = "plan_consultation"
AT_ONCE = 20


@transactional
def ask_due(*, now: datetime) -> int:
    """Write to members and guests of consultations whose first day has come; gives how many consultations.

    Days begin when UTC says so. Members are reached by who manages their organisation, guests by their address.
    """
    rows = queries.untold(now.date(), AT_ONCE)
    for row in rows:
        row.asked_at = now
        mail.queue_all([*_to_members(row, reminds=False), *_to_guests(row.guests, reminds=False)], now=now)
    return len(rows)


@transactional
def remind_due(*, now: datetime) -> int:
    """Write once more, a few days before the end, to whose country or who was silent; gives how many consultations."""
    rows = queries.unreminded(now.date(), now.date() + REMINDED_BEFORE, AT_ONCE)
    for row in rows:
        row.reminded_at = now
        if not is_worth_a_reminder(row.opens_on, row.closes_on):
            continue
        answered = {comment.guest_id for comment in row.comments}
        silent = [guest for guest in row.guests if guest.id not in answered]
        mail.queue_all([*_to_members(row, reminds=True), *_to_guests(silent, reminds=True)], now=now)
    return len(rows)


def write_to_guest(guest: ConsultationGuest, *, now: datetime) -> None:
    """One guest more, where the others were told already. Raises UnusableAddress."""
    mail.queue_all([*_to_guests([guest], reminds=False)], now=now)


def _to_members(row: Consultation, *, reminds: bool) -> Iterator[Letter]:
    heard = {comment.country_code for comment in row.comments}
    organisations = {
        role.organisation_id
        for role in row.plan.group.roles
        if not reminds or role.organisation.country_code not in heard
    }
    for organisation_id, person, account, locale in managers_of(organisations):
        address = account or person.email
        if address:
            language = locale or next((one for one in person.languages if one in LANGUAGES), "en")
            yield _letter(row, address, language, reminds=reminds, organisation_id=organisation_id)


def _to_guests(guests: Sequence[ConsultationGuest], *, reminds: bool) -> Iterator[Letter]:
    for guest in guests:
        if guest.email and guest.revoked_at is None:
            yield _letter(guest.consultation, guest.email, guest.locale, reminds=reminds, guest_id=guest.id)


def _letter(row: Consultation, address: str, locale: str, *, reminds: bool, **context: Any) -> Letter:
    turn = "again" if reminds else "first"
    guest = context.get("guest_id", "member")
    return Letter(
        name=ASKED,
        recipient=address,
        locale=locale,
        about=f"group:{row.plan.group_id}",
        dedupe_key=f"consultation:{row.id}:{turn}:{guest}:{address.lower()}",
        context={"consultation_id": row.id, "reminds": reminds, **context},
    )
