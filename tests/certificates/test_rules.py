from __future__ import annotations

from datetime import timedelta

import pytest

from app.certificates import rules
from app.certificates.errors import DoesNotTakePlace, LeastOutOfRange, TooEarly
from app.certificates.rules import RuleInput, Standing
from app.events.rules import Status
from app.kernel.ids import opaque_id
from tests.builders import NOW


@pytest.mark.parametrize(
    ("least", "who"), [(1, {1, 2}), (2, {2}), (3, set())], ids=["one part", "two parts", "more than there were"]
)
def test_who_was_present_at_as_many_parts_is_entitled(least: int, who: set[int]) -> None:
    present = {1: frozenset({10}), 2: frozenset({10, 11}), 3: frozenset()}
    assert rules.entitled(present, least) == who


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
    rules.check_event(Status.PUBLISHED, starts_at=NOW, now=NOW)
    with pytest.raises(TooEarly):
        rules.check_event(Status.PUBLISHED, starts_at=NOW + timedelta(minutes=1), now=NOW)
    for status in (Status.DRAFT, Status.POSTPONED, Status.CALLED_OFF):
        with pytest.raises(DoesNotTakePlace):
            rules.check_event(status, starts_at=NOW, now=NOW)


@pytest.mark.parametrize("least", [0, -1, rules.MOST_PARTS + 1])
def test_a_rule_asks_for_a_number_that_can_be(least: int) -> None:
    with pytest.raises(LeastOutOfRange):
        rules.check_rule(RuleInput(least=least))
