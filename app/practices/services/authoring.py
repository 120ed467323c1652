"""Authors with their organisations, and whether they agree to be named, which nobody says for them."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.mail import services as mail
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import (
    AskedToday,
    AuthorHasNoAddress,
    AuthorNotFound,
    AuthorTwice,
    ConsentWordsChanged,
    UnknownChoice,
)
from app.practices.inputs import AuthorInput
from app.practices.models import PracticeAuthor
from app.practices.queries import people, reviewing
from app.practices.queries.people import Addressee
from app.practices.rules.consent import CONSENT_VERSION, Consent, may_ask
from app.practices.services.reading import editable

AUTHOR_ASKED = "practice_author"


@transactional
def add_author(*, practice_id: int, values: AuthorInput, actor: Actor, now: datetime) -> PracticeAuthor:
    """Write down an author and mail the personal link to the author's own address; until then only the organisation
    is shown. Whose address is not known, or is the actor's, is written down and not asked.

    Raises AuthorTwice, UnknownChoice, MayNotEdit or PracticeNotFound.
    """
    practice = editable(practice_id, actor)
    if reviewing.person(values.person_id) is None:
        raise UnknownChoice(field="person_id")
    if not queries.knows_owner(values.organisation_id):
        raise UnknownChoice(field="organisation_id")
    if any(author.person_id == values.person_id for author in practice.authors):
        raise AuthorTwice(field="person_id")
    is_known = actor.is_system and values.agreed
    row = PracticeAuthor(
        public_id=opaque_id(),
        practice_id=practice.id,
        person_id=values.person_id,
        organisation_id=values.organisation_id,
        position=len(practice.authors) + 1,
        agreed_at=now if is_known else None,
        consent_version=CONSENT_VERSION if is_known else None,
        consent_language="en" if is_known else None,
    )
    practice.authors.append(row)
    db.session.flush()
    if not actor.is_system and (address := address_of(row, actor)):
        _ask(row, address, actor, now)
    return row


@transactional
def ask_author(*, practice_id: int, author_id: int, actor: Actor, now: datetime) -> None:
    """Mail the personal link to the author again, once a day at the most.

    Raises AskedToday, AuthorHasNoAddress, AuthorNotFound, MayNotEdit or PracticeNotFound.
    """
    practice = editable(practice_id, actor)
    row = reviewing.author(practice.id, author_id)
    if not may_ask(row.asked_at, now):
        raise AskedToday
    address = address_of(row, actor)
    if address is None:
        raise AuthorHasNoAddress
    _ask(row, address, actor, now)


@transactional
def remove_author(*, practice_id: int, author_id: int, actor: Actor, now: datetime) -> None:
    """Take an author out; what the person had answered, and to which words, stays in the audit log.

    Raises AuthorNotFound, MayNotEdit or PracticeNotFound.
    """
    practice = editable(practice_id, actor)
    row = reviewing.author(practice.id, author_id)
    answered = {
        name: at.isoformat()
        for name in ("asked_at", "agreed_at", "declined_at", "withdrawn_at")
        if (at := getattr(row, name)) is not None
    }
    audit.note(
        "practice.author_removed",
        subject=f"practice:{practice.slug}",
        account_id=actor.account_id,
        now=now,
        author=row.public_id,
        person=row.person_id,
        words=row.consent_version,
        language=row.consent_language,
        **answered,
    )
    practice.authors.remove(row)


@transactional
def agree(*, public_id: str, version: int | None, language: str, now: datetime) -> None:
    """The author agrees to be named, to the words of this version in this language.

    Whoever calls has checked the personal link. Raises AuthorNotFound, or ConsentWordsChanged for words that do not
    hold any more.
    """
    row = _author(public_id)
    if version != CONSENT_VERSION:
        raise ConsentWordsChanged
    row.agreed_at, row.declined_at, row.withdrawn_at = now, None, None
    row.consent_version, row.consent_language = version, language
    _note(row, "practice.author_agreed", now)


@transactional
def withdraw(*, public_id: str, now: datetime) -> Consent:
    """The author does not want to be named, or not any more: from now on only the organisation is.

    The consent that was given stays on record. Raises AuthorNotFound.
    """
    row = _author(public_id)
    if row.consent is Consent.AGREED:
        row.withdrawn_at = now
        _note(row, "practice.author_withdrew", now)
    elif row.consent in {Consent.ASKED, Consent.NOT_ASKED}:
        row.declined_at = now
        _note(row, "practice.author_declined", now)
    return row.consent


def address_of(row: PracticeAuthor, actor: Actor) -> Addressee | None:
    """Where the link goes; nowhere when it would go to a writer who is somebody else."""
    found = people.persons([row.person_id]) if row.person_id else []
    address = found[0] if found else None
    is_actors = address is not None and address.email.casefold() == actor.email.casefold()
    return None if is_actors and actor.person_id != row.person_id else address


def _ask(row: PracticeAuthor, to: Addressee, actor: Actor, now: datetime) -> None:
    row.asked_at = now
    mail.queue(
        AUTHOR_ASKED,
        recipient=to.email,
        locale=to.locale,
        about=f"practice:{row.practice_id}",
        dedupe_key=f"{AUTHOR_ASKED}:{row.practice_id}:{row.person_id}:{now.date()}",
        now=now,
        practice_id=row.practice_id,
        person_id=row.person_id,
    )
    audit.note(
        "practice.author_asked",
        subject=f"practice:{row.practice.slug}",
        account_id=actor.account_id,
        now=now,
        author=row.public_id,
    )


def _author(public_id: str) -> PracticeAuthor:
    row = reviewing.author_by_link(public_id)
    if row is None:
        raise AuthorNotFound
    return row


def _note(row: PracticeAuthor, action: str, now: datetime) -> None:
    audit.note(action, subject=f"practice:{row.practice.slug}", account_id=None, now=now, author=row.public_id)
