"""The journey of a practice: one thread from the study to who takes it up, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from app.kernel.texts import Wording


class Stretch(IntEnum):
    """The parts of the way, in the order in which they follow where they fall on one day."""

    STUDY = 1
    STEP = 2
    USE = 3
    NEED = 4
    SERVICE = 5
    PILOT = 6
    UPTAKE = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """What happened to a practice, or is to come. ``on``: the first day that it can mean; None where none is known.

    ``when`` says the day as far as it is known. ``acts``: what was done in the single parts of an event.
    """

    part: Stretch
    on: date | None
    when: str
    words: str
    about: Wording | str = ""
    url: str | None = None
    note: str = ""
    is_ahead: bool = False
    acts: tuple[Any, ...] = ()


def in_order(knots: Iterable[Knot]) -> list[Knot]:
    """By time; what has no day begins, what is to come ends the thread."""
    return sorted(knots, key=lambda knot: (knot.is_ahead, knot.on or date.min, knot.part))
