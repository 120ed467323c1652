"""Who does not want to be written to, and whom to write to again."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events import queries as events
from app.events.services import check_manageable
from app.kernel.db import insert_unless_there, transactional
from app.mail.services import forget_bounces
from app.mailings import queries
from app.mailings.errors import LinkUnknown
from app.mailings.models import MailingRecipient, Unsubscription
from app.network.actors import Actor


@transactional
def unsubscribe(public_id: str, *, how: str, now: datetime) -> None:
    """Leave the reader of a mail out of what the project writes from now on. Twice is as good as once."""
    reader = _reader(public_id)
    scope = queries.circle_of(queries.mailing(reader.mailing_id)).scope
    insert_unless_there(Unsubscription, scope=scope, address_key=reader.address_key, at=now, detail=how)


@transactional
def subscribe_again(public_id: str) -> None:
    """The reader changed their mind."""
    reader = _reader(public_id)
    queries.subscribe_again(queries.circle_of(queries.mailing(reader.mailing_id)).scope, reader.address_key)


@transactional
def write_again(event_id: int, *, address: str, actor: Actor, now: datetime) -> None:
    """An organiser says that the address of a participant is right after all. Raises LinkUnknown for any other."""
    event = events.event(event_id)
    check_manageable(event, actor)
    if not queries.is_participants_address(event_id, address):
        raise LinkUnknown
    forget_bounces(address)
    audit.note("address_written_again", subject=f"event:{event.slug}", account_id=actor.account_id, now=now)


def _reader(public_id: str) -> MailingRecipient:
    found = queries.recipient_with_public_id(public_id)
    if found is None:
        raise LinkUnknown
    return found
