"""What higher rooms add to a participant's own page and data: the group, the certificate, the feedback forms.

And what they add to the page of that person which the organiser sees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.registration.models import Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """A part of the page: its template, which also finds ``token``, and the values that it shows.

    ``kept`` is what "download my data" adds, under the name of the part: plain JSON.
    """

    name: str
    template: str = ""  # empty: the part only adds to the data
    values: Mapping[str, Any] = field(default_factory=dict)
    kept: Any = None


PartOf = Callable[[Registration, datetime], OwnPart | None]
_makers: list[PartOf] = []
_makers_for_organisers: list[PartOf] = []


def register_own_part(maker: PartOf) -> PartOf:
    """Let a higher room add its part; None where it has nothing to say to this participant."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def own_parts(registration: Registration, now: datetime) -> list[OwnPart]:
    """The parts of one participant, in the order in which the rooms joined the house."""
    return [part for maker in _makers if (part := maker(registration, now))]


def register_person_part(maker: PartOf) -> PartOf:
    """Let a higher room add to the page on which organisers see one participant."""
    if maker not in _makers_for_organisers:
        _makers_for_organisers.append(maker)
    return maker


def person_parts(registration: Registration, now: datetime) -> list[OwnPart]:
    """The parts for the organiser, in the order in which the rooms joined the house."""
    return [part for maker in _makers_for_organisers if (part := maker(registration, now))]
