"""A forum from the first wish to the last outcome, on the real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaPerson
from app.agenda.reading import input_of, slot_of
from app.agenda.rules import AgendaRole, ItemKind
from app.agenda.services import edit_item, remove_item
from app.events.errors import MayNotManage
from app.events.models import Event
from app.jobs import worker
from app.kernel import clock
from app.kernel.db import db
from app.kernel.errors import Refusal
from app.mail.models import Message
from app.meetings import letters, queries
from app.meetings.errors import (
    AnsweredAlready,
    AskedAlready,
    HasBegun,
    NobodyToMeet,
    NotHeldYet,
    NothingToTell,
    NotOpen,
    OwnOrganisation,
    ProfileNotFound,
    ReasonMissing,
    ScheduleOutdated,
    SearchRunning,
    TableTaken,
)
from app.meetings.inputs import ProfileInput
from app.meetings.models import Meeting
from app.meetings.posing import pose
from app.meetings.rules import Outcome, RequestState, SearchState
from app.meetings.schedule import Want, broken_rules, solve
from app.meetings.services import asking, partaking, preparing, scheduling, searching
from app.network.actors import ANYBODY, SYSTEM
from app.registration.inputs import Heir
from app.registration.models import Registration
from app.registration.services import handing_over, leaving
from tests.builders import NOW, make_person
from tests.meetings.scenes import add_item, agree, make_forum, make_schedule, starts_at, take_part

LATER = NOW + timedelta(days=1)


@pytest.fixture
def forum(database: Session) -> Event:
    return make_forum()


def partners(one: Registration) -> list[str]:
    return sorted(meeting.partner_of(one.id).given_name for meeting in queries.meetings_of([one.id]))


def mails(name: str) -> list[str]:
    rows = db.session.scalars(select(Message).where(Message.name == name).order_by(Message.id))
    return [row.recipient.partition("@")[0] for row in rows]


def test_nobody_meets_without_having_agreed(forum: Event) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    agree(ada, eva)
    asking.ask(ugo.id, whom=ada.id, reason="Let us talk", now=NOW)
    assert make_schedule(forum) == 2
    assert partners(ada) == ["Eva"]
    assert partners(ugo) == []
    assert mails("meeting_requested") == ["eva", "ada"]
    assert mails("meeting_accepted") == ["ada"]
    assert sorted(mails("meeting_schedule")) == ["ada", "eva"]


def test_who_asks_somebody_who_asked_already_accepts(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    assert asking.ask(ada.id, whom=eva.id, reason="A pilot", now=NOW) is RequestState.OPEN
    assert asking.ask(eva.id, whom=ada.id, reason="Yes", now=NOW) is RequestState.ACCEPTED
    (pair,) = pose(forum, keeps=False, now=NOW).problem.pairs
    assert pair.want is Want.MUTUAL


@pytest.mark.parametrize(
    ("whom", "reason", "now", "refusal"),
    [
        ("colleague", "A pilot", NOW, OwnOrganisation),
        ("eva", " ", NOW, ReasonMissing),
        ("stranger", "A pilot", NOW, ProfileNotFound),
        ("eva", "A pilot", NOW + timedelta(days=11), NotOpen),
    ],
)
def test_a_request_is_refused(
    forum: Event,
    whom: str,
    reason: str,
    now,
    refusal: type[Refusal],  # type: ignore[no-untyped-def]
) -> None:
    ada = take_part(forum, "ada")
    others = {
        "colleague": take_part(forum, "leo", organisation="ADA  & co").id,
        "eva": take_part(forum, "eva").id,
        "stranger": 9999,
    }
    with pytest.raises(refusal):
        asking.ask(ada.id, whom=others[whom], reason=reason, now=now)


def test_a_request_is_answered_once_and_a_declined_one_not_sent_again(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    asking.ask(ada.id, whom=eva.id, reason="A pilot", now=NOW)
    request = queries.request_between(ada.id, eva.id)
    assert request
    asking.decline(eva.id, request_id=request.id, now=NOW)
    with pytest.raises(AnsweredAlready):
        asking.accept(eva.id, request_id=request.id, now=NOW)
    with pytest.raises(AskedAlready):
        asking.ask(ada.id, whom=eva.id, reason="Please", now=NOW)


def test_what_nobody_answers_expires_and_can_be_asked_again(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    asking.ask(ada.id, whom=eva.id, reason="A pilot", now=NOW)
    after = NOW + timedelta(days=3)
    request = queries.request_between(ada.id, eva.id)
    assert request
    with pytest.raises(AnsweredAlready):
        asking.accept(eva.id, request_id=request.id, now=after)
    assert asking.expire_due(now=after) == 1
    assert asking.ask(ada.id, whom=eva.id, reason="Once more", now=after) is RequestState.OPEN


def test_whoever_takes_part_says_what_for(forum: Event) -> None:
    ada = take_part(forum, "ada")
    with pytest.raises(NothingToTell):
        partaking.take_part(ada.id, values=ProfileInput(about="Hello"), now=NOW)


def test_people_come_only_when_they_can_and_speakers_speak(forum: Event) -> None:
    """Ada speaks from 13:00 to 13:40, Eva has only the first three slots left by her own word."""
    keynote = add_item(forum, ItemKind.KEYNOTE, start=13 * 60, minutes=40)
    speaker = make_person("Ada", email="ADA@company.example")
    db.session.add(AgendaPerson(item_id=keynote, person_id=speaker.id, role=AgendaRole.SPEAKER))
    db.session.commit()
    block = queries.blocks(forum.id)[0]
    ada = take_part(forum, "ada")
    eva = take_part(forum, "eva", away=tuple(f"{block.id}:{number}" for number in (3, 4, 5)))
    agree(ada, eva)
    make_schedule(forum)
    (meeting,) = queries.meetings_of([ada.id])
    assert meeting.slot_number == 2


def test_the_organiser_brings_together_whom_it_fits_where_they_allow_it(database: Session) -> None:
    forum = make_forum(arranges=True)
    free = {"may_be_arranged": True}
    ada = take_part(forum, "ada", needs=("word:Digital  Twin",), offers=("word:x",), **free)
    take_part(forum, "eva", needs=("word:y",), offers=("word:digital twin",), **free)
    take_part(forum, "ugo", needs=("word:y",), offers=("word:digital twin",))
    make_schedule(forum)
    assert partners(ada) == ["Eva"]


def test_hosts_keep_their_table_and_share_it_with_no_other_host(forum: Event) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    preparing.set_table(ada.id, event_slug=forum.slug, table=3, actor=SYSTEM, now=NOW)
    with pytest.raises(TableTaken):
        preparing.set_table(eva.id, event_slug=forum.slug, table=3, actor=SYSTEM, now=NOW)
    for other in (eva, ugo):
        agree(ada, other)
    make_schedule(forum)
    assert {one.table_number for one in queries.meetings_of([ada.id])} == {3}


def test_after_a_no_show_only_those_concerned_are_told(forum: Event) -> None:
    """Two slots were held; Ugo does not come; what Ada and Eva were told stays, Ugo's partners may meet anew."""
    people = {name: take_part(forum, name) for name in ("ada", "eva", "ugo", "ines", "karl")}
    for one, other in (("ada", "eva"), ("ada", "ugo"), ("eva", "ugo"), ("ines", "ugo"), ("karl", "ines")):
        agree(people[one], people[other])
    make_schedule(forum)
    before = {one.id: (one.slot_number, one.table_number) for one in queries.meetings(forum.id)}
    of_ugo = {one.id for one in queries.meetings_of([people["ugo"].id])}
    preparing.note_absence(people["ugo"].id, event_slug=forum.slug, is_absent=True, actor=SYSTEM, now=LATER)
    make_schedule(forum, keeps=True, now=LATER + timedelta(hours=1))
    after = {one.id: (one.slot_number, one.table_number) for one in queries.meetings(forum.id)}
    assert after == {key: place for key, place in before.items() if key not in of_ugo}
    told = mails("meeting_schedule")
    assert sorted(told[5:]) == ["ada", "eva", "ines"]  # not Ugo, who is not there, nor Karl, whom nothing changed for


