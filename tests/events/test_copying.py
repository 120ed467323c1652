"""A copy takes over exactly the parts that were chosen, and what refers to another part refers to its copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.queries import items
from app.agenda.rules import AgendaRole, ItemKind
from app.events import queries, services
from app.events.models import Event, EventOrganisation, EventPerson
from app.events.rules import OrganisationRole, Part, PersonRole
from app.feedback.models import FeedbackRound
from app.invitations.models import Invitation
from app.invitations.queries import lines_in, open_lists
from app.invitations.rules import InvitationRole, InvitationStatus, LineState
from app.kernel.db import db
from app.kernel.ids import new_uid, opaque_id
from app.kernel.texts import Texts
from app.mailings.models import Mailing
from app.mailings.queries import written_for
from app.mailings.rules import Anchor, Audience, Kind
from app.network.actors import SYSTEM
from app.questions.models import Question, QuestionForm
from app.questions.queries import forms_of
from app.questions.rules import Kind as QuestionKind
from app.questions.rules import Purpose
from app.registration.models import Allotment, AllotmentKind, Quota
from app.registration.queries import allotment_of, policy_of, quotas_of, sign_ups
from app.registration.rules import QuotaKind
from tests.builders import NOW, make_event, make_organisation, make_person, make_room, make_venue

STARTS = datetime(2027, 3, 3, 8, tzinfo=UTC)  # 09:00 in Rome, a first Wednesday
DAY = timedelta(days=1)


def put(*rows: Any) -> None:
    for row in rows:
        db.session.add(row)
        db.session.flush()


@pytest.fixture
def source(database: Session) -> Event:
    """An event with everything that a copy may take over."""
    venue, other, person = make_venue(), make_organisation("Other"), make_person()
    event = make_event(
        "Forum",
        venue=venue,
        starts_at=STARTS,
        summary=Texts(en="Words"),
        capacity=20,
        has_waitlist=False,
        closes_at=STARTS - 2 * DAY,
        policy={"needs_approval": True, "rejection_text": Texts(en="Sorry")},
    )
    event.organisations.append(EventOrganisation(organisation_id=other.id, role=OrganisationRole.HOST))
    event.persons.append(EventPerson(person_id=person.id, role=PersonRole.MODERATOR))
    table, talk = (
        AgendaItem(
            event_id=event.id,
            uid=new_uid(),
            day=0,
            start_minute=at,
            end_minute=at + 60,
            kind=kind,
            title=Texts(en=kind),
            abstract=Texts(),
            room_id=make_room(venue, kind).id,
            created_at=NOW,
            content_changed_at=NOW,
        )
        for at, kind in ((600, ItemKind.WORKING_TABLE), (540, ItemKind.KEYNOTE))
    )
    put(table, talk)
    talk.persons.append(AgendaPerson(person_id=person.id, role=AgendaRole.SPEAKER))
    kept = Allotment(kind=AllotmentKind.QUOTA, event_id=event.id, capacity=5)
    sign_up = Allotment(kind=AllotmentKind.ITEM, event_id=event.id, agenda_item_id=table.id, capacity=8)
    put(kept, sign_up)
    quota = Quota(
        allotment_id=kept.id,
        kind=QuotaKind.ORGANISATION,
        organisation_id=other.id,
        releases_at=STARTS - 7 * DAY,
        released_at=NOW,
    )
    form = QuestionForm(event_id=event.id, purpose=Purpose.JOINING, title=Texts(), introduction=Texts())
    survey = QuestionForm(event_id=event.id, purpose=Purpose.FEEDBACK, title=Texts(), introduction=Texts())
    put(quota, form, survey)
    put(FeedbackRound(form_id=survey.id, only_present=True))
    question = Question(
        form_id=form.id,
        code="lunch",
        kind=QuestionKind.TEXT,
        label=Texts(en="Lunch?"),
        help=Texts(),
        purpose=Texts(),
    )
    put(question)
    mailing = {"event_id": event.id, "subject": Texts(en="Bring"), "body": Texts(en="Shoes"), "created_at": NOW}
    narrowing = {"question_id": question.id, "answer": "yes"}
    put(
        Mailing(
            kind=Kind.REMINDER,
            audience=Audience.CONFIRMED,
            anchor=Anchor.BEFORE_START,
            minutes=60,
            narrowing=narrowing,
            **mailing,
        )
    )
    put(
        invited(event, "ann", InvitationStatus.ACCEPTED),
        invited(event, "bob", InvitationStatus.REVOKED),
        invited(event, "cem", InvitationStatus.PENDING, role=InvitationRole.SPEAKER),
        invited(event, "dag", InvitationStatus.PENDING, role=InvitationRole.OBSERVER, invited_by=None),
    )
    db.session.commit()
    return event


def invited(event: Event, name: str, status: InvitationStatus, **changes: Any) -> Invitation:
    values = {
        "event_id": event.id,
        "public_id": opaque_id(),
        "email": f"{name}@filo.example",
        "email_key": f"{name}@filo.example",
        "given_name": name,
        "family_name": "Esempio",
        "organisation": "",
        "locale": "it",
        "role": InvitationRole.GUEST,
        "status": status,
        "invited_at": NOW,
        "invited_by": 1,
    }
    return Invitation(**values | changes)


def copied(source: Event, parts: Iterable[Part]) -> Event:
    event_id = services.copy(source.id, starts_on=date(2027, 4, 7), parts=frozenset(parts), actor=SYSTEM, now=NOW)
    db.session.expire_all()
    return queries.whole_event(event_id)


def found_in(event: Event) -> set[Part]:
    """The parts that an event has something of."""
    agenda = items(event.id)
    has = {
        Part.TEXTS: bool(event.summary),
        Part.PLACE: event.venue_id is not None,
        Part.ORGANISATIONS: len(event.organisations) == 2,
        Part.PERSONS: bool(event.persons),
        Part.AGENDA: bool(agenda),
        Part.AGENDA_PERSONS: any(item.persons for item in agenda),
        Part.SEATS: allotment_of(event.id).capacity == 20,
        Part.QUESTIONS: bool(forms_of(event.id)),
        Part.REMINDERS: bool(written_for(event.id)),
        Part.INVITATIONS: bool(open_lists(event.id)),
    }
    return {part for part, is_there in has.items() if is_there}


@pytest.mark.parametrize(
    ("ticked", "comes"),
    [
        ((), set()),
        (Part, set(Part)),
        *(((part,), {part}) for part in Part if part is not Part.AGENDA_PERSONS),
        ((Part.AGENDA_PERSONS,), set()),  # nobody speaks where nothing is on
    ],
)
def test_a_copy_takes_over_what_is_ticked_and_nothing_else(
    source: Event, ticked: Iterable[Part], comes: set[Part]
) -> None:
    assert found_in(copied(source, ticked)) == comes


def test_what_refers_to_another_part_refers_to_its_copy(source: Event) -> None:
    copy = copied(source, Part)
    talk, table = items(copy.id)
    assert (talk.kind, table.kind) == (ItemKind.KEYNOTE, ItemKind.WORKING_TABLE)
    (sign_up,) = sign_ups(copy.id)
    assert (sign_up.agenda_item_id, sign_up.capacity) == (table.id, 8)
    (quota,) = quotas_of(copy.id)
    assert (quota.allotment.event_id, quota.allotment.capacity, quota.released_at) == (copy.id, 5, None)
    joining, survey = sorted(forms_of(copy.id), key=lambda form: form.purpose, reverse=True)
    (mailing,) = written_for(copy.id)
    assert mailing.narrowing == {"question_id": joining.questions[0].id, "answer": "yes"}
    assert (mailing.state, mailing.send_at, mailing.minutes) == ("draft", None, 60)
    row = db.session.get(FeedbackRound, survey.id)
    assert row
    assert row.only_present
    assert allotment_of(copy.id).id < quota.allotment_id < sign_up.id  # as they are locked


def test_windows_keep_their_distance_by_the_clock_on_the_wall_over_a_change_of_the_clocks(source: Event) -> None:
    copy = copied(source, {Part.SEATS})
    assert copy.starts_at == datetime(2027, 4, 7, 7, tzinfo=UTC)  # 09:00 in Rome, summer time
    assert allotment_of(copy.id).closes_at == datetime(2027, 4, 5, 7, tzinfo=UTC)
    assert quotas_of(copy.id)[0].releases_at == datetime(2027, 3, 31, 7, tzinfo=UTC)
    assert (policy_of(copy.id).needs_approval, policy_of(copy.id).rejection_text) == (True, Texts(en="Sorry"))


def test_who_was_invited_becomes_lists_that_nobody_has_sent(source: Event) -> None:
    lists = sorted(open_lists(copied(source, {Part.INVITATIONS}).id), key=lambda one: one.role)
    found = {one.role: [line.email for line in lines_in(one.id, [LineState.NEW], limit=9)] for one in lists}
    assert found == {InvitationRole.GUEST: ["ann@filo.example"], InvitationRole.SPEAKER: ["cem@filo.example"]}


def test_a_reminder_to_some_answers_forgets_them_where_the_questions_stay_behind(source: Event) -> None:
    (mailing,) = written_for(copied(source, {Part.REMINDERS}).id)
    assert mailing.narrowing == {}
