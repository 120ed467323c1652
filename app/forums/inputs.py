"""What verbs are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.forums.rules.cafe import NoteTag
from app.forums.rules.review import FindingKind, TodoState
from app.kernel.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class CafeInput:
    """``questions``: one a round. ``tables`` None: so many that four or five sit at each."""

    questions: tuple[Texts, ...]
    round_minutes: int
    tables: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInput:
    """``round`` counts from 1."""

    round: int
    tag: NoteTag
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardInput:
    shows_email: bool = False
    phone: str = ""
    website: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionInput:
    """``minutes`` of a pitch that says nothing else; without a window there is no vote."""

    minutes: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchInput:
    title: str
    speaker: str
    organisation: str = ""
    ask: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerInput:
    name: str
    organisation: str
    country_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInput:
    kind: FindingKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoInput:
    text: str
    owner: str
    due: date
    state: TodoState = TodoState.OPEN