def test_what_was_held_stays_when_the_schedule_is_made_again(forum: Event) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    agree(ada, eva)
    make_schedule(forum)
    (held,) = queries.meetings(forum.id)
    agree(ada, ugo)
    agree(eva, ugo)
    during = starts_at(forum, held.slot_number) + timedelta(minutes=5)
    make_schedule(forum, now=during)
    meetings = queries.meetings(forum.id)
    assert held.id in {one.id for one in meetings}
    assert len(meetings) == 3
    assert all(one.slot_number > held.slot_number for one in meetings if one.id != held.id)


def test_a_place_that_is_given_back_takes_its_meetings_along(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    left = LATER + timedelta(hours=1)
    leaving.withdraw(eva.id, now=left)
    assert queries.meetings(forum.id) == []
    assert mails("meeting_schedule").count("ada") == 2
    assert mails("meeting_schedule").count("eva") == 1
    (meeting,) = db.session.scalars(select(Meeting))
    assert (meeting.sequence, meeting.cancelled_at) == (1, left)


def test_a_pair_that_meets_again_has_the_same_entry(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    (before,) = queries.meetings(forum.id)
    uid = before.uid
    preparing.note_absence(eva.id, event_slug=forum.slug, is_absent=True, actor=SYSTEM, now=LATER)
    ugo = take_part(forum, "ugo")
    agree(ada, ugo)
    make_schedule(forum, keeps=True, now=LATER + timedelta(hours=1))
    preparing.note_absence(eva.id, event_slug=forum.slug, is_absent=False, actor=SYSTEM, now=LATER)
    make_schedule(forum, keeps=True, now=LATER + timedelta(hours=2))
    (again,) = [one for one in queries.meetings(forum.id) if eva.id in (one.one_id, one.other_id)]
    assert again.uid == uid
    assert again.sequence >= 2


def test_a_schedule_that_came_to_break_a_rule_is_not_used(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    search_id = searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=LATER)
    with pytest.raises(SearchRunning):
        searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=LATER)
    posed, _seconds = searching.start(search_id, now=LATER) or (None, 0)
    assert posed
    searching.finish(search_id, posed=posed, solved=solve(posed.problem, seconds=1), now=LATER)
    partaking.stop_taking_part(eva.id, now=LATER)
    with pytest.raises(ScheduleOutdated):
        searching.use(search_id, event_slug=forum.slug, actor=SYSTEM, now=LATER)


def test_the_worker_makes_the_schedule(forum: Event, app: Flask) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    search_id = searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=NOW)
    worker._handlers[searching.SEARCH](search_id=search_id)
    search = queries.latest_search(forum.id)
    assert search
    assert search.state is SearchState.DONE
    assert (search.meetings, search.value) == (1, search.bound)
    posed = pose(forum, keeps=False, now=NOW)
    assert broken_rules(posed.problem, posed.read(search.found)).total == 0


