"""From a draft to the mails of everybody in their own language, once each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events import services as events
from app.events.errors import MayNotManage
from app.events.rules import Status
from app.jobs.worker import work_off
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import AddressState, BounceKind, Message
from app.mailings import queries, services
from app.mailings.errors import MomentPassed, NothingToSay, NotInThisState, NotReachable
from app.mailings.rules import BATCH, Audience, Kind, LeftOut, Narrowing, State
from app.mailings.services import Timing, TimingKind, forgetting
from app.network.actors import ANYBODY, SYSTEM
from app.network.rules import OrganisationType
from app.presence.models import CheckList, Scan
from app.presence.rules import ListKind, Method, ScanKind
from app.questions.models import Question, QuestionForm
from app.questions.rules import Kind as QuestionKind
from app.questions.rules import Purpose
from app.registration.models import Answer
from app.registration.rules import Place
from config import Config
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.house import free_port
from tests.mailings.helpers import (
    NOW_TIMING,
    addresses,
    body,
    draft,
    fresh,
    mail_to,
    make_registration,
    send,
    work_on,
)

WEEK_BEFORE = Timing(kind=TimingKind.BEFORE_START, minutes=7 * 24 * 60)


def test_everybody_gets_it_once_in_their_language(app: Flask, database: Session, mail_folder: Path) -> None:
    event = make_event("Workshop")
    for name, locale in (("ada", "it"), ("eva", "de"), ("ivo", "en")):
        make_registration(event, name, locale=locale)
    make_registration(event, "una", Place.WAITLISTED)
    mailing_id = draft(
        event.slug,
        subject=Texts(en="News of {event_title}", it="Notizie: {event_title}"),
        body=Texts(en="Dear {given_name}, **{when}** [your place]({link})", it="Cara {given_name}"),
    )
    mailing = send(app, mailing_id)
    assert mailing.state is State.SENT
    assert addresses(mailing_id) == ["ada@company.example", "eva@company.example", "ivo@company.example"]
    italian = mail_to(mail_folder, mailing_id, "ada@company.example")
    assert italian["Subject"] == "Notizie: Workshop"
    assert "Cara Ada" in body(italian)
    german = mail_to(mail_folder, mailing_id, "eva@company.example")
    assert german["Content-Language"] == "de"
    assert "English" in body(german)  # says that there is no German text
    assert '<div lang="en">' in body(german, "html")
    english = body(mail_to(mail_folder, mailing_id, "ivo@company.example"))
    assert "English" not in english
    assert "your place: http://localhost/registrations/" in english
    services.retry(mailing_id, actor=SYSTEM, now=NOW)
    work_on(app, mailing_id)
    assert len(addresses(mailing_id)) == 3


def test_more_than_a_batch_reaches_everybody_once(app: Flask, database: Session) -> None:
    event = make_event(capacity=None)
    for number in range(BATCH + 5):
        make_registration(event, f"p{number}", email=f"p{number % (BATCH + 3)}.{number // (BATCH + 3)}@company.example")
    mailing_id = draft(event.slug, audience=Audience.EVERYBODY_IN)
    services.schedule(mailing_id, timing=NOW_TIMING, actor=SYSTEM, now=NOW)
    services.take_in(mailing_id, after=-1, now=NOW)
    services.take_in(mailing_id, after=-1, now=NOW)  # a worker died and another one took over
    assert work_on(app, mailing_id).state is State.SENT
    progress = queries.progress([mailing_id])[mailing_id]
    assert (progress.sent, progress.audience) == (BATCH + 5, BATCH + 5)


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.CONFIRMED, {"ada", "eva"}),
        (Audience.WAITING, {"ivo"}),
        (Audience.OFFERED, {"una"}),
        (Audience.PENDING, {"leo"}),
        (Audience.EVERYBODY_IN, {"ada", "eva", "ivo", "una", "leo"}),
    ],
)
def test_an_audience_is_what_its_name_says(app: Flask, database: Session, audience: Audience, names: set[str]) -> None:
    event = make_event()
    for name, place in (
        ("ada", Place.CONFIRMED),
        ("eva", Place.CONFIRMED),
        ("ivo", Place.WAITLISTED),
        ("una", Place.OFFERED),
        ("leo", Place.PENDING),
        ("tim", Place.UNVERIFIED),
        ("max", Place.WITHDRAWN),
        ("bea", Place.REJECTED),
    ):
        make_registration(event, name, place)
    assert {reader.given_name.lower() for reader in _audience(draft(event.slug, audience=audience))} == names


def test_an_audience_is_narrowed_by_type_and_country(app: Flask, database: Session) -> None:
    event = make_event()
    make_registration(event, "ada", country_code="DE")
    make_registration(event, "eva", org_type=OrganisationType.RESEARCH)
    make_registration(event, "ivo")
    narrowings = {
        "DE": Narrowing(country="DE"),
        "research": Narrowing(org_type="research"),
        "neither": Narrowing(org_type="research", country="DE"),
    }
    found = {name: _audience(draft(event.slug, narrowing=narrowing)) for name, narrowing in narrowings.items()}
    assert [reader.given_name for reader in found["DE"]] == ["Ada"]
    assert [reader.given_name for reader in found["research"]] == ["Eva"]
    assert found["neither"] == []


def _audience(mailing_id: int) -> list[Any]:
    mailing = queries.mailing(mailing_id)
    return queries.audience_page(mailing, queries.circle_of(mailing).id, after=-1, limit=50)


# who may


def test_only_who_manages_the_event_writes_to_its_participants(database: Session) -> None:
    organiser, other = make_organisation("Organiser"), make_organisation("Other")
    event = make_event(organiser=organiser)
    manager, stranger = make_manager(organiser, "a@filo.example"), make_manager(other, "b@filo.example")
    mailing_id = draft(event.slug, actor=manager)
    for actor in (stranger, ANYBODY):
        with pytest.raises(MayNotManage):
            draft(event.slug, actor=actor)
        for verb in (services.stop, services.take_back, services.retry, services.delete):
            with pytest.raises(MayNotManage):
                verb(mailing_id, actor=actor, now=NOW)
        with pytest.raises(MayNotManage):
            services.schedule(mailing_id, timing=NOW_TIMING, actor=actor, now=NOW)


def test_an_audience_of_another_kind_or_an_empty_text_is_refused(database: Session) -> None:
    event = make_event()
    with pytest.raises(NotReachable):
        draft(event.slug, audience=Audience.PARTNERS)
    mailing_id = draft(event.slug, body="", subject=Texts(it="Oggetto"))
    with pytest.raises(NothingToSay):
        services.schedule(mailing_id, timing=NOW_TIMING, actor=SYSTEM, now=NOW)


# time


def test_a_reminder_goes_out_at_its_time_and_follows_the_event(
    app: Flask, database: Session, mail_folder: Path
) -> None:
    """demand 2: moved with the event, and sent once."""
    event = make_event(starts_at=NOW + timedelta(days=10))
    make_registration(event, "ada")
    mailing_id = draft(event.slug)
    services.schedule(mailing_id, timing=WEEK_BEFORE, actor=SYSTEM, now=NOW)
    assert fresh(mailing_id).send_at == NOW + timedelta(days=3)
    assert fresh(mailing_id).kind is Kind.REMINDER
    _move(event.id, days=20)
    assert fresh(mailing_id).send_at == NOW + timedelta(days=23)
    assert work_on(app, mailing_id, now=NOW + timedelta(days=22)).state is State.SCHEDULED
    assert work_on(app, mailing_id, now=NOW + timedelta(days=23)).state is State.SENT
    assert len(addresses(mailing_id)) == 1
    assert work_on(app, mailing_id, now=NOW + timedelta(days=24)).state is State.SENT
    assert len(addresses(mailing_id)) == 1


def test_a_postponed_event_silences_its_reminders_until_it_has_a_new_date(app: Flask, database: Session) -> None:
    event = make_event(starts_at=NOW + timedelta(days=10))
    make_registration(event, "ada")
    event_id, reminder, dated = event.id, draft(event.slug), draft(event.slug)
    services.schedule(reminder, timing=WEEK_BEFORE, actor=SYSTEM, now=NOW)
    services.schedule(dated, timing=Timing(kind=TimingKind.AT, at=NOW + timedelta(days=2)), actor=SYSTEM, now=NOW)
    events.postpone(event.id, reason="Snow", actor=SYSTEM, now=NOW)
    assert (fresh(reminder).state, fresh(reminder).send_at) == (State.SCHEDULED, None)
    assert fresh(dated).state is State.DRAFT
    assert work_on(app, reminder, now=NOW + timedelta(days=9)).state is State.SCHEDULED
    _move(event_id, days=30)
    events.publish(event_id, actor=SYSTEM, now=NOW)
    assert fresh(reminder).send_at == NOW + timedelta(days=33)


def test_an_event_called_off_sends_nothing_more(app: Flask, database: Session) -> None:
    event = make_event(starts_at=NOW + timedelta(days=10))
    make_registration(event, "ada")
    reminder, going = draft(event.slug), draft(event.slug)
    services.schedule(reminder, timing=WEEK_BEFORE, actor=SYSTEM, now=NOW)
    events.call_off(event.id, reason="Snow", actor=SYSTEM, now=NOW)
    assert work_on(app, reminder, now=NOW + timedelta(days=9)).state is State.CANCELLED
    assert addresses(reminder) == []
    assert send(app, going).state is State.SENT  # a word of regret still goes out when somebody writes one
    assert len(addresses(going)) == 1


def test_thanks_still_go_out_for_an_event_that_was_put_away(app: Flask, database: Session) -> None:
    event = make_event(starts_at=NOW + timedelta(days=1))
    make_registration(event, "ada")
    thanks = draft(event.slug)
    timing = Timing(kind=TimingKind.AFTER_END, minutes=3 * 24 * 60)
    services.schedule(thanks, timing=timing, actor=SYSTEM, now=NOW)
    event.status = Status.ARCHIVED
    db.session.commit()
    assert work_on(app, thanks, now=NOW + timedelta(days=5)).state is State.SENT
    assert queries.progress([thanks])[thanks].sent == 1


def test_a_reminder_that_is_too_late_is_not_sent(app: Flask, database: Session) -> None:
    event = make_event(starts_at=NOW + timedelta(days=10))
    make_registration(event, "ada")
    mailing_id = draft(event.slug)
    services.schedule(mailing_id, timing=WEEK_BEFORE, actor=SYSTEM, now=NOW)
    mailing = work_on(app, mailing_id, now=NOW + timedelta(days=10, minutes=1))
    assert (mailing.state, mailing.why_code) == (State.CANCELLED, "mailings.too_late")
    assert addresses(mailing_id) == []


def test_a_moment_that_passed_is_refused(database: Session) -> None:
    mailing_id = draft(make_event(starts_at=NOW + timedelta(days=3)).slug)
    for timing in (WEEK_BEFORE, Timing(kind=TimingKind.AT, at=NOW - timedelta(minutes=1))):
        with pytest.raises(MomentPassed):
            services.schedule(mailing_id, timing=timing, actor=SYSTEM, now=NOW)
    assert fresh(mailing_id).state is State.DRAFT


def test_publishing_proposes_reminders_and_sends_none(app: Flask, database: Session) -> None:
    """demand 22: the mail after the end is there, and is nobody's until somebody approves it."""
    event = make_event(starts_at=NOW + timedelta(days=30), status=Status.DRAFT)
    event_id = event.id
    events.publish(event_id, actor=SYSTEM, now=NOW)
    proposals = queries.mailings_of(queries.circle_of_event(event.id))
    assert [(one.state, one.is_proposal, one.send_at) for one in proposals] == [(State.DRAFT, True, None)] * 3
    assert {(str(one.anchor), one.minutes) for one in proposals} == {
        ("before_start", 10080),
        ("before_start", 1440),
        ("after_end", 1440),
    }
    for mailing_id in [one.id for one in proposals]:
        assert work_on(app, mailing_id, now=NOW + timedelta(days=60)).state is State.DRAFT
        assert addresses(mailing_id) == []
    for step in (events.take_back, events.publish):
        step(event_id, actor=SYSTEM, now=NOW)
    assert len(queries.mailings_of(queries.circle_of_event(event_id))) == 3


