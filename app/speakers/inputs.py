from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.files.rules import Accepted
from app.kernel.texts import Texts
from app.speakers.rules import Equipment


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInput:
    """What stands on the public page, once that is permitted. ``photo`` None leaves the one there is."""

    bio: Texts
    languages: tuple[str, ...] = ()
    photo: Accepted | None = None
    removes_photo: bool = False
    consents: bool = False
    language: str = "en"  # in which the consent was read


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsInput:
    """``is_always_there``: at any time of the event. Neither that nor absences: nothing was said of it."""

    equipment: tuple[Equipment, ...] = ()
    equipment_note: str = ""
    travel: str = ""
    diet: str = ""
    access: str = ""
    is_always_there: bool = False
    absences: tuple[tuple[datetime, datetime], ...] = ()
