"""What users of other systems ask for in vain, where no other test of this room shows it; see docs/demands.md."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.registration.inputs import Application, PolicyInput
from app.registration.rules import Place
from app.registration.services import deciding, joining, leaving, offers, seats
from tests.builders import NOW
from tests.registration.helpers import join, person
from tests.registration.test_core import by_name, make


@pytest.mark.parametrize("offer_hours", [None, 48])
def test_demand_11_who_moves_up_and_then_cancels_blocks_no_place(database: Session, offer_hours: int | None) -> None:
    event, _call = make(offer_hours=offer_hours)
    people = {name: join(event.id, name) for name in ("ada", "ben", "cleo")}
    leaving.withdraw(people["ada"].id, now=NOW)
    if offer_hours:
        offers.accept(people["ben"].id, now=NOW)
    assert by_name(event.id)["ben"] is Place.CONFIRMED
    leaving.withdraw(people["ben"].id, now=NOW)
    assert by_name(event.id)["cleo"] is (Place.OFFERED if offer_hours else Place.CONFIRMED)


def test_demand_12_the_newest_passes_nobody_whichever_way_in(database: Session) -> None:
    """One queue for the event: also with companions, approval, and an organiser's hand."""
    event, call = make(2, most_companions=1)
    first, _second = join(event.id, "ada"), join(event.id, "anna")
    alone = Application(person=person("ben"), form_key="form-of-ben-xxxxxxxxxxxx", companions=("Bea",))
    joining.admit(event.id, [alone], now=NOW)
    joining.add(person=person("cleo"), **call)
    leaving.withdraw(first.id, now=NOW)
    assert by_name(event.id)["cleo"] is Place.WAITLISTED, "one seat is free, but the two before her need two"


def test_demand_20_and_24_a_rejection_says_why_and_lets_the_next_in(database: Session) -> None:
    event, call = make(needs_approval=True, offer_hours=None)
    asked = [join(event.id, name) for name in ("ada", "ben")]
    deciding.reject([asked[0].id], reason="Only one of each company.", **call)
    deciding.approve([asked[1].id], **call)
    assert by_name(event.id) == {"ada": Place.REJECTED, "ben": Place.CONFIRMED}


def test_demand_13_and_1_an_offer_that_nobody_takes_passes_on_in_order(database: Session) -> None:
    event, call = make()
    people = {name: join(event.id, name) for name in ("ada", "ben", "cleo", "dino")}
    seats.change_policy(values=PolicyInput(offer_hours=24), **call)
    leaving.withdraw(people["ada"].id, now=NOW)
    offers.expire(people["ben"].id, now=NOW + timedelta(hours=25))
    assert by_name(event.id) == {
        "ada": Place.WITHDRAWN,
        "ben": Place.OFFER_EXPIRED,
        "cleo": Place.OFFERED,
        "dino": Place.WAITLISTED,
    }