def _move(event_id: int, *, days: int) -> None:
    event = queries.circle_of_event(event_id).event
    assert event
    values = events.values_of(event)
    later = replace(
        values, starts_at=values.starts_at + timedelta(days=days), ends_at=values.ends_at + timedelta(days=days)
    )
    events.edit(event_id, values=later, revision=event.revision, actor=SYSTEM, now=NOW)
    db.session.expire_all()


# trouble


def test_stopping_drops_what_still_waits(app: Flask, database: Session) -> None:
    event = make_event()
    for name in ("ada", "eva", "ivo"):
        make_registration(event, name)
    mailing_id = draft(event.slug)
    services.schedule(mailing_id, timing=NOW_TIMING, actor=SYSTEM, now=NOW)
    work_off(app, now=NOW, most=1)  # the audience is taken in, nothing is sent yet
    services.stop(mailing_id, actor=SYSTEM, now=NOW)
    mailing = work_on(app, mailing_id)
    assert (mailing.state, mailing.why_code) == (State.CANCELLED, "mailings.stopped")
    progress = queries.progress([mailing_id])[mailing_id]
    assert progress.sent < 3
    assert progress.sent + progress.left_out == 3
    with pytest.raises(NotInThisState):
        services.stop(mailing_id, actor=SYSTEM, now=NOW)


