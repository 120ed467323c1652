"""Write by mail to the people of a practice, through the house: nobody's address is shown."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import hold_name, insert_unless_there, transactional
from app.kernel.ids import digest
from app.mail import services as mail
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import AlreadyWritten, MayNotWriteTo, NobodyToWriteTo, PracticeNotFound, TooManyWritten
from app.practices.models import Practice, PracticeContact
from app.practices.permissions import may_write_to
from app.practices.queries import people
from app.practices.queries.people import Addressee
from app.practices.rules.contacting import A_DAY, KEPT, MOST_A_DAY, MOST_TO_PRACTICE

MESSAGE = "practice_message"


@transactional
def write_to(*, practice_id: int, text: str, actor: Actor, now: datetime) -> None:
    """Mail the named authors, or else those who write the practice; the answer goes to the actor's own address.

    Raises PracticeNotFound unless it is published, MayNotWriteTo, AlreadyWritten, TooManyWritten, NobodyToWriteTo.
    """
    practice = queries.practice(practice_id)
    if not practice.is_published:
        raise PracticeNotFound(practice_id=practice_id)
    if actor.account_id is None or not is_of_community(actor):
        raise MayNotWriteTo
    to = [one for one in contacts_of(practice) if one.account_id is None or one.account_id != actor.account_id]
    if not to:
        raise NobodyToWriteTo
    _take_turn(practice_id, actor.account_id, now)
    key = digest(text)
    is_new = insert_unless_there(
        PracticeContact,
        practice_id=practice_id,
        account_id=actor.account_id,
        name=actor.name[:160],
        email=actor.email,
        organisation=people.names_of(actor.organisation_ids)[:200],
        text=text,
        digest=key,
        at=now,
    )
    if not is_new:
        raise AlreadyWritten
    contact_id = people.contact_id(practice_id, actor.account_id, key)
    once = f"{MESSAGE}:{practice_id}:{actor.account_id}:{key}:{now.date()}"
    mail.queue_all([_letter(practice_id, contact_id, key, one, once) for one in to], now=now)


@transactional
def forget_contacts(*, now: datetime) -> None:
    """Erase what was relayed a month ago."""
    people.delete_contacts(before=now - KEPT)


def contacts_of(practice: Practice) -> list[Addressee]:
    """Who answers for a practice: its named authors, or else those who write it; each address once."""
    found = people.named_authors(practice) or people.writers_of(practice)
    return list({one.key: one for one in found}.values())


def is_of_community(actor: Actor) -> bool:
    """Whether somebody belongs to an organisation of a project or of a thematic group."""
    return may_write_to(actor, in_community=people.is_in_community(actor.organisation_ids))


def _take_turn(practice_id: int, account_id: int, now: datetime) -> None:
    hold_name(f"practice-contact:{account_id}")
    since = now - A_DAY
    if (
        people.count_contacts(since=since, account_id=account_id) >= MOST_A_DAY
        or people.count_contacts(since=since, practice_id=practice_id) >= MOST_TO_PRACTICE
    ):
        raise TooManyWritten(retry_after=int(A_DAY.total_seconds()))


def _letter(practice_id: int, contact_id: int, key: str, to: Addressee, once: str) -> mail.Letter:
    return mail.Letter(
        name=MESSAGE,
        recipient=to.email,
        locale=to.locale,
        about=f"practice:{practice_id}",
        dedupe_key=f"{once}:{to.key}",
        context={"contact_id": contact_id, "digest": key},
    )
