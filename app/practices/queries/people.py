"""Whom a practice concerns, with the address and the language in which they are written to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.invitations.queries import managers_of
from app.kernel.db import db
from app.kernel.texts import LANGUAGES
from app.mail.rules import address_key
from app.network.models import GroupRoleRow, Organisation, Person, ProjectRoleRow
from app.network.rules import GroupRole
from app.practices.models import (
    Practice,
    PracticeAuthor,
    PracticeChange,
    PracticeComment,
    PracticeContact,
    PracticeExpert,
    PracticeNews,
)
from app.practices.queries.reviewing import lead_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody who is written to. An account's own address and language count before those of the person."""

    email: str
    locale: str
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""

    @property
    def key(self) -> str:
        return address_key(self.email)


def writers_of(practice: Practice) -> list[Addressee]:
    """Who manages the owner, or the owner's own address when nobody does here."""
    owner = practice.owner
    by_itself = [Addressee(email=owner.email, locale="en", name=owner.name)] if owner.email else []
    return _managers({practice.owner_id}) or by_itself


def editors_of(practice: Practice) -> list[Addressee]:
    """Who manages the project's lead partner, and the group's coordinator; nobody for a practice of no project."""
    coordinators = select(GroupRoleRow.organisation_id).where(
        GroupRoleRow.group_id == practice.group_id, GroupRoleRow.role == GroupRole.COORDINATOR
    )
    ids = lead_ids(practice.project_id) | (set(db.session.scalars(coordinators)) if practice.group_id else set())
    return _managers(ids) if ids else []


def experts_asked(practice: Practice) -> list[Addressee]:
    asked = select(PracticeExpert.person_id).where(PracticeExpert.practice_id == practice.id)
    return persons(db.session.scalars(asked).all())


def named_authors(practice: Practice) -> list[Addressee]:
    """Authors who agreed to be named, as far as their address is known."""
    return persons([row.person_id for row in practice.authors if row.is_named and row.person_id])


def persons(person_ids: Collection[int]) -> list[Addressee]:
    """People with an address, in the order of their ids."""
    rows = db.session.execute(
        select(Person, Account.email, Account.locale)
        .outerjoin(Account, (Account.id == Person.account_id) & Account.disabled_at.is_(None))
        .where(Person.id.in_(person_ids))
        .order_by(Person.id)
    ).all()
    found = [_addressee(person, email, locale) for person, email, locale in rows]
    return [one for one in found if one.email]


def _managers(organisation_ids: Collection[int]) -> list[Addressee]:
    rows = managers_of(organisation_ids)
    found = {person.id: _addressee(person, email, locale) for _id, person, email, locale in rows}
    return [one for one in found.values() if one.email]


def _addressee(person: Person, email: str | None, locale: str | None) -> Addressee:
    spoken = next((one for one in person.languages if one in LANGUAGES), "en")
    return Addressee(
        email=email or person.email or "",
        locale=locale or spoken,
        account_id=person.account_id,
        person_id=person.id,
        name=person.full_name,
    )


def news_of(practice_id: int) -> Sequence[PracticeNews]:
    """What is still to be told, in the order in which it happened."""
    query = select(PracticeNews).where(PracticeNews.practice_id == practice_id)
    return db.session.scalars(query.order_by(PracticeNews.at, PracticeNews.id)).all()


def changes(ids: Collection[int]) -> Sequence[PracticeChange]:
    query = select(PracticeChange).where(PracticeChange.id.in_(ids))
    return db.session.scalars(query.order_by(PracticeChange.at, PracticeChange.id)).all()


def open_comments(ids: Collection[int]) -> Sequence[PracticeComment]:
    """Those of them that nobody has settled yet."""
    query = select(PracticeComment).where(PracticeComment.id.in_(ids), PracticeComment.settled_at.is_(None))
    return db.session.scalars(query.order_by(PracticeComment.at, PracticeComment.id)).all()


def practice_for_mail(practice_id: int) -> Practice | None:
    query = select(Practice).where(Practice.id == practice_id)
    return db.session.scalar(query.options(joinedload(Practice.owner)))


def author_for_mail(practice_id: int, person_id: int) -> PracticeAuthor | None:
    query = select(PracticeAuthor).where(
        PracticeAuthor.practice_id == practice_id, PracticeAuthor.person_id == person_id
    )
    return db.session.scalar(
        query.options(
            joinedload(PracticeAuthor.practice),
            joinedload(PracticeAuthor.organisation),
            joinedload(PracticeAuthor.person),
        )
    )


def is_in_community(organisation_ids: Collection[int]) -> bool:
    """Whether one of these organisations takes part in a project or a thematic group."""
    in_project = select(ProjectRoleRow.organisation_id).where(ProjectRoleRow.organisation_id.in_(organisation_ids))
    in_group = select(GroupRoleRow.organisation_id).where(GroupRoleRow.organisation_id.in_(organisation_ids))
    either = select(Organisation.id).where(or_(Organisation.id.in_(in_project), Organisation.id.in_(in_group)))
    return db.session.scalar(either.limit(1)) is not None


def names_of(organisation_ids: Collection[int]) -> str:
    query = select(Organisation.name).where(Organisation.id.in_(organisation_ids)).order_by(Organisation.name)
    return ", ".join(db.session.scalars(query))


def contact(contact_id: int) -> PracticeContact | None:
    query = select(PracticeContact).where(PracticeContact.id == contact_id)
    return db.session.scalar(query.options(joinedload(PracticeContact.practice)))


def contact_id(practice_id: int, account_id: int, key: str) -> int:
    query = select(PracticeContact.id).where(
        PracticeContact.practice_id == practice_id,
        PracticeContact.account_id == account_id,
        PracticeContact.digest == key,
    )
    return db.session.scalars(query).one()


def count_contacts(*, since: datetime, account_id: int | None = None, practice_id: int | None = None) -> int:
    """Messages of an account, or to a practice, since then."""
    query = select(func.count(PracticeContact.id)).where(PracticeContact.at >= since)
    if account_id is not None:
        query = query.where(PracticeContact.account_id == account_id)
    if practice_id is not None:
        query = query.where(PracticeContact.practice_id == practice_id)
    return db.session.scalar(query) or 0


def delete_contacts(*, before: datetime) -> None:
    db.session.execute(delete(PracticeContact).where(PracticeContact.at < before))
