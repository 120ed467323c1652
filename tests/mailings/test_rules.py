"""What may be said in which state, and when a reminder is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.mailings.errors import EventNotAhead, MomentPassed, NotInThisState, NotReachable
from app.mailings.filling import Link, Links, Words, fill_markdown, fill_plain, names_in, unknown_in
from app.mailings.rules import (
    STEPS,
    Anchor,
    Clock,
    Narrowing,
    Owner,
    State,
    Verb,
    check_ahead,
    check_narrowing,
    check_step,
    due_at,
    is_too_late,
    outcome,
)
from tests.builders import NOW

ALLOWED = {
    (State.DRAFT, Verb.EDIT),
    (State.DRAFT, Verb.SCHEDULE),
    (State.DRAFT, Verb.DELETE),
    (State.CANCELLED, Verb.DELETE),
    (State.SCHEDULED, Verb.START),
    (State.SCHEDULED, Verb.TAKE_BACK),
    (State.SENDING, Verb.STOP),
    (State.SENDING, Verb.FINISH),
    (State.SENT, Verb.RETRY),
    (State.FAILED, Verb.RETRY),
}
STARTS = NOW + timedelta(days=10)


def clock(*, takes_place: bool = True, starts: datetime = STARTS) -> Clock:
    return Clock(starts_at=starts, ends_at=starts + timedelta(hours=4), takes_place=takes_place)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_cell_of_the_table(state: State, verb: Verb) -> None:
    if (state, verb) in ALLOWED:
        check_step(state, verb)
    else:
        with pytest.raises(NotInThisState):
            check_step(state, verb)
    assert set(STEPS) == set(Verb)


@pytest.mark.parametrize(
    ("anchor", "minutes", "due"),
    [
        (Anchor.BEFORE_START, 7 * 24 * 60, STARTS - timedelta(days=7)),
        (Anchor.BEFORE_START, 0, STARTS),
        (Anchor.AFTER_END, 90, STARTS + timedelta(hours=5, minutes=30)),
    ],
)
def test_a_reminder_counts_from_the_event(anchor: Anchor, minutes: int, due: datetime) -> None:
    assert due_at(anchor, minutes, clock()) == due
    assert due_at(anchor, minutes, clock(takes_place=False)) is None


def test_a_moment_that_passed_is_refused_and_so_is_none() -> None:
    check_ahead(NOW + timedelta(seconds=1), NOW)
    with pytest.raises(MomentPassed):
        check_ahead(NOW, NOW)
    with pytest.raises(EventNotAhead):
        check_ahead(None, NOW)


@pytest.mark.parametrize(
    ("anchor", "starts", "is_late"),
    [
        (Anchor.BEFORE_START, NOW, True),
        (Anchor.BEFORE_START, NOW + timedelta(minutes=1), False),
        (Anchor.AFTER_END, NOW - timedelta(days=3), False),
        (None, NOW - timedelta(days=3), False),
    ],
)
def test_a_reminder_of_the_start_is_useless_after_it(anchor: Anchor | None, starts: datetime, is_late: bool) -> None:
    assert is_too_late(anchor, clock(starts=starts), NOW) is is_late


@pytest.mark.parametrize(
    ("sent", "failed", "state"),
    [(3, 0, State.SENT), (2, 1, State.SENT), (0, 3, State.FAILED), (0, 0, State.SENT)],
)
def test_only_what_reached_nobody_failed(sent: int, failed: int, state: State) -> None:
    assert outcome(sent=sent, failed=failed) is state


VALUES = {
    "name": Words("Ada"),
    "evil": Words("{name} <b>*x*</b> [y](http://evil.example)\n# z"),
    "link": Link("https://filo.example/a?b=1&c=(2)"),
    "none": Link(),
    "slides": Links((("First [1]", "https://filo.example/1"), ("Second", "https://filo.example/2"))),
    "nothing": Links(),
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Dear {name},", "Dear Ada,"),
        ("{{name}} {name!r} {a.b} {0} {} { name } {Name} {name:>5} {{", None),
        ("{unknown} {name", None),
        ("{evil}", "{name} <b>*x*</b> [y](http://evil.example) # z"),
        ("[Here]({link})", "Here: https://filo.example/a?b=1&c=%282%29"),
        ("{link}", "https://filo.example/a?b=1&c=%282%29"),
        ("a\nYour certificate: {none}\nb", "a\nb"),
        ("{nothing}", ""),
        ("{slides}", "- First [1]: https://filo.example/1\n- Second: https://filo.example/2"),
    ],
)
def test_a_placeholder_becomes_a_value_and_nothing_else_does(text: str, filled: str | None) -> None:
    assert fill_plain(text, VALUES) == (text if filled is None else filled)


def test_values_are_neither_markup_nor_placeholders() -> None:
    from app.kernel.markdown import markdown

    html = markdown(fill_markdown("{evil}\n\n[Here]({link}) {link}\n{slides}", VALUES))
    assert "<b>" not in html
    assert 'evil.example"' not in html
    assert "<h" not in html
    assert "<em>" not in html
    assert "{name}" in html
    assert html.count('href="https://filo.example/a?b=1&amp;c=%282%29"') == 2
    assert '<a href="https://filo.example/1" rel="noopener">First [1]</a>' in html


def test_mistyped_placeholders_are_found() -> None:
    assert names_in("{name} {{x}} {name} {link}") == ["name", "link"]
    assert unknown_in(["{nmae} {name}", "{lnk}"], VALUES) == ["lnk", "nmae"]


@pytest.mark.parametrize(
    ("narrowing", "owner", "registered", "field"),
    [
        (Narrowing(country="IT"), Owner.EVENT, True, None),
        (Narrowing(question_id=1, answer="a"), Owner.EVENT, True, None),
        (Narrowing(), Owner.EVENT, False, None),
        (Narrowing(country="IT"), Owner.EVENT, False, "country"),
        (Narrowing(org_type="company"), Owner.EVENT, False, "org_type"),
        (Narrowing(question_id=1, answer="a"), Owner.EVENT, False, "answer"),
        (Narrowing(org_type="company", country="IT"), Owner.PROJECT, False, None),
    ],
)
def test_an_audience_is_narrowed_only_by_what_is_known_of_it(
    narrowing: Narrowing, owner: Owner, registered: bool, field: str | None
) -> None:
    if field is None:
        check_narrowing(narrowing, owner, has_registrations=registered)
        return
    with pytest.raises(NotReachable) as refused:
        check_narrowing(narrowing, owner, has_registrations=registered)
    assert refused.value.details["field"] == field
