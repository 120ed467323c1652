"""Share a contact card, and take it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from app.agenda.rules import ItemKind
from app.events import queries as events
from app.forums.errors import FormatNotFound, NotAParticipant
from app.forums.inputs import CardInput
from app.forums.models import ContactCard
from app.forums.queries import contacts as queries
from app.forums.queries import parts
from app.forums.rules import contacts as rules
from app.kernel.db import db, transactional
from app.registration import queries as registrations


@transactional
def share(registration_id: int, *, values: CardInput, now: datetime) -> None:
    """Let those participants who share theirs see one's card; again to change it.

    Raises FormatNotFound where the event has no networking, NotAParticipant, ContactsOver.
    """
    event_id = registrations.event_id_of(registration_id)
    if not parts.has_kind(event_id, ItemKind.NETWORKING):
        raise FormatNotFound(event_id=event_id)
    if not parts.confirmed(event_id, [registration_id]):
        raise NotAParticipant(registration_id=registration_id)
    rules.check_open(events.event(event_id).ends_at, now)
    row = queries.card(registration_id)
    if row is None:
        row = ContactCard(registration_id=registration_id, event_id=event_id, agreed_at=now)
        db.session.add(row)
    row.shows_email, row.phone, row.website, row.about = (
        values.shows_email,
        values.phone,
        values.website,
        values.about,
    )


@transactional
def take_back(registration_id: int) -> None:
    """Nobody sees the card any more, from now on; what stood on it is erased. Saying it twice is no error."""
    row = queries.card(registration_id)
    if row is not None:
        db.session.delete(row)


@transactional
def erase_over(*, now: datetime) -> None:
    """Erase the cards of events whose exchange is over."""
    over = queries.events_over(now - rules.SHOWN_FOR)
    if over:
        db.session.execute(delete(ContactCard).where(ContactCard.event_id.in_(over)))
