from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.errors import (
    BadRepeat,
    EndsBeforeStart,
    LastOrganiser,
    MovedIntoPast,
    MovedOutOfPast,
    NotOverYet,
    NotYetComplete,
    ReasonMissing,
    TooLong,
    WrongStep,
)
from app.events.permissions import may_create, may_manage
from app.events.rules import (
    LONGEST,
    Audience,
    CalendarFace,
    Format,
    Missing,
    OrganisationRole,
    Readiness,
    Status,
    check_complete,
    check_move,
    check_organisers,
    check_over,
    check_reason,
    check_span,
    check_step,
    edition_labels,
    has_moved,
    missing_for_publication,
    monthly_from,
    moved_to,
    nth_weekday,
    raises_sequence,
    rough_span,
    same_weekday_in,
    stands_on_lists,
)
from app.kernel.dates import DatePrecision, NoSuchTime, RoughDate
from app.network.actors import ANYBODY, SYSTEM, Actor

NOON = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

D, P, L, C, H, A = (
    Status.DRAFT,
    Status.PUBLISHED,
    Status.POSTPONED,
    Status.CALLED_OFF,
    Status.HELD,
    Status.ARCHIVED,
)
# one row a state, one column a state that it may become: draft published postponed called_off held archived
TABLE = {
    D: ".x....",
    P: "x.xxx.",
    L: ".x.x..",
    C: ".....x",
    H: ".....x",
    A: "......",
}
CELLS = [
    (now_is, becomes, row[i] == "x") for now_is, row in TABLE.items() for i, becomes in enumerate((D, P, L, C, H, A))
]


@pytest.mark.parametrize(("now_is", "becomes", "is_open"), CELLS, ids=[f"{a}-{b}" for a, b, _ in CELLS])
def test_the_life_cycle_has_exactly_these_steps(now_is: Status, becomes: Status, is_open: bool) -> None:
    if is_open:
        check_step(now_is, becomes)
    else:
        with pytest.raises(WrongStep):
            check_step(now_is, becomes)


READY = Readiness(
    has_title=True, has_dates=True, has_venue=True, has_link=True, has_organiser=True, format=Format.HYBRID
)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"has_title": False}, [Missing.TITLE]),
        ({"has_dates": False}, [Missing.DATES]),
        ({"has_venue": False}, [Missing.PLACE]),
        ({"has_venue": False, "format": Format.ONLINE}, []),
        ({"has_link": False}, [Missing.LINK]),
        ({"has_link": False, "format": Format.ON_SITE}, []),
        ({"has_organiser": False}, [Missing.ORGANISER]),
        ({"is_funded": True}, [Missing.FUNDING]),
        ({"is_funded": True, "has_funding_sentence": True}, []),
        ({"has_title": False, "has_organiser": False}, [Missing.TITLE, Missing.ORGANISER]),
    ],
)
def test_publishing_names_what_is_missing(changes: dict[str, object], missing: list[Missing]) -> None:
    assert missing_for_publication(replace(READY, **changes)) == missing  # type: ignore[arg-type]


@given(
    st.builds(
        Readiness,
        has_title=st.booleans(),
        has_dates=st.booleans(),
        has_venue=st.booleans(),
        has_link=st.booleans(),
        has_organiser=st.booleans(),
        format=st.sampled_from(Format),
        is_funded=st.booleans(),
        has_funding_sentence=st.booleans(),
    )
)
def test_what_is_published_has_a_title_an_organiser_and_a_way_to_get_there(event: Readiness) -> None:
    missing = missing_for_publication(event)
    if missing:
        with pytest.raises(NotYetComplete) as refusal:
            check_complete(event)
        assert refusal.value.details["missing"] == missing
        return
    check_complete(event)
    assert event.has_title
    assert event.has_organiser
    assert event.has_venue or event.has_link
    assert event.has_funding_sentence or not event.is_funded


