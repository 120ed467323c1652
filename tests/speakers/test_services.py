"""Asked, answered, moved, reminded, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda import services as agenda_services
from app.events.models import Event
from app.events.rules import Audience, Status
from app.kernel import clock
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.planning import services as plans
from app.registration.queries import parts
from app.registration.services import joining
from app.speakers import letters, links, presenters, queries, services, work
from app.speakers.calendar import calendar_of
from app.speakers.errors import (
    AskedJustNow,
    DeadlineOver,
    NoAddress,
    NobodyToAsk,
    NobodyToRemind,
    NotAnswerable,
    NothingToShow,
    PartGone,
    ReasonMissing,
    SlotMovedOn,
    SpeakerNotFound,
)
from app.speakers.inputs import NeedsInput, ProfileInput
from app.speakers.rules import SpeakerReply, SpeakerStanding
from tests.approving import check_approved
from tests.builders import make_organisation, make_person
from tests.query_counter import counted_queries
from tests.registration.helpers import person
from tests.speakers import helpers
from tests.speakers.helpers import NOW, START, Stage

DAY = timedelta(days=1)


@pytest.fixture
def stage(database: Session) -> Stage:
    return Stage(make_organisation("Organiser"))


def mails(name: str) -> list[str]:
    return list(db.session.scalars(select(Message.recipient).where(Message.name == name).order_by(Message.id)))


def line_of(stage: Stage, person: Any) -> presenters.SpeakerLine:
    overview = presenters.overview_of(stage.event, NOW)
    return next(one for one in overview.lines if one.person_id == person.id)


def test_everybody_with_a_part_is_asked_once(app: Flask, stage: Stage) -> None:
    lost = make_person("Ada", "Esempio")
    stage.add_item("Welcome", 9 * 60 + 5, people=(lost,))
    asked = services.ask_everybody(event_slug=stage.event.slug, actor=SYSTEM, now=NOW)
    assert asked == (2, 1)
    assert sorted(mails("speaker_invitation")) == ["heiko@expert.example", "uta@expert.example"]
    with pytest.raises(NobodyToAsk):
        services.ask_everybody(event_slug=stage.event.slug, actor=SYSTEM, now=NOW)
    with pytest.raises(NoAddress):
        stage.ask(lost)
    stage.ask(lost, email="ada@expert.example", locale="it")
    assert (stage.row(lost).email, stage.row(lost).locale) == ("ada@expert.example", "it")
    with pytest.raises(SpeakerNotFound):
        stage.ask(make_person("Eva", "Esempio", email="eva@expert.example"))


def test_a_link_is_sent_again_and_another_address_makes_the_old_one_void(app: Flask, stage: Stage) -> None:
    first = links.token(stage.ask())
    with pytest.raises(AskedJustNow):
        stage.ask()
    stage.ask(now=NOW + timedelta(hours=1))
    assert links.open_page(first).person_id == stage.expert.id
    second = links.token(stage.ask(email="heiko@home.example"))
    assert links.open_page(second).email == "heiko@home.example"
    with pytest.raises(SpeakerNotFound):
        links.open_page(first)
    services.revoke(event_slug=stage.event.slug, person_id=stage.expert.id, actor=SYSTEM, now=NOW)
    with pytest.raises(SpeakerNotFound):
        links.open_page(second)
    assert letters.invitation({"speaker_id": stage.row().id}, "en") is None
    third = links.token(stage.ask())
    assert third != second
    assert links.open_page(third)


def test_each_part_is_answered_for_itself(app: Flask, stage: Stage) -> None:
    stage.ask()
    item, event = f"item:{stage.item.id}:speaker", "event:invited_expert"
    seen = stage.seen()
    with pytest.raises(ReasonMissing):
        stage.answer(SpeakerReply.DECLINED)
    stage.answer(SpeakerReply.DECLINED, seen={item: seen[item]}, reason="I travel that day")
    stage.answer(SpeakerReply.ACCEPTED, seen={event: seen[event]})
    line = line_of(stage, stage.expert)
    assert {part.key: part.standing for part in line.parts} == {
        item: SpeakerStanding.DECLINED,
        event: SpeakerStanding.ACCEPTED,
    }
    assert (line.standing, line.parts[1].reason) == (SpeakerStanding.ACCEPTED, "I travel that day")
    assert mails("speaker_answered") == ["office@organiser.example"] * 2
    stage.answer(SpeakerReply.ACCEPTED, seen={event: seen[event]})  # a second tap
    assert len(mails("speaker_answered")) == 2
    with pytest.raises(PartGone):
        stage.answer(seen={f"item:{stage.item.id}:moderator": "x"})


def test_what_was_accepted_is_kept_and_confirmed_again(app: Flask, stage: Stage) -> None:
    stage.ask()
    seen = stage.seen()
    stage.answer()
    assert line_of(stage, stage.expert).standing is SpeakerStanding.ACCEPTED
    stage.item.start_minute, stage.item.end_minute, stage.item.room_id = 660, 705, stage.green.id
    db.session.commit()
    page = presenters.own_page_of(stage.row(), NOW)
    part = next(one for one in page.parts if one.item_id)
    assert (page.standing, part.standing) == (SpeakerStanding.MOVED, SpeakerStanding.MOVED)
    assert len(part.changes) == 2
    assert "10:00–10:45" in part.was_when
    assert "11:00–11:45" in part.when
    assert ("Sala Blu" in part.was_where, "Sala Verde" in part.where) == (True, True)
    with pytest.raises(SlotMovedOn):
        stage.answer(seen=seen)
    stage.answer()
    assert line_of(stage, stage.expert).standing is SpeakerStanding.ACCEPTED


def test_nobody_answers_for_an_event_that_is_over(app: Flask, stage: Stage) -> None:
    stage.ask()
    with pytest.raises(NotAnswerable):
        stage.answer(now=START + DAY)
    db.session.get_one(Event, stage.event.id).status = Status.CALLED_OFF
    db.session.commit()
    with pytest.raises(NotAnswerable):
        stage.answer()
    assert letters.invitation({"speaker_id": stage.row().id}, "en") is None


def test_a_time_that_does_not_fit_is_told(app: Flask, stage: Stage) -> None:
    row = stage.ask()
    span = queries.slot_of(stage.event, stage.item)
    assert span.starts_at
    assert span.ends_at
    away = NeedsInput(absences=((span.ends_at, span.ends_at + DAY / 24),), diet="No nuts")
    services.keep_needs(row.id, link_version=1, values=away, now=NOW)
    assert not line_of(stage, stage.expert).has_clash
    clash = NeedsInput(absences=((span.starts_at, span.ends_at),), diet="No nuts")
    services.keep_needs(row.id, link_version=1, values=clash, now=NOW)
    assert line_of(stage, stage.expert).has_clash
    assert mails("speaker_answered") == ["office@organiser.example"]
    letter = letters.answered({"speaker_id": row.id}, "en")
    assert letter
    assert "Shared machines" in letter.values["clashes"][0]


def test_needs_are_erased_after_the_event_and_answers_stay(app: Flask, stage: Stage) -> None:
    row = stage.ask()
    stage.answer()
    values = NeedsInput(diet="No nuts", access="Ramp", travel="Train", absences=((START, START + DAY),))
    services.keep_needs(row.id, link_version=1, values=values, now=NOW)
    work.erase(START + 20 * DAY)
    assert stage.row().diet == "No nuts"
    work.erase(START + 40 * DAY)
    row = stage.row()
    assert (row.diet, row.access, row.travel, list(row.absences)) == (None, None, None, [])
    assert len(row.answers) == 2
    assert line_of(stage, stage.expert).needs_erased


def test_nothing_is_shown_without_consent(app: Flask, stage: Stage) -> None:
    row = stage.ask()
    stage.answer()
    bio = ProfileInput(bio=Texts(en="Builds robots."))
    services.keep_profile(row.id, link_version=1, values=bio, now=NOW)
    assert presenters.speakers_shown(stage.event) == []
    with pytest.raises(NothingToShow):
        services.keep_profile(row.id, link_version=1, values=ProfileInput(bio=Texts(), consents=True), now=NOW)
    agreed = ProfileInput(bio=Texts(en="Builds robots."), consents=True, language="de")
    services.keep_profile(row.id, link_version=1, values=agreed, now=NOW)
    (shown,) = presenters.speakers_shown(stage.event)
    assert (shown.name, shown.bio.text) == ("Heiko Esempio", "Builds robots.")
    kept = stage.row()
    assert (kept.consent_at, kept.consent_language, kept.consent_version) == (NOW, "de", 1)
    seen = stage.seen()
    stage.answer(SpeakerReply.DECLINED, seen={"event:invited_expert": seen["event:invited_expert"]}, reason="Ill")
    assert presenters.speakers_shown(stage.event)
    stage.item.audience = Audience.INTERNAL
    db.session.commit()
    assert presenters.speakers_shown(stage.event) == []


def test_the_silent_are_reminded_before_the_deadline(app: Flask, stage: Stage) -> None:
    def remind(now: Any) -> None:
        work.remind(now)

    services.ask_everybody(event_slug=stage.event.slug, actor=SYSTEM, now=NOW)
    stage.answer(person=stage.moderator)
    deadline = NOW + 10 * DAY
    plan = {"event_slug": stage.event.slug, "remind_days_before": 3, "actor": SYSTEM, "now": NOW}
    with pytest.raises(DeadlineOver):
        services.set_deadline(answer_by=NOW, **plan)
    services.set_deadline(answer_by=deadline, **plan)
    work.remind(NOW + 6 * DAY)
    assert mails("speaker_reminder") == []
    work.remind(NOW + 7 * DAY)
    work.remind(NOW + 8 * DAY)
    assert mails("speaker_reminder") == ["heiko@expert.example"]
    with pytest.raises(NobodyToRemind):
        services.remind_silent(event_slug=stage.event.slug, actor=SYSTEM, now=NOW + 7 * DAY)
    assert services.remind_silent(event_slug=stage.event.slug, actor=SYSTEM, now=NOW + 9 * DAY) == 1
    stage.answer()
    assert letters.reminder({"speaker_id": stage.row().id}, "en") is None


def entries(stage: Stage) -> dict[str, Any]:
    content = calendar_of(stage.row(), stage.event, public_url="http://filo.example")
    return {str(one["UID"]): one for one in Calendar.from_ical(content).walk("VEVENT")}


def test_the_own_calendar_holds_the_own_slots_only_and_follows_them(app: Flask, stage: Stage) -> None:
    stage.add_item("Somebody else's", 14 * 60, people=(stage.moderator,))
    stage.ask()
    before = entries(stage)
    assert set(before) == {stage.item.uid, stage.event.uid}
    assert before[stage.item.uid]["STATUS"] == "TENTATIVE"
    stage.answer()
    after = entries(stage)[stage.item.uid]
    assert (after["STATUS"], after["SEQUENCE"]) == ("CONFIRMED", before[stage.item.uid]["SEQUENCE"] + 1)
    stage.item.start_minute, stage.item.end_minute = 660, 720
    db.session.commit()
    assert entries(stage)[stage.item.uid].start > after.start
    stage.answer(SpeakerReply.DECLINED, reason="Ill")
    assert {one["STATUS"] for one in entries(stage).values()} == {"CANCELLED"}


def test_the_page_counts_who_comes_and_names_nobody(app: Flask, stage: Stage) -> None:
    for name, country in (("ada", "IT"), ("eva", "DE"), ("uwe", "DE")):
        typed = person(name, country_code=country)
        joining.join(event_id=stage.event.id, person=typed, form_key=name * 8, now=NOW)
    stage.ask()
    page = presenters.own_page_of(stage.row(), NOW)
    assert (page.people, page.capacity) == (3, 40)
    assert page.countries == [("Germany", 2), ("Italy", 1)]
    assert page.types == [("Company", 3)]
    assert [one.moderators for one in page.parts] == [[], ["Uta Esempio"]]
    assert page.ways[0].access.wording("en").text == "Bus 4 from the station."


def test_as_many_queries_for_twenty_people_as_for_two(app: Flask, stage: Stage) -> None:
    services.ask_everybody(event_slug=stage.event.slug, actor=SYSTEM, now=NOW)

    def count() -> int:
        db.session.expire_all()
        event = db.session.get_one(Event, stage.event.id)
        _ = (event.timezone, event.venue)
        with counted_queries() as queries_made:
            presenters.overview_of(event, NOW)
        return len(queries_made)

    few = count()
    for number in range(10):
        person = make_person("Ada", f"Esempio {number}", email=f"ada{number}@expert.example")
        stage.add_item(f"Talk {number}", 12 * 60, people=(person,))
    services.ask_everybody(event_slug=stage.event.slug, actor=SYSTEM, now=NOW)
    assert count() <= few


@pytest.mark.parametrize("name", ["speaker_invitation", "speaker_reminder", "speaker_answered"])
def test_mails_say_what_was_approved(app: Flask, database: Session, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noon, start = datetime(2027, 1, 13, 12, tzinfo=UTC), datetime(2027, 3, 18, 8, tzinfo=UTC)
    monkeypatch.setattr(helpers, "NOW", noon)
    monkeypatch.setattr(helpers, "START", start)
    monkeypatch.setattr(clock, "now", lambda: noon)
    stage = Stage(make_organisation("Cluster Example"))
    row = stage.ask(now=noon)
    deadline = {"answer_by": start - 10 * DAY, "remind_days_before": 3}
    services.set_deadline(event_slug=stage.event.slug, actor=SYSTEM, now=noon, **deadline)
    if name == "speaker_answered":
        item = next(key for key in stage.seen() if key.startswith("item"))
        stage.answer(SpeakerReply.DECLINED, seen={item: stage.seen()[item]}, reason="I travel that day.", now=noon)
    token = links.token(row)
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=name, locale=locale, context={"speaker_id": row.id}), "http://filo.example")
        assert worded
        check_approved(f"mails/{name}.{locale}", f"Subject: {worded.subject}\n\n{worded.text}".replace(token, "…"))


def test_who_is_written_to_by_link_hears_there_of_a_part_that_moved(app: Flask, stage: Stage) -> None:
    """And nowhere else; once the link is taken back, the address that the network knows counts again."""
    stage.ask(email="heiko@home.example", locale="de")

    def told() -> list[tuple[str, str, str]]:
        rows = parts.part_holders_at([stage.item.id])[stage.item.id]
        assert {one.person_id for one in parts.part_holders(stage.event.id)} == {one.person_id for one in rows}
        return sorted((one.name, one.address, one.locale) for one in rows)

    uta = ("Uta Esempio", "uta@expert.example", "en")
    assert told() == [("Heiko Esempio", "heiko@home.example", "de"), uta]
    holder = parts.part_holder(stage.expert.id, stage.event.id)
    assert holder
    assert holder.address == "heiko@home.example"
    services.revoke(event_slug=stage.event.slug, person_id=stage.expert.id, actor=SYSTEM, now=NOW)
    assert told() == [("Heiko Esempio", "heiko@expert.example", "en"), uta]


def test_an_answer_waits_while_its_item_is_away_and_counts_when_it_is_back(app: Flask, stage: Stage) -> None:
    stage.ask(stage.moderator)
    stage.answer(person=stage.moderator)
    services.keep_profile(
        stage.row(stage.moderator).id,
        link_version=1,
        values=ProfileInput(bio=Texts(en="She leads."), consents=True),
        now=NOW,
    )
    event_id = stage.event.id
    agenda_services.remove_item(event_id=event_id, item_id=stage.item.id, actor=SYSTEM, now=NOW)
    assert queries.shown_publicly(event_id) == []
    plans.undo(event_id=event_id, version=1, actor=SYSTEM, now=NOW)
    assert line_of(stage, stage.moderator).standing is SpeakerStanding.ACCEPTED
    assert [one.person_id for one in queries.shown_publicly(event_id)] == [stage.moderator.id]