def test_a_search_is_stopped_by_whoever_manages_the_event(forum: Event) -> None:
    agree(take_part(forum, "ada"), take_part(forum, "eva"))
    search_id = searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=NOW)
    with pytest.raises(MayNotManage):
        searching.stop(search_id, event_slug=forum.slug, actor=ANYBODY, now=NOW)
    searching.stop(search_id, event_slug=forum.slug, actor=SYSTEM, now=NOW)
    posed, _seconds = searching.start(search_id, now=NOW) or (None, 0)
    assert posed
    heard = []
    solve(
        posed.problem,
        seconds=5,
        watch=lambda progress: heard.append(searching.hear(search_id, progress=progress, now=NOW)) or heard[-1],  # type: ignore[func-returns-value]
    )
    assert heard == [True]


def test_a_search_whose_worker_fell_over_blocks_nobody(forum: Event) -> None:
    agree(take_part(forum, "ada"), take_part(forum, "eva"))
    searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=NOW)
    assert searching.begin(
        event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=NOW + timedelta(minutes=11)
    )


def test_there_is_nothing_to_make_before_somebody_agreed(forum: Event) -> None:
    take_part(forum, "ada")
    with pytest.raises(NobodyToMeet):
        searching.begin(event_slug=forum.slug, seconds=10, keeps=False, actor=SYSTEM, now=NOW)