@given(
    st.builds(
        Readiness, **{n: st.booleans() for n in Readiness.__slots__ if n != "format"}, format=st.sampled_from(Format)
    )
)
def test_adding_something_never_makes_an_event_less_ready(event: Readiness) -> None:
    before = set(missing_for_publication(event))
    for name in ("has_title", "has_dates", "has_venue", "has_link", "has_organiser", "has_funding_sentence"):
        assert set(missing_for_publication(replace(event, **{name: True}))) <= before


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("listed", [True, False])
def test_lists_show_neither_drafts_nor_internal_nor_unlisted_events(
    status: Status, audience: Audience, listed: bool
) -> None:
    hidden = status is Status.DRAFT or audience is Audience.INTERNAL or not listed
    assert stands_on_lists(listed=listed, audience=audience, status=status) is not hidden


FACE = CalendarFace(starts_at=NOON, ends_at=NOON + HOUR, timezone="Europe/Rome", status=P, venue_id=1, online_url=None)


@pytest.mark.parametrize(
    ("change", "rises", "moved"),
    [
        ({}, False, False),
        ({"starts_at": NOON - HOUR}, True, True),
        ({"ends_at": NOON + 2 * HOUR}, True, True),
        ({"timezone": "Europe/London"}, True, True),
        ({"venue_id": 2}, True, True),
        ({"online_url": "https://meet.example/x"}, True, True),
        ({"status": C}, True, False),
    ],
)
def test_sequence_rises_with_time_place_and_status(change: dict[str, object], rises: bool, moved: bool) -> None:
    after = replace(FACE, **change)  # type: ignore[arg-type]
    assert raises_sequence(FACE, after, sequence=0) is rises
    assert has_moved(FACE, after) is moved


def test_a_draft_that_was_never_out_keeps_its_sequence_and_one_that_was_taken_back_does_not() -> None:
    draft = replace(FACE, status=D)
    assert not raises_sequence(draft, FACE, sequence=0)
    assert raises_sequence(draft, FACE, sequence=1)


