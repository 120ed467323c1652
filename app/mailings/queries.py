from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, Subquery, cast, delete, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.events.models import Event
from app.kernel.db import db
from app.kernel.texts import LANGUAGES
from app.mail.models import AddressState, BounceKind, Message, MessageState
from app.mail.rules import address_key
from app.mailings import registry
from app.mailings.circles import Circle
from app.mailings.errors import MailingNotFound
from app.mailings.models import Mailing, MailingRecipient, Unsubscription
from app.mailings.registry import Reader
from app.mailings.rules import Audience, LeftOut, Narrowing, Owner, Progress, State
from app.network.models import GroupRoleRow, Project, ProjectRoleRow, ThematicGroup
from app.network.rules import GroupRole, ProjectRole
from app.questions.models import Question, QuestionForm
from app.questions.rules import Kind as QuestionKind
from app.registration.models import Allotment, Answer, Registration
from app.registration.rules import LIVE
from app.venues.models import Venue

MOST_NAMED = 30
NARROWING = (QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.CONSENT)


def mailing(mailing_id: int) -> Mailing:
    """Raises MailingNotFound."""
    found = db.session.get(Mailing, mailing_id)
    if found is None:
        raise MailingNotFound(mailing=mailing_id)
    return found


def answers_go_to(found: Mailing, circle: Circle) -> str:
    """Whom the readers of a mailing answer: the contact of the event, or else who sends it; perhaps nobody."""
    if circle.contact:
        return circle.contact
    account = db.session.get(Account, found.approved_by or found.created_by or 0)
    return account.email if account and account.disabled_at is None else ""