def test_either_side_notes_what_came_of_it_once_it_has_begun(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    (meeting,) = queries.meetings(forum.id)
    with pytest.raises(NotHeldYet):
        scheduling.note_outcome(ada.id, meeting_id=meeting.id, outcome=Outcome.LETTER, now=LATER)
    during = starts_at(forum, meeting.slot_number)
    scheduling.note_outcome(ada.id, meeting_id=meeting.id, outcome=Outcome.LETTER, now=during)
    scheduling.note_outcome(eva.id, meeting_id=meeting.id, outcome=Outcome.FOLLOW_UP, now=during)
    (meeting,) = queries.meetings(forum.id)
    assert meeting.outcome_of(ada.id) is Outcome.LETTER
    assert meeting.outcome_of(eva.id) is Outcome.FOLLOW_UP


def test_a_block_that_moves_takes_its_meetings_along_and_tells(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    item = queries.block_items(forum.id)[0]
    before = pose(forum, keeps=True, now=NOW).slots[0].starts_at
    later = replace(input_of(item), slot=slot_of(item).moved(60))
    edit_item(event_id=forum.id, item_id=item.id, values=later, actor=SYSTEM, now=LATER)
    assert pose(forum, keeps=True, now=NOW).slots[0].starts_at == before + timedelta(hours=1)
    assert len(queries.meetings(forum.id)) == 1
    assert sorted(mails("meeting_schedule")) == ["ada", "ada", "eva", "eva"]


def test_a_block_that_is_taken_off_takes_its_meetings_off(forum: Event) -> None:
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    item = queries.block_items(forum.id)[0]
    remove_item(event_id=forum.id, item_id=item.id, actor=SYSTEM, now=LATER + timedelta(hours=1))
    assert queries.meetings(forum.id) == []
    assert sorted(mails("meeting_schedule")) == ["ada", "ada", "eva", "eva"]


@pytest.mark.parametrize("agreed", [True, False])
def test_whoever_cannot_come_calls_one_meeting_off_early(database: Session, agreed: bool) -> None:
    """The other one is told, and the organiser's arranging does not bring them together again."""
    forum = make_forum(arranges=True)
    ada = take_part(forum, "ada", needs=("word:x",), offers=("word:y",), may_be_arranged=True)
    eva = take_part(forum, "eva", needs=("word:y",), offers=("word:x",), may_be_arranged=True)
    if agreed:
        agree(ada, eva)
    make_schedule(forum)
    (meeting,) = queries.meetings(forum.id)
    with pytest.raises(HasBegun):
        scheduling.call_off(eva.id, meeting_id=meeting.id, now=starts_at(forum, meeting.slot_number))
    scheduling.call_off(eva.id, meeting_id=meeting.id, now=LATER + timedelta(hours=1))
    assert queries.meetings(forum.id) == []
    assert mails("meeting_schedule")[2:] == ["ada"]
    assert pose(forum, keeps=True, now=LATER).problem.pairs == ()


@pytest.mark.parametrize("who", ["ada", "eva"])
def test_either_side_takes_an_agreement_back_and_the_meeting_goes(forum: Event, who: str) -> None:
    people = {name: take_part(forum, name) for name in ("ada", "eva")}
    agree(people["ada"], people["eva"])
    make_schedule(forum)
    request = queries.request_between(people["ada"].id, people["eva"].id)
    assert request
    asking.take_back(people[who].id, request_id=request.id, now=LATER + timedelta(hours=1))
    assert queries.meetings(forum.id) == []
    assert pose(forum, keeps=True, now=LATER).problem.pairs == ()


def test_a_place_that_goes_to_a_colleague_takes_no_meetings_along(forum: Event) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    agree(ada, eva)
    asking.ask(ada.id, whom=ugo.id, reason="My own words", now=NOW)
    make_schedule(forum)
    heir = Heir(given_name="Ida", family_name="Heir", email="ida@colleague.example", locale="en")
    handing_over.hand_over(ada.id, to=heir, now=LATER + timedelta(hours=1))
    assert queries.profile(ada.id) is None
    assert queries.request_between(ada.id, ugo.id) is None
    assert queries.meetings(forum.id) == []
    assert mails("meeting_schedule")[2:] == ["eva"]
    partaking.take_part(ada.id, values=ProfileInput(needs=("sector:ict",)), now=LATER)
    agree(eva, ada)
    make_schedule(forum)
    assert partners(eva) == ["Ida"]


def test_the_mail_with_the_schedule_carries_its_entries(app: Flask, forum: Event) -> None:
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    agree(ada, eva)
    agree(ada, ugo)
    make_schedule(forum)

    def attached() -> dict[str, str]:
        letter = letters.schedule({"registration_id": ada.id}, "en")
        assert letter is not None
        assert letter.method is None
        entries = Calendar.from_ical(letter.calendar or b"").walk("VEVENT")
        return {str(one["SUMMARY"]): str(one["STATUS"]) for one in entries}

    assert attached() == {
        "Meeting with Eva Esempio (Eva & Co)": "CONFIRMED",
        "Meeting with Ugo Esempio (Ugo & Co)": "CONFIRMED",
    }
    (meeting,) = (one for one in queries.meetings_of([eva.id]))
    scheduling.call_off(eva.id, meeting_id=meeting.id, now=clock.now())
    assert sorted(attached().values()) == ["CANCELLED", "CONFIRMED"]