@pytest.mark.parametrize(
    ("ends_at", "precision", "refusal"),
    [
        (NOON, DatePrecision.DAY, EndsBeforeStart),
        (NOON - HOUR, DatePrecision.DAY, EndsBeforeStart),
        (NOON + LONGEST, DatePrecision.DAY, None),
        (NOON + LONGEST + HOUR, DatePrecision.DAY, TooLong),
        (NOON + timedelta(days=365), DatePrecision.YEAR, None),
    ],
)
def test_an_event_ends_after_it_starts_and_is_not_endless(
    ends_at: datetime, precision: DatePrecision, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_span(NOON, ends_at, precision)
    else:
        with pytest.raises(refusal):
            check_span(NOON, ends_at, precision)


def test_a_year_that_is_all_one_knows_lasts_from_its_first_to_its_last_second() -> None:
    starts, ends = rough_span(RoughDate(date(2018, 1, 1), DatePrecision.YEAR), "Europe/Rome")
    assert starts == datetime(2017, 12, 31, 23, 0, tzinfo=UTC)
    assert ends == datetime(2018, 12, 31, 22, 59, 59, tzinfo=UTC)


def test_a_copy_keeps_the_wall_clock_over_the_clock_change() -> None:
    starts, ends = datetime(2027, 3, 18, 8, 0, tzinfo=UTC), datetime(2027, 3, 19, 15, 0, tzinfo=UTC)
    assert moved_to(date(2027, 5, 6), starts, ends, "Europe/Rome") == (
        datetime(2027, 5, 6, 7, 0, tzinfo=UTC),
        datetime(2027, 5, 7, 14, 0, tzinfo=UTC),
    )


def test_a_copy_into_an_hour_that_the_clocks_skip_is_refused() -> None:
    starts = datetime(2027, 3, 20, 1, 30, tzinfo=UTC)
    with pytest.raises(NoSuchTime):
        moved_to(date(2027, 3, 28), starts, starts + 4 * HOUR, "Europe/Rome")


@pytest.mark.parametrize("status", [L, C])
@pytest.mark.parametrize("reason", ["", "  \n "])
def test_postponing_and_calling_off_need_a_reason(status: Status, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        check_reason(status, reason)
    check_reason(status, "The venue is flooded")
    check_reason(P, "")


def test_an_event_is_held_once_it_has_ended() -> None:
    check_over(NOON, NOON)
    with pytest.raises(NotOverYet):
        check_over(NOON + timedelta(seconds=1), NOON)


@pytest.mark.parametrize(
    ("status", "before", "after", "refusal"),
    [
        (Status.PUBLISHED, 1, -1, MovedIntoPast),
        (Status.PUBLISHED, 1, 0, MovedIntoPast),
        (Status.PUBLISHED, 1, 2, None),
        (Status.PUBLISHED, -1, -2, None),  # what was published after it was over
        (Status.HELD, -1, 1, MovedOutOfPast),
        (Status.HELD, -1, -2, None),
        (Status.DRAFT, 1, -1, None),
        (Status.POSTPONED, 1, -1, None),
    ],
)
def test_no_mistyped_date_closes_an_event_or_opens_a_closed_one(
    status: Status, before: int, after: int, refusal: type[Exception] | None
) -> None:
    with pytest.raises(refusal) if refusal else nullcontext():
        check_move(status, before=NOON + timedelta(days=before), after=NOON + timedelta(days=after), now=NOON)


def test_an_event_keeps_an_organiser() -> None:
    check_organisers([OrganisationRole.HOST, OrganisationRole.ORGANISER])
    with pytest.raises(LastOrganiser):
        check_organisers([OrganisationRole.CO_ORGANISER])


@pytest.mark.parametrize(
    ("actor", "manages", "creates"),
    [
        (ANYBODY, False, False),
        (Actor(account_id=1, organisation_ids=frozenset({1})), False, False),
        (Actor(account_id=1, managed_ids=frozenset({2})), False, True),
        (Actor(account_id=1, managed_ids=frozenset({1, 2})), True, True),
        (Actor(account_id=1, is_administrator=True), True, True),
        (SYSTEM, True, True),
    ],
)
def test_managers_of_an_organiser_and_administrators_manage(actor: Actor, manages: bool, creates: bool) -> None:
    assert may_manage(actor, frozenset({1})) is manages
    assert may_create(actor) is creates


@pytest.mark.parametrize(
    ("day", "counted", "next_month"),
    [
        ("2027-03-01", (1, 0, False), "2027-04-05"),
        ("2027-03-07", (1, 6, False), "2027-04-04"),
        ("2027-03-17", (3, 2, False), "2027-04-21"),
        ("2027-02-24", (4, 2, True), "2027-03-24"),  # the fourth, though it happens to be the last
        ("2027-03-24", (4, 2, False), "2027-04-28"),
        ("2027-03-31", (5, 2, True), "2027-04-28"),  # April has no fifth: its last
        ("2027-06-30", (5, 2, True), "2027-07-28"),
        ("2027-12-31", (5, 4, True), "2028-01-28"),
        ("2028-02-29", (5, 1, True), "2028-03-28"),  # the only fifth that a February can have
    ],
)
def test_demand_14_a_day_is_found_again_in_the_next_month(
    day: str, counted: tuple[int, int, bool], next_month: str
) -> None:
    first = date.fromisoformat(day)
    assert nth_weekday(first) == counted
    assert monthly_from(first, 2) == [first, date.fromisoformat(next_month)]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 31)))
def test_demand_14_a_repeated_day_is_in_each_month_once_and_on_its_weekday(day: date) -> None:
    nth = nth_weekday(day)
    assert same_weekday_in(day.year, day.month, nth) == day
    days = monthly_from(day, 12)
    assert len({(each.year, each.month) for each in days}) == 12
    for each in days:
        like = nth_weekday(each)
        assert like.weekday == nth.weekday
        assert like.is_last if nth.number == 5 else like.number == nth.number


@pytest.mark.parametrize("times", [-1, 0, 13, 10**9])
def test_demand_14_more_than_a_year_is_not_made_at_once(times: int) -> None:
    with pytest.raises(BadRepeat):
        monthly_from(date(2027, 3, 17), times)


@pytest.mark.parametrize(
    ("label", "numbers"), [(None, ["1", "2"]), ("7", ["8", "9"]), ("Trentino", ["1", "2"]), ("2018", ["1", "2"])]
)
def test_demand_14_editions_count_on_from_a_number(label: str | None, numbers: list[str]) -> None:
    assert list(islice(edition_labels(label), 2)) == numbers