def lock_mailing(mailing_id: int) -> Mailing:
    """A mailing, held, so that sending, stopping and editing come one after the other; raises MailingNotFound."""
    found = db.session.get(Mailing, mailing_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise MailingNotFound(mailing=mailing_id)
    return found


def circle_of(found: Mailing) -> Circle:
    """Whose mailing it is, with what its texts ask about."""
    if found.event_id:
        return circle_of_event(found.event_id)
    if found.group_id:
        group = db.session.get_one(ThematicGroup, found.group_id, options=(joinedload(ThematicGroup.project),))
        return Circle(owner=Owner.GROUP, group=group, project=group.project)
    return Circle(owner=Owner.PROJECT, project=db.session.get_one(Project, found.project_id))


def circle_of_event(event_id: int) -> Circle:
    options = (joinedload(Event.venue).joinedload(Venue.country), joinedload(Event.project))
    event = db.session.get_one(Event, event_id, options=options)
    return Circle(owner=Owner.EVENT, event=event, project=event.project)


def project_with_slug(slug: str) -> Project | None:
    return db.session.scalar(select(Project).where(Project.slug == slug))


def group_with_slug(slug: str) -> ThematicGroup | None:
    return db.session.scalar(
        select(ThematicGroup).where(ThematicGroup.slug == slug).options(joinedload(ThematicGroup.project))
    )


def organisations_with(project_id: int, roles: Collection[ProjectRole]) -> frozenset[int]:
    return frozenset(
        db.session.scalars(
            select(ProjectRoleRow.organisation_id).where(
                ProjectRoleRow.project_id == project_id, ProjectRoleRow.role.in_(list(roles))
            )
        )
    )


def coordinators(group_id: int) -> frozenset[int]:
    return frozenset(
        db.session.scalars(
            select(GroupRoleRow.organisation_id).where(
                GroupRoleRow.group_id == group_id, GroupRoleRow.role == GroupRole.COORDINATOR
            )
        )
    )


def mailings_of(circle: Circle) -> Sequence[Mailing]:
    """All mailings of a circle, newest first."""
    column = getattr(Mailing, circle.column)
    return db.session.scalars(select(Mailing).where(column == circle.id).order_by(Mailing.id.desc()).limit(500)).all()


def has_mailings(event_id: int) -> bool:
    return db.session.scalar(select(Mailing.id).where(Mailing.event_id == event_id).limit(1)) is not None


def written_for(event_id: int) -> Sequence[Mailing]:
    """The mailings of an event, oldest first, but for those that were called off."""
    query = select(Mailing).where(Mailing.event_id == event_id, Mailing.state != State.CANCELLED)
    return db.session.scalars(query.order_by(Mailing.id)).all()


def scheduled_of_event(event_id: int) -> Sequence[Mailing]:
    """What waits for its time, held."""
    query = select(Mailing).where(Mailing.event_id == event_id, Mailing.state == State.SCHEDULED).order_by(Mailing.id)
    return db.session.scalars(query.with_for_update(), execution_options={"populate_existing": True}).all()


def delete_proposals(event_id: int) -> None:
    """What was proposed and nobody touched."""
    db.session.execute(
        delete(Mailing).where(Mailing.event_id == event_id, Mailing.is_proposal, Mailing.state == State.DRAFT)
    )


def due(now: datetime) -> Sequence[int]:
    return db.session.scalars(
        select(Mailing.id).where(Mailing.state == State.SCHEDULED, Mailing.send_at <= now).order_by(Mailing.send_at)
    ).all()


def taken_in() -> Sequence[int]:
    """Mailings whose every recipient is known and that are not finished."""
    return db.session.scalars(
        select(Mailing.id).where(Mailing.state == State.SENDING, Mailing.taken_in_at.is_not(None))
    ).all()


# whom it reaches


def audience_page(found: Mailing, circle_id: int, *, after: int, limit: int) -> list[Reader]:
    """The next of the audience in the order of their keys."""
    people = _narrowed(found.audience, circle_id, Narrowing.of(found.narrowing))
    rows = db.session.execute(people.where(people.selected_columns["key"] > after).order_by("key").limit(limit))
    return [reader_of(row) for row in rows]


def audience_size(name: Audience, circle_id: int, narrowing: Narrowing) -> int:
    """How many addresses an audience has now."""
    people = _narrowed(name, circle_id, narrowing).subquery()
    count = select(func.count(func.distinct(func.lower(people.c.address)))).where(~_is_nobodys(people))
    return db.session.scalar(count) or 0


def without_address(name: Audience, circle_id: int, narrowing: Narrowing) -> Sequence[str]:
    """Names of those of an audience whom no mail can reach because nobody knows an address of theirs."""
    unreached = registry.unreached_of(name, circle_id)
    if unreached is None:
        everybody = _narrowed(name, circle_id, narrowing).subquery()
        full_name = everybody.c.given_name + " " + everybody.c.family_name
        query = select(full_name).where(_is_nobodys(everybody))
    else:
        people = unreached.subquery()
        full_name = people.c.name
        query = _of_kind(select(full_name), people, narrowing)
    return db.session.scalars(query.distinct().order_by(full_name).limit(MOST_NAMED)).all()


def _is_nobodys(people: Subquery) -> ColumnElement[bool]:
    """Whether an address only stands for somebody who gave none, at the door say."""
    return func.lower(people.c.address).like("%.invalid")


def reader(found: Mailing, circle_id: int, key: int) -> Reader | None:
    """One of the audience."""
    people = _narrowed(found.audience, circle_id, Narrowing.of(found.narrowing))
    row = db.session.execute(people.where(people.selected_columns["key"] == key)).first()
    return reader_of(row) if row else None


def reader_of(row: Row[*tuple[Any, ...]]) -> Reader:
    full_name = " ".join(part for part in (row.given_name, row.family_name) if part)
    return Reader(
        key=row.key,
        address=row.address,
        locale=row.locale if row.locale in LANGUAGES else LANGUAGES[0],
        given_name=row.given_name or full_name,
        full_name=full_name,
        organisation=row.organisation or "",
        registration_id=row.registration_id,
    )


def _narrowed(name: Audience, circle_id: int, narrowing: Narrowing) -> Select[*tuple[Any, ...]]:
    people = registry.people_of(name, circle_id).subquery()
    query = select(*(people.c[column] for column in registry.COLUMNS))
    if narrowing.question_id:
        query = query.where(people.c.registration_id.in_(_answered(narrowing.question_id, narrowing.answer)))
    return _of_kind(query, people, narrowing)


def _of_kind(query: Select[Any], people: Subquery, narrowing: Narrowing) -> Select[Any]:
    if narrowing.org_type:
        query = query.where(cast(people.c.org_type, String) == narrowing.org_type)
    if narrowing.country:
        query = query.where(people.c.country_code == narrowing.country)
    return query


def _answered(question_id: int, answer: str) -> Select[*tuple[Any, ...]]:
    """Registrations with this answer: the code of a choice, or one of several; "true" or "false" of a consent."""
    word = f'"agreed": {answer}' if answer in {"true", "false"} else json.dumps(answer)
    is_it = cast(Answer.value, String).contains(word, autoescape=True)
    return select(Answer.registration_id).where(Answer.question_id == question_id, Answer.erased_at.is_(None), is_it)


def questions_to_narrow_by(event_id: int) -> Sequence[Question]:
    """Questions of an event whose answers can be told apart."""
    return db.session.scalars(
        select(Question)
        .join(QuestionForm)
        .where(QuestionForm.event_id == event_id, Question.kind.in_(NARROWING), Question.retired_at.is_(None))
        .where(QuestionForm.is_anonymous.is_(False))
        .order_by(QuestionForm.position, QuestionForm.id, Question.position)
    ).all()


def unsubscribed(scope: str, keys: Iterable[str]) -> set[str]:
    return set(
        db.session.scalars(
            select(Unsubscription.address_key).where(
                Unsubscription.scope == scope, Unsubscription.address_key.in_(set(keys))
            )
        )
    )


def subscribe_again(scope: str, key: str) -> None:
    db.session.execute(delete(Unsubscription).where(Unsubscription.scope == scope, Unsubscription.address_key == key))


# what became of it

_FATES = {
    MessageState.QUEUED: "queued",
    MessageState.SENT: "sent",
    MessageState.DEAD: "failed",
    MessageState.BOUNCED: "bounced",
    MessageState.DROPPED: "left_out",
}


def progress(mailing_ids: Collection[int]) -> dict[int, Progress]:
    """How far mailings are, in one query."""
    rows = db.session.execute(
        select(MailingRecipient.mailing_id, Message.state, func.count())
        .join(Message, Message.message_id == MailingRecipient.message_id, isouter=True)
        .where(MailingRecipient.mailing_id.in_(list(mailing_ids)))
        .group_by(MailingRecipient.mailing_id, Message.state)
    )
    counts: dict[int, dict[str, int]] = {mailing_id: defaultdict(int) for mailing_id in mailing_ids}
    for mailing_id, state, number in rows:
        counts[mailing_id][_FATES.get(state, "left_out")] += number
    return {mailing_id: Progress(audience=sum(found.values()), **found) for mailing_id, found in counts.items()}


def recipient(recipient_id: int) -> MailingRecipient | None:
    return db.session.get(MailingRecipient, recipient_id)


def recipients_of_events_over_before(before: datetime, erased: str, limit: int) -> Sequence[MailingRecipient]:
    """Who was written to about events that ended before, by mailings that ended before too, and is still named."""
    return db.session.scalars(
        select(MailingRecipient)
        .join(Mailing, Mailing.id == MailingRecipient.mailing_id)
        .join(Event, Event.id == Mailing.event_id)
        .where(
            Event.ends_at < before, Mailing.finished_at < before, MailingRecipient.address_key.not_like(f"%{erased}")
        )
        .order_by(MailingRecipient.id)
        .limit(limit)
    ).all()


def recipient_with_public_id(public_id: str) -> MailingRecipient | None:
    return db.session.scalar(select(MailingRecipient).where(MailingRecipient.public_id == public_id))


def recipients(mailing_id: int, *, after: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Recipients with the state, the time and the trouble of their mail; those in trouble have no other order."""
    return db.session.execute(
        select(MailingRecipient, Message.state, Message.sent_at, Message.last_error)
        .join(Message, Message.message_id == MailingRecipient.message_id, isouter=True)
        .where(MailingRecipient.mailing_id == mailing_id, MailingRecipient.id > after)
        .order_by(MailingRecipient.id)
        .limit(limit)
    ).all()


def failed_messages(mailing_id: int) -> Sequence[str]:
    """The messages of a mailing that could not be sent."""
    return db.session.scalars(
        select(Message.message_id)
        .join(MailingRecipient, MailingRecipient.message_id == Message.message_id)
        .where(MailingRecipient.mailing_id == mailing_id, Message.state == MessageState.DEAD)
        .order_by(MailingRecipient.id)
    ).all()


def left_out(mailing_id: int) -> dict[LeftOut, int]:
    rows = db.session.execute(
        select(MailingRecipient.left_out, func.count())
        .where(MailingRecipient.mailing_id == mailing_id, MailingRecipient.left_out.is_not(None))
        .group_by(MailingRecipient.left_out)
    )
    return {reason: number for reason, number in rows if reason}


def not_arriving_at(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Participants of an event whose mail does not arrive: the registration and what is known of the address."""
    return db.session.execute(
        select(Registration, AddressState)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .join(AddressState, AddressState.address_key == Registration.email_key)
        .where(Allotment.event_id == event_id, Registration.place.in_(list(LIVE)))
        .where(AddressState.kind == BounceKind.HARD)
        .order_by(Registration.number)
    ).all()


def is_participants_address(event_id: int, address: str) -> bool:
    return (
        db.session.scalar(
            select(Registration.id)
            .join(Allotment, Allotment.id == Registration.allotment_id)
            .where(Allotment.event_id == event_id, Registration.email_key == address_key(address))
            .limit(1)
        )
        is not None
    )
