from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.invitations import errors, rules
from app.invitations.rules import InvitationStatus, Opened

NOON = datetime(2027, 1, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("status", InvitationStatus)
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"event_status": "draft"}, Opened.NOT_PUBLISHED),
        ({"event_status": "postponed"}, Opened.POSTPONED),
        ({"event_status": "called_off"}, Opened.CALLED_OFF),
        ({"event_status": "held"}, Opened.OVER),
        ({"ends_at": NOON}, Opened.OVER),
        ({"deadline": NOON}, Opened.CLOSED),
    ],
)
def test_the_page_says_what_is_true_now(
    status: InvitationStatus, changes: dict[str, object], found: Opened | None
) -> None:
    values = {"event_status": "published", "ends_at": NOON + HOUR, "deadline": NOON + HOUR, "now": NOON} | changes
    expected = found or Opened(status)
    if status is InvitationStatus.REVOKED:
        expected = Opened.REVOKED
    elif status is InvitationStatus.ACCEPTED and found is Opened.CLOSED:
        expected = Opened.ACCEPTED
    assert rules.opened(status, **values) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize("found", Opened)
def test_only_who_may_still_come_answers(found: Opened) -> None:
    if found in {Opened.PENDING, Opened.DECLINED}:
        rules.check_answerable(found)
    else:
        with pytest.raises((errors.CannotAnswer, errors.InvitationRevoked)):
            rules.check_answerable(found)


@pytest.mark.parametrize(
    ("invited", "is_administrator", "left"), [(0, False, 2000), (1999, False, 1), (2500, False, 0), (2500, True, None)]
)
def test_an_event_invites_so_many_a_day(invited: int, is_administrator: bool, left: int | None) -> None:
    assert rules.still_today(invited, is_administrator=is_administrator) == left


@pytest.mark.parametrize(
    ("days", "hours_left", "reminded_for", "due"),
    [
        (3, 71, None, True),
        (3, 73, None, False),
        (3, 0, None, False),
        (3, 71, "the same", False),
        (3, 71, "another", True),
        (None, 1, None, False),
    ],
)
def test_the_reminder_follows_the_closing(days: int | None, hours_left: int, reminded_for: str, due: bool) -> None:
    deadline = NOON + hours_left * HOUR
    told = {"the same": deadline, "another": deadline - 24 * HOUR}.get(reminded_for)
    assert rules.reminder_is_due(deadline, days, reminded_for=told, now=NOON) is due


@pytest.mark.parametrize("typed", ["abcde-fghjk", "ABCDE FGHJK", " abcdefghjk\t", "abcde–fghjk"])
def test_a_code_may_be_typed_as_it_is_read_out(typed: str) -> None:
    assert rules.code_key(typed) == "abcdefghjk"
    assert rules.readable_code("abcdefghjk") == "abcde-fghjk"


@pytest.mark.parametrize(
    ("phases", "phase", "observed"),
    [([], None, True), ([], 2, True), ([1, 2], 2, True), ([1], 2, False), ([1], None, False)],
)
def test_observers_observe_their_phases(phases: list[int], phase: int | None, observed: bool) -> None:
    assert rules.is_observed(phases, phase) is observed
