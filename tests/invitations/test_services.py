from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events import services as events
from app.events.models import Event
from app.events.rules import Audience, Status
from app.invitations import errors, neighbours, queries, rules, services, work
from app.invitations.inputs import CodeInput, ListInput
from app.invitations.models import Invitation, PassCode
from app.invitations.rules import InvitationRole, InvitationStatus, LineState, ListState
from app.invitations.services import keeping, lists, reminding
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.rules import LIMIT_A_DAY
from app.network.actors import SYSTEM
from app.network.models import Phase
from app.network.rules import ProjectRole
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.invitations.helpers import guest, invite
from tests.network.scenes import give, make_project

DAY = timedelta(days=1)


@pytest.fixture
def event(database: Session) -> Event:
    return make_event()


@pytest.fixture
def registered() -> Iterator[set[str]]:
    """Addresses that registration would say are registered."""
    keys: set[str] = set()

    def knows(event_id: int, asked: Any) -> set[str]:
        return keys & set(asked)

    neighbours.register_registered(knows)
    yield keys
    neighbours._registered.remove(knows)


def mails(name: str = "invitation") -> int:
    return db.session.scalar(select(func.count()).select_from(Message).where(Message.name == name)) or 0


def status_of(invitation_id: int) -> InvitationStatus:
    found = queries.invitation_for_mail(invitation_id)
    assert found
    return found.status


def take_in(event: Event, content: str, **changes: Any) -> int:
    return lists.begin_list(
        event_slug=event.slug,
        content=content.encode(),
        pasted=False,
        values=ListInput(**changes),
        actor=SYSTEM,
        now=NOW,
    )


def test_who_is_invited_is_written_to_once(event: Event) -> None:
    invite(event, "ada")
    for spelling in ("ada@company.example", " ADA@company.example"):
        with pytest.raises(errors.AlreadyInvited):
            invite(event, "ada", email=spelling)
    assert mails() == 1


def test_who_is_registered_needs_no_invitation(event: Event, registered: set[str]) -> None:
    registered.add("ada@company.example")
    with pytest.raises(errors.AlreadyRegistered):
        invite(event, "ada")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"status": Status.DRAFT}, errors.NotPublished),
        ({"status": Status.POSTPONED}, errors.NotPublished),
        ({"status": Status.CALLED_OFF}, errors.EventOver),
        ({"starts_at": NOW - DAY}, errors.EventOver),
        ({"audience": Audience.INTERNAL}, errors.InternalEvent),
    ],
)
def test_nobody_is_invited_to_where_nobody_can_register(
    database: Session, changes: dict[str, Any], refusal: type[errors.NotInvitable]
) -> None:
    with pytest.raises(refusal):
        invite(make_event(**changes))


def test_an_address_is_not_flooded(database: Session) -> None:
    for number in range(LIMIT_A_DAY):
        invite(make_event(f"Workshop {number}"))
    with pytest.raises(errors.WrittenTooOften):
        invite(make_event("One too many"))


