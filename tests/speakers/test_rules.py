"""Where somebody stands, what is missing, when may be written: tables of cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules import Status
from app.speakers import rules
from app.speakers.errors import AbsenceEndsBeforeStart, AskedJustNow, MayNotAsk, NotAnswerable, TooManyAbsences
from app.speakers.rules import Slot, SlotChange, SpeakerReply, SpeakerStanding, StillMissing

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = Slot(starts_at=NOW, ends_at=NOW + HOUR, place="Sala Blu")


def moved(**changes: object) -> Slot:
    values = {"starts_at": SEEN.starts_at, "ends_at": SEEN.ends_at, "place": SEEN.place} | changes
    return Slot(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (SEEN, ()),
        (moved(starts_at=NOW - HOUR), (SlotChange.TIME,)),
        (moved(ends_at=NOW + 2 * HOUR), (SlotChange.TIME,)),
        (moved(place="Sala Verde"), (SlotChange.PLACE,)),
        (moved(starts_at=None, ends_at=None, place=""), (SlotChange.TIME, SlotChange.PLACE)),
    ],
)
def test_a_change_of_time_or_place_is_told(now: Slot, expected: tuple[SlotChange, ...]) -> None:
    assert rules.changes(SEEN, now) == expected
    is_same = not expected
    assert (rules.slot_seen(now) == rules.slot_seen(SEEN)) is is_same
    standing = rules.standing_of_part(SpeakerReply.ACCEPTED, accepted=SEEN, now=now, was_asked=True)
    assert standing is (SpeakerStanding.ACCEPTED if is_same else SpeakerStanding.MOVED)
    assert (
        rules.standing_of_part(SpeakerReply.DECLINED, accepted=None, now=now, was_asked=True)
        is SpeakerStanding.DECLINED
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([SpeakerStanding.ACCEPTED, SpeakerStanding.ASKED], SpeakerStanding.ASKED),
        ([SpeakerStanding.ACCEPTED, SpeakerStanding.MOVED], SpeakerStanding.MOVED),
        ([SpeakerStanding.DECLINED, SpeakerStanding.ACCEPTED], SpeakerStanding.ACCEPTED),
        ([SpeakerStanding.DECLINED, SpeakerStanding.DECLINED], SpeakerStanding.DECLINED),
        ([SpeakerStanding.NOT_ASKED], SpeakerStanding.NOT_ASKED),
    ],
)
def test_what_waits_for_an_answer_comes_first(parts: list[SpeakerStanding], expected: SpeakerStanding) -> None:
    assert rules.standing_of_person(parts) is expected


def test_nothing_is_missing_of_who_does_not_come() -> None:
    nothing = dict.fromkeys(("has_bio", "has_photo", "has_slides", "said_availability", "said_needs"), False)
    for standing in SpeakerStanding:
        found = rules.missing(standing, shows_something=True, **nothing)
        assert bool(found) is (standing not in {SpeakerStanding.NOT_ASKED, SpeakerStanding.DECLINED})
    assert StillMissing.SLIDES not in rules.missing(SpeakerStanding.ACCEPTED, shows_something=False, **nothing)


@pytest.mark.parametrize(
    ("status", "ends", "may_ask", "may_answer"),
    [
        (Status.DRAFT, DAY, True, True),
        (Status.PUBLISHED, DAY, True, True),
        (Status.POSTPONED, DAY, True, True),
        (Status.PUBLISHED, timedelta(0), False, False),
        (Status.CALLED_OFF, DAY, False, False),
        (Status.ARCHIVED, DAY, False, False),
    ],
)
def test_until_when_is_asked_and_answered(status: Status, ends: timedelta, may_ask: bool, may_answer: bool) -> None:
    for check, allowed, refusal in (
        (rules.check_may_ask, may_ask, MayNotAsk),
        (rules.check_answerable, may_answer, NotAnswerable),
    ):
        if allowed:
            check(status, NOW + ends, NOW)
        else:
            with pytest.raises(refusal):
                check(status, NOW + ends, NOW)


def test_the_same_link_goes_out_once_an_hour() -> None:
    rules.check_again(None, NOW, was_revoked=False)
    rules.check_again(NOW - HOUR, NOW, was_revoked=False)
    rules.check_again(NOW, NOW, was_revoked=True)
    with pytest.raises(AskedJustNow):
        rules.check_again(NOW - HOUR / 2, NOW, was_revoked=False)


@pytest.mark.parametrize(
    ("reminders", "written", "expected"),
    [(0, None, True), (2, NOW - DAY, True), (3, NOW - 9 * DAY, False), (0, NOW - DAY / 2, False)],
)
def test_the_silent_are_left_in_peace(reminders: int, written: datetime | None, expected: bool) -> None:
    assert rules.may_remind(reminders=reminders, written_at=written, now=NOW) is expected


@pytest.mark.parametrize(
    ("deadline", "days", "reminded_for", "expected"),
    [
        (NOW + 3 * DAY, 3, None, True),
        (NOW + 3 * DAY, 2, None, False),
        (NOW + 3 * DAY, None, None, False),
        (None, 3, None, False),
        (NOW, 3, None, False),
        (NOW + DAY, 3, NOW + DAY, False),
        (NOW + 2 * DAY, 3, NOW + DAY, True),
    ],
)
def test_an_event_reminds_once_for_each_deadline(
    deadline: datetime | None, days: int | None, reminded_for: datetime | None, expected: bool
) -> None:
    assert rules.reminder_is_due(deadline, days, reminded_for=reminded_for, now=NOW) is expected


def test_absences_end_after_they_begin_and_are_few() -> None:
    right = (NOW, NOW + HOUR)
    rules.check_absences([right] * rules.MOST_ABSENCES)
    with pytest.raises(TooManyAbsences):
        rules.check_absences([right] * (rules.MOST_ABSENCES + 1))
    with pytest.raises(AbsenceEndsBeforeStart) as refused:
        rules.check_absences([right, (NOW, NOW)])
    assert refused.value.details["field"] == "until_1"


@given(begins=st.integers(-300, 300), length=st.integers(1, 300))
def test_an_absence_meets_a_slot_exactly_where_they_share_a_minute(begins: int, length: int) -> None:
    minutes = set(range(begins, begins + length)) & set(range(60))
    start = NOW + timedelta(minutes=begins)
    assert SEEN.meets(start, start + timedelta(minutes=length)) is bool(minutes)
