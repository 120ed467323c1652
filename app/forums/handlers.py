"""What formats do when places change hands."""

from __future__ import annotations

from app.forums.services import contacts
from app.kernel.facts import on
from app.registration.facts import SeatHandedOver


@on(SeatHandedOver)
def end_consent(fact: SeatHandedOver) -> None:
    """Another person has not agreed to share anything."""
    contacts.take_back(fact.registration_id)
