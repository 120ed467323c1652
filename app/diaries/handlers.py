"""What becomes of a diary when its registration goes to somebody else."""

from __future__ import annotations

from app.diaries.services import writing
from app.kernel.facts import on
from app.registration.facts import SeatHandedOver


@on(SeatHandedOver)
def follow_hand_over(fact: SeatHandedOver) -> None:
    writing.forget_diary(fact.registration_id)