def test_who_left_meanwhile_gets_nothing(app: Flask, database: Session) -> None:
    event = make_event()
    registration = make_registration(event, "ada")
    mailing_id = draft(event.slug)
    services.schedule(mailing_id, timing=NOW_TIMING, actor=SYSTEM, now=NOW)
    services.take_in(mailing_id, after=-1, now=NOW)
    registration.place = Place.WITHDRAWN
    db.session.commit()
    work_on(app, mailing_id)
    progress = queries.progress([mailing_id])[mailing_id]
    assert (progress.sent, progress.left_out) == (0, 1)


def test_an_address_that_mail_does_not_reach_is_left_out_until_it_is_corrected(app: Flask, database: Session) -> None:
    event = make_event()
    event_id, slug = event.id, event.slug
    make_registration(event, "ada")
    make_registration(event, "eva")
    db.session.add(
        AddressState(
            address_key="ada@company.example", kind=BounceKind.HARD, bounced_at=NOW, count=1, diagnostic="5.1.1"
        )
    )
    db.session.commit()
    assert [row[0].given_name for row in queries.not_arriving_at(event.id)] == ["Ada"]
    first = draft(event.slug)
    send(app, first)
    assert addresses(first) == ["eva@company.example"]
    assert queries.left_out(first) == {LeftOut.DOES_NOT_ARRIVE: 1}
    services.write_again(event_id, address="ada@company.example", actor=SYSTEM, now=NOW)
    second = draft(slug)
    send(app, second)
    assert addresses(second) == ["ada@company.example", "eva@company.example"]


