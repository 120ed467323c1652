from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates import rules
from app.certificates.errors import DoesNotTakePlace, LeastOutOfRange, TooEarly
from app.certificates.rules import Attended, Measure, Period, RuleInput, Standing
from app.events.rules import Status
from app.kernel.ids import opaque_id
from tests.builders import NOW


@pytest.mark.parametrize(
    ("least", "who"), [(1, {1, 2}), (2, {2}), (3, set())], ids=["one part", "two parts", "more than there were"]
)
def test_who_was_present_at_as_many_parts_is_entitled(least: int, who: set[int]) -> None:
    present = {1: frozenset({10}), 2: frozenset({10, 11}), 3: frozenset[int]()}
    attended = {person: Attended(parts=parts) for person, parts in present.items()}
    assert rules.entitled(attended, RuleInput(least=least)) == who


def test_hours_entitle_from_the_full_hour_on() -> None:
    minutes = {1: 179, 2: 180, 3: 600}
    attended = {person: Attended(parts=frozenset({1}), minutes=long) for person, long in minutes.items()}
    attended[4] = Attended(parts=frozenset(), minutes=600)  # a meal alone
    assert rules.entitled(attended, RuleInput(measure=Measure.HOURS, least=3)) == {2, 3}


@pytest.mark.parametrize(
    ("periods", "minutes"),
    [
        ([], 0),
        ([(1, 540, 600)], 60),
        ([(1, 540, 600), (1, 540, 600)], 60),
        ([(1, 540, 660), (1, 600, 720)], 180),
        ([(1, 540, 720), (1, 600, 630), (1, 700, 730)], 190),
        ([(2, 540, 600), (1, 540, 600)], 120),
        ([(1, 1380, 1500), (2, 0, 30)], 150),
    ],
)
def test_what_two_parts_cover_is_counted_once(periods: list[tuple[int, int, int]], minutes: int) -> None:
    assert rules.minutes_together(Period(day=day, start=start, end=end) for day, start, end in periods) == minutes


@pytest.mark.parametrize(
    ("day", "minute", "minutes"),
    [(1, 500, 0), (1, 540, 0), (1, 570, 30), (1, 720, 60), (2, 0, 60), (2, 600, 120), (3, 0, 180)],
)
def test_what_is_planned_for_later_is_not_counted_yet(day: int, minute: int, minutes: int) -> None:
    planned = [Period(day=1, start=540, end=600), Period(day=2, start=540, end=660)]
    assert rules.minutes_together(rules.gone_by(planned, day=day, minute=minute)) == minutes


@given(st.lists(st.text(max_size=80), max_size=12))
def test_files_have_names_that_every_system_takes(names: list[str]) -> None:
    found = rules.file_names(names, before="Certificate")
    assert len({one.casefold() for one in found}) == len(names)
    for one in found:
        assert len(one.encode()) <= 255
        assert not set(one) & set('/\\:*?"<>|\0\n')
        assert one.startswith("Certificate")
        assert one.count(".") == 1


def test_files_are_named_as_people_are() -> None:
    names = ["Ada Lovelace", "ada lovelace", "../../etc/passwd", "Žižek, Š.", "Ελένη"]
    assert rules.file_names(names, before="Certificate") == [
        "Certificate Ada Lovelace.pdf",
        "Certificate ada lovelace (2).pdf",
        "Certificate etc passwd.pdf",
        "Certificate Žižek Š.pdf",
        "Certificate Ελένη.pdf",
    ]


@pytest.mark.parametrize(
    ("revoked", "replaced", "expected"),
    [
        (False, False, Standing.VALID),
        (True, False, Standing.REVOKED),
        (False, True, Standing.REPLACED),
        (True, True, Standing.REPLACED),
    ],
)
def test_what_a_certificate_is_worth(revoked: bool, replaced: bool, expected: Standing) -> None:
    found = rules.standing(revoked_at=NOW if revoked else None, replaced_at=NOW if replaced else None)
    assert found is expected


def test_a_code_is_read_from_paper_however_it_is_typed() -> None:
    code = opaque_id(rules.CODE_LENGTH)
    shown = rules.shown_code(code)
    assert [len(group) for group in shown.split("-")] == [4, 4, 4, 4]
    assert {rules.typed_code(typed) for typed in (shown, shown.lower(), f" {shown.replace('-', ' ')}\n")} == {code}


def test_certificates_tell_only_of_what_was() -> None:
    rules.check_event(Status.PUBLISHED, ends_at=NOW, now=NOW)
    with pytest.raises(TooEarly):
        rules.check_event(Status.PUBLISHED, ends_at=NOW + timedelta(minutes=1), now=NOW)
    for status in (Status.DRAFT, Status.POSTPONED, Status.CALLED_OFF):
        with pytest.raises(DoesNotTakePlace):
            rules.check_event(status, ends_at=NOW, now=NOW)


@pytest.mark.parametrize("least", [0, -1, rules.MOST_PARTS + 1])
def test_a_rule_asks_for_a_number_that_can_be(least: int) -> None:
    with pytest.raises(LeastOutOfRange):
        rules.check_rule(RuleInput(least=least))