def test_a_day_has_its_limit_and_administrators_go_beyond(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_A_DAY", 2)
    organiser = make_organisation()
    manager, event = make_manager(organiser), make_event(organiser=organiser)
    for name in ("ada", "eva"):
        invite(event, name, actor=manager)
    with pytest.raises(errors.DayIsFull):
        invite(event, "max", actor=manager)
    invite(event, "max")
    invite(event, "uta", actor=manager, now=NOW + DAY + DAY)


def test_no_and_yes_and_what_is_said_last_counts(event: Event) -> None:
    invited = invite(event).id
    services.decline(invited, reason=" Ill ", now=NOW)
    services.decline(invited, reason="Still ill", now=NOW)
    found = queries.invitation_for_mail(invited)
    assert found
    assert (found.status, found.declined_reason) == (InvitationStatus.DECLINED, "Still ill")
    assert mails("invitation_declined") == 1
    services.mark_accepted(invited, registration_id=7, now=NOW)
    with pytest.raises(errors.CannotAnswer):
        services.decline(invited, now=NOW)
    services.mark_left(event.id, 7, now=NOW)
    assert status_of(invited) is InvitationStatus.DECLINED


def test_what_was_taken_back_opens_nothing_and_may_be_given_again(event: Event) -> None:
    first = invite(event).id
    services.revoke(first, event_slug=event.slug, actor=SYSTEM, now=NOW)
    for answer in (lambda: services.decline(first, now=NOW), lambda: services.mark_accepted(first, now=NOW)):
        with pytest.raises(errors.InvitationRevoked):
            answer()
    assert invite(event).id != first


def test_an_invitation_of_another_event_is_not_found(event: Event) -> None:
    other = make_event("Other")
    with pytest.raises(errors.InvitationNotFound):
        services.revoke(invite(event).id, event_slug=other.slug, actor=SYSTEM, now=NOW)


def test_a_list_is_checked_and_then_sent(event: Event, registered: set[str]) -> None:
    invite(event, "ada")
    registered.add("uta@company.example")
    list_id = take_in(
        event,
        "Nome;E-mail;Lingua\nAda;ada@company.example;\nEva E;eva@company.example;tedesco\nEva;EVA@company.example;\n"
        "Uta;uta@company.example;\nBad;bad@;\nFormula;=1+1;\nMax;max@company.example;\n",
        locale="it",
    )
    counts = queries.counts_of_lines(list_id)
    assert counts == {
        LineState.NEW: 2, LineState.INVITED_BEFORE: 1, LineState.REPEATED: 1, LineState.REGISTERED_BEFORE: 1,
        LineState.WRONG: 2,
    }  # fmt: skip
    assert [line.line for line in queries.lines_in(list_id, [LineState.WRONG], limit=9)] == [6, 7]
    assert mails() == 1
    lists.send_list(list_id, event_slug=event.slug, actor=SYSTEM, now=NOW)
    assert mails() == 3
    assert queries.list_of(event.id, list_id).state is ListState.SENT
    locales = {one.email: one.locale for one in queries.invitations(event.id, status=None, limit=9)}
    assert (locales["eva@company.example"], locales["max@company.example"]) == ("de", "it")
    with pytest.raises(errors.ListMovedOn):
        lists.send_list(list_id, event_slug=event.slug, actor=SYSTEM, now=NOW)


def test_a_list_that_cannot_be_read_leaves_nothing(event: Event) -> None:
    with pytest.raises(errors.NotAList):
        take_in(event, "%PDF-1.7")
    assert not queries.open_lists(event.id)


def test_a_long_list_is_read_in_parts_and_goes_on_after_a_break(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "BATCH", 100)
    people = [f"a{number}@company.example" for number in range(lists.AT_ONCE + 150)]
    list_id = take_in(event, "E-mail\n" + "\n".join(people))
    found = queries.list_of(event.id, list_id)
    assert (found.state, found.lines_read) == (ListState.READING, 0)
    _break_after(2, monkeypatch, lambda: work.read_list(list_id))
    assert queries.hold_list(list_id).lines_read == 200
    work.read_list(list_id)
    work.read_list(list_id)
    assert queries.counts_of_lines(list_id) == {LineState.NEW: len(people)}
    lists.send_list(list_id, event_slug=event.slug, actor=SYSTEM, now=NOW)
    work.send_list(list_id)
    work.send_list(list_id)
    assert queries.counts_of_lines(list_id) == {LineState.INVITED: len(people)}
    assert mails() == len(people)


def _break_after(parts: int, monkeypatch: pytest.MonkeyPatch, work_on: Any) -> None:
    real, done = lists.note_lines, []

    def breaking(*args: Any) -> None:
        if len(done) == parts:
            raise RuntimeError("killed")
        real(*args)
        done.append(args)

    with monkeypatch.context() as patch:
        patch.setattr(lists, "note_lines", breaking)
        with pytest.raises(RuntimeError):
            work_on()


def test_a_list_beyond_the_day_s_limit_goes_on_the_next_day(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_A_DAY", 2)
    organiser = make_organisation()
    manager, event = make_manager(organiser), make_event(organiser=organiser)
    list_id = take_in(event, "E-mail\na@x.example\nb@x.example\nc@x.example")
    lists.send_list(list_id, event_slug=event.slug, actor=manager, now=NOW)
    found = queries.hold_list(list_id)
    assert (found.state, found.goes_on_at, mails()) == (ListState.SENDING, NOW + DAY, 2)
    assert not lists.send_batch(list_id, now=NOW + timedelta(hours=1))
    while lists.send_batch(list_id, now=NOW + DAY):
        pass
    assert (queries.hold_list(list_id).state, mails()) == (ListState.SENT, 3)


def test_the_silent_are_reminded_at_most_once_a_day_and_three_times(event: Event) -> None:
    silent, gone = invite(event, "ada").id, invite(event, "eva").id
    services.decline(gone, now=NOW)
    with pytest.raises(errors.NobodyToRemind):
        reminding.remind_all(event_slug=event.slug, actor=SYSTEM, now=NOW + timedelta(hours=23))
    for day in range(1, 6):
        reminding.remind_batch(event.id, now=NOW + day * DAY)
        reminding.remind_batch(event.id, now=NOW + day * DAY + timedelta(hours=2))
    assert mails("invitation_reminder") == rules.MOST_REMINDERS
    assert queries.hold_invitation(silent).reminders == rules.MOST_REMINDERS


def test_the_event_reminds_by_itself_before_registration_closes(event: Event) -> None:
    invite(event)
    reminding.set_reminder(event_slug=event.slug, days_before=3, actor=SYSTEM, now=NOW)
    for day, has_begun in ((6, False), (8, True)):
        work.remind_silent(NOW + day * DAY)
        settings = queries.settings_of(event.id)
        assert settings
        assert (settings.reminded_for is not None) is has_begun


def test_a_code_is_never_used_more_often_than_it_may(event: Event) -> None:
    code = services.make_code(event_slug=event.slug, values=CodeInput(uses=2), actor=SYSTEM, now=NOW)
    typed = rules.readable_code(code.code).upper()
    for _ in range(2):
        services.use_code(services.code_for(event.id, typed, NOW).id, now=NOW)
    with pytest.raises(errors.CodeUsedUp):
        services.use_code(code.id, now=NOW)
    db.session.expire_all()
    with pytest.raises(errors.CodeUsedUp):
        services.code_for(event.id, typed, NOW)
    left = db.session.get_one(PassCode, code.id, populate_existing=True)
    assert (left.uses_left, left.used) == (0, 2)


def test_a_code_opens_its_own_event_until_its_time(event: Event) -> None:
    values = CodeInput(valid_until=NOW + DAY)
    code = services.make_code(event_slug=event.slug, values=values, actor=SYSTEM, now=NOW)
    services.use_code(code.id, now=NOW)
    with pytest.raises(errors.CodeExpired):
        services.code_for(event.id, code.code, NOW + DAY)
    for where, typed in ((make_event("Other").id, code.code), (event.id, "abcdefghjk"), (event.id, "")):
        with pytest.raises(errors.WrongCode):
            services.code_for(where, typed, NOW)


def test_observers_of_the_phase_are_invited_by_themselves_and_once(database: Session) -> None:
    project = make_project()
    for number in (1, 2):
        db.session.add(Phase(project_id=project.id, number=number, name=Texts(), goal=Texts(), results=Texts()))
    db.session.commit()
    phase = db.session.scalars(select(Phase).where(Phase.number == 1)).one()
    watching, elsewhere = make_organisation("Confindustria"), make_organisation("Elsewhere")
    office = make_organisation("Office", email="office@office.example", country="DE")
    for organisation, phases in ((watching, ()), (office, (1,)), (elsewhere, (2,))):
        give(project, organisation, ProjectRole.OBSERVER, phase_numbers=phases)
    make_manager(watching, "watch@confindustria.example")
    make_manager(elsewhere, "else@where.example")
    event = make_event(status=Status.DRAFT, project_id=project.id, phase_id=phase.id, project=project)
    project.programme = None
    database.commit()
    events.publish(event.id, actor=SYSTEM, now=NOW)
    invited = queries.invitations(event.id, status=None, limit=9)
    assert {(one.email, one.locale, one.role) for one in invited} == {
        ("watch@confindustria.example", "en", InvitationRole.OBSERVER),
        ("office@office.example", "de", InvitationRole.OBSERVER),
    }
    assert all(one.skips_approval and one.invited_by is None for one in invited)
    services.revoke(invited[0].id, event_slug=event.slug, actor=SYSTEM, now=NOW)
    events.take_back(event.id, actor=SYSTEM, now=NOW)
    events.publish(event.id, actor=SYSTEM, now=NOW)
    assert mails() == 2


@pytest.mark.parametrize("changes", [{"audience": Audience.INTERNAL}, {"demonstration": True}, {"project_id": None}])
def test_observers_are_not_invited_to_what_is_not_for_them(database: Session, changes: dict[str, Any]) -> None:
    project = make_project()
    watching = make_organisation("Confindustria", email="office@confindustria.example")
    give(project, watching, ProjectRole.OBSERVER)
    event = make_event(**{"status": Status.DRAFT, "project_id": project.id} | changes)
    events.publish(event.id, actor=SYSTEM, now=NOW)
    assert not queries.invitations(event.id, status=None, limit=9)


def test_who_was_invited_is_forgotten_and_the_figures_stay(event: Event) -> None:
    invited = invite(event, note="Dear Ada").id
    services.decline(invited, reason="Ill", now=NOW)
    assert keeping.forget_people(before=NOW + 30 * DAY) == 1
    assert keeping.forget_people(before=NOW + 30 * DAY) == 0
    found = db.session.get_one(Invitation, invited, populate_existing=True)
    assert "ada" not in f"{found.email}{found.given_name}{found.note}{found.declined_reason}".lower()
    assert queries.counts_by_status(event.id) == {InvitationStatus.DECLINED: 1}


def test_lists_do_not_stay(event: Event) -> None:
    take_in(event, "E-mail\na@x.example")
    keeping.forget_lists(now=NOW + 31 * DAY)
    assert not queries.open_lists(event.id)


def test_a_guest_s_line_is_kept_as_typed(event: Event) -> None:
    found = invite(event, organisation="O’Neill & Söhne", note="See you")
    assert (found.organisation, found.note, found.full_name) == ("O’Neill & Söhne", "See you", "Ada Esempio")
    assert guest().email_key == found.email_key