class Moody:
    """A mail server that refuses one address, until it is told not to."""

    def __init__(self, refused: str) -> None:
        self.refused, self.seen = refused, []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith(self.refused):
            return "550 5.7.1 not today"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.seen += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def moody(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Moody]:
    server, port = Moody("ada"), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setitem(app.config, "FILO", replace(config, mail_url=f"smtp://127.0.0.1:{port}"))
    yield server
    controller.stop()


def test_what_could_not_be_sent_is_tried_again_and_nothing_twice(app: Flask, database: Session, moody: Moody) -> None:
    event = make_event()
    make_registration(event, "ada")
    make_registration(event, "eva")
    mailing_id = draft(event.slug)
    assert send(app, mailing_id).state is State.SENT
    assert queries.progress([mailing_id])[mailing_id].failed == 1
    moody.refused = "nobody"
    assert services.retry(mailing_id, actor=SYSTEM, now=NOW) == 1
    assert fresh(mailing_id).state is State.SENDING
    assert work_on(app, mailing_id).state is State.SENT
    assert sorted(moody.seen) == ["ada@company.example", "eva@company.example"]


def test_a_mailing_that_reaches_nobody_has_failed(app: Flask, database: Session, moody: Moody) -> None:
    event = make_event()
    make_registration(event, "ada")
    mailing_id = draft(event.slug)
    assert send(app, mailing_id).state is State.FAILED


