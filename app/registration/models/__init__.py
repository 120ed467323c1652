"""Seats, and who has or awaits one."""

from __future__ import annotations

from app.registration.models.answers import Answer
from app.registration.models.items import ItemPlace
from app.registration.models.registrations import Companion, Registration, RegistrationChange
from app.registration.models.seats import Allotment, AllotmentKind, Quota, RegistrationPolicy

__all__ = [
    "Allotment",
    "AllotmentKind",
    "Answer",
    "Companion",
    "ItemPlace",
    "Quota",
    "Registration",
    "RegistrationChange",
    "RegistrationPolicy",
]
