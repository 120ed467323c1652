from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.kernel.texts import Texts
from app.pilots.errors import NeedMissing, NobodyTookItUp, NoPilotYet, NotAWebAddress, TitleMissing, WrongStep
from app.pilots.rules import OPEN, Pilots, Stage, check_move, check_proof, check_proposal, is_overdue, reach

FORWARD = {
    (Stage.PROPOSED, Stage.AGREED),
    (Stage.PROPOSED, Stage.DROPPED),
    (Stage.AGREED, Stage.IN_PILOT),
    (Stage.AGREED, Stage.DROPPED),
    (Stage.IN_PILOT, Stage.IMPLEMENTED),
    (Stage.IN_PILOT, Stage.DROPPED),
    (Stage.IMPLEMENTED, Stage.TAKEN_UP),
    (Stage.DROPPED, Stage.PROPOSED),
}
READY = Pilots(begun=1, finished=1)


@pytest.mark.parametrize(("before", "after"), list(product(Stage, Stage)))
def test_a29_every_cell_of_the_way_of_a_service(before: Stage, after: Stage) -> None:
    if (before, after) in FORWARD:
        check_move(before, after, pilots=READY, uptakes=1)
    else:
        with pytest.raises(WrongStep):
            check_move(before, after, pilots=READY, uptakes=1)


def test_a_step_needs_what_it_says() -> None:
    with pytest.raises(NoPilotYet):
        check_move(Stage.AGREED, Stage.IN_PILOT, pilots=Pilots(begun=0, finished=0), uptakes=0)
    check_move(Stage.AGREED, Stage.IN_PILOT, pilots=Pilots(begun=1, finished=0), uptakes=0)
    with pytest.raises(NoPilotYet):
        check_move(Stage.IN_PILOT, Stage.IMPLEMENTED, pilots=Pilots(begun=1, finished=0), uptakes=0)
    with pytest.raises(NobodyTookItUp):
        check_move(Stage.IMPLEMENTED, Stage.TAKEN_UP, pilots=READY, uptakes=0)


@pytest.mark.parametrize(
    ("places", "is_transregional", "is_joint"),
    [
        ([], False, False),
        ([("IT", "ITH2")], False, False),
        ([("IT", "ITH2"), ("IT", "ITH2")], False, False),
        ([("IT", "ITH2"), ("IT", "ITC4")], True, False),
        ([("IT", "ITH2"), ("DE", "DE2")], True, True),
        ([("IT", None), ("DE", None)], True, True),
        ([("IT", "ITH2"), ("IT", None)], False, False),
        ([("IT", "ITH2"), ("IT", None), ("DE", None)], True, True),
    ],
)
def test_a30_two_regions_are_trans_regional_and_two_countries_joint(
    places: list[tuple[str, str | None]], is_transregional: bool, is_joint: bool
) -> None:
    far = reach(places)
    assert (far.is_transregional, far.is_joint) == (is_transregional, is_joint)


def test_a_proposal_needs_a_title_and_a_need() -> None:
    with pytest.raises(TitleMissing):
        check_proposal(Texts(), [1])
    with pytest.raises(NeedMissing):
        check_proposal(Texts(it="Titolo"), [])


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.example", "https://", "proof"])
def test_a_proof_lies_on_the_web_or_nowhere(address: str) -> None:
    with pytest.raises(NotAWebAddress):
        check_proof(address)
    check_proof("")
    check_proof("https://proof.example/report.pdf")


@pytest.mark.parametrize("stage", list(Stage))
def test_only_what_is_open_and_past_its_day_is_overdue(stage: Stage) -> None:
    due = date(2027, 1, 10)
    assert is_overdue(stage, due, date(2027, 1, 11)) is (stage in OPEN)
    assert not is_overdue(stage, due, due)
    assert not is_overdue(stage, None, due)