def test_a_trial_goes_to_oneself_without_personal_links(app: Flask, database: Session, mail_folder: Path) -> None:
    organiser = make_organisation("Organiser")
    event = make_event(organiser=organiser)
    actor = make_manager(organiser, "trial@filo.example")
    registration = make_registration(event, "ada", locale="en")
    key, public_id = registration.id, registration.public_id
    mailing_id = draft(event.slug, actor=actor, body="Dear {given_name}: {link}")
    services.queue_test(mailing_id, as_key=key, locale="en", actor=actor, now=NOW)
    work_off(app, now=NOW)
    [file] = [file for file in mail_folder.glob("*.eml") if b"To: trial@filo.example" in file.read_bytes()]
    content = file.read_text()
    assert "Subject: [Trial] News of Workshop" in content
    assert "Dear Ada" in content
    assert public_id not in content
    assert fresh(mailing_id).state is State.DRAFT


def _consent(*, agreed: bool) -> dict[str, Any]:
    return {"agreed": agreed, "wording": 1, "language": "en"}  # as questions keep it


@pytest.mark.parametrize(
    ("kind", "answers", "asked", "names"),
    [
        ("choice", {"ada": "bus", "eva": "car"}, "bus", ["Ada"]),
        ("several", {"ada": ["bus", "dinner"], "eva": ["busy"]}, "bus", ["Ada"]),
        ("consent", {"ada": _consent(agreed=True), "eva": _consent(agreed=False)}, "true", ["Ada"]),
        ("consent", {"ada": _consent(agreed=True), "eva": _consent(agreed=False)}, "false", ["Eva"]),
        ("choice", {"ada": "bus", "eva": "car"}, "%", []),
    ],
)
def test_an_audience_is_narrowed_by_an_answer(
    database: Session, kind: str, answers: dict[str, Any], asked: str, names: list[str]
) -> None:
    event = make_event()
    form = QuestionForm(event_id=event.id, purpose=Purpose.JOINING, title=Texts(), introduction=Texts())
    form.questions = [
        Question(code="q", kind=QuestionKind(kind), label=Texts(en="Q"), help=Texts(), purpose=Texts(en="P"))
    ]
    db.session.add(form)
    db.session.commit()
    [question] = form.questions
    for name, value in answers.items():
        registration = make_registration(event, name)
        db.session.add(
            Answer(
                registration_id=registration.id,
                question_id=question.id,
                wording_version=1,
                value=value,
                answered_at=NOW,
            )
        )
    db.session.commit()
    assert [found.id for found in queries.questions_to_narrow_by(event.id)] == [question.id]
    mailing_id = draft(event.slug, narrowing=Narrowing(question_id=question.id, answer=asked))
    assert [reader.given_name for reader in _audience(mailing_id)] == names


def test_the_mail_after_the_event_goes_to_those_who_were_there(database: Session) -> None:
    """demand 21: mail to only those who were really checked in."""
    event = make_event()
    people = {name: make_registration(event, name).id for name in ("ada", "eva", "ivo")}
    day = CheckList(event_id=event.id, kind=ListKind.DAY, day=1, label=Texts())
    reached = {name: draft(event.slug, audience=name) for name in (Audience.PRESENT, Audience.ABSENT)}
    assert [_audience(mailing_id) for mailing_id in reached.values()] == [[], []]
    db.session.add(day)
    db.session.flush()
    for name in ("ada", "ivo"):
        scan = Scan(id=name, list_id=day.id, registration_id=people[name], kind=ScanKind.IN, at=NOW, received_at=NOW)
        scan.method = Method.SEARCH
        db.session.add(scan)
    db.session.commit()
    assert [reader.given_name for reader in _audience(reached[Audience.PRESENT])] == ["Ada", "Ivo"]
    assert [reader.given_name for reader in _audience(reached[Audience.ABSENT])] == ["Eva"]


def test_who_was_written_to_is_forgotten_in_time_and_the_figures_stay(app: Flask, database: Session) -> None:
    event = make_event("Workshop")
    for name in ("ada", "eva"):
        make_registration(event, name)
    mailing_id, over = draft(event.slug), event.ends_at
    send(app, mailing_id)
    figures = queries.progress([mailing_id])
    for before, forgotten in ((over, 0), (over + timedelta(days=1), 2), (over + timedelta(days=1), 0)):
        assert forgetting.forget_recipients(before=before) == forgotten
    assert all(one.endswith("@erased.invalid") for one in addresses(mailing_id))
    assert not db.session.scalars(select(Message).where(Message.recipient_key.contains("company"))).all()
    assert queries.progress([mailing_id]) == figures
