"""What happens to answers when something happens to a place."""

from __future__ import annotations

from app.kernel.facts import on
from app.registration.facts import SeatHandedOver
from app.replies import services


@on(SeatHandedOver)
def forget_the_former(fact: SeatHandedOver) -> None:
    services.forget(fact.registration_id)
