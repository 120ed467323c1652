"""The words of this room: what an event asks, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.kernel.texts import Texts

MOST_CHOICES = 60
RATINGS = range(1, 6)
NOTHING = Texts()


class Purpose(StrEnum):
    """When the questions of a form are put."""

    JOINING = "joining"
    FOLLOW_UP = "follow_up"
    FEEDBACK = "feedback"


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    FILE = "file"
    CONSENT = "consent"
    RATING = "rating"


class Readers(StrEnum):
    """Who sees the answers, from few to many."""

    ORGANISERS = "organisers"
    ORGANISERS_AND_HOST = "organisers_and_host"
    EVERYBODY_MANAGING = "everybody_managing"  # an organisation that has a part in the event


CHOSEN = frozenset({Kind.CHOICE, Kind.SEVERAL})
BOUNDED = frozenset({Kind.NUMBER, Kind.SEVERAL})
# what tells about a person, and so is asked only with a reason
PERSONAL = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.DATE, Kind.COUNTRY, Kind.FILE, Kind.CONSENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """``seats``: how many may choose it; None for no limit."""

    code: str
    label: Texts
    seats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the rules, the forms and the readers of answers know it."""

    id: int
    code: str
    kind: Kind
    label: Texts
    help: Texts = NOTHING
    purpose: Texts = NOTHING
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    readers: Readers = Readers.ORGANISERS
    erased_after_days: int | None = None
    wording_version: int = 1

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q_{self.id}"

    def label_of(self, code: str) -> Texts:
        """The words of a choice; the code itself for one that is not there any more."""
        return next((choice.label for choice in self.choices if choice.code == code), Texts(en=code))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormInput:
    """What an organiser decides about a form; ``opens_at`` and ``closes_at`` are instants."""

    purpose: Purpose
    title: Texts
    introduction: Texts = NOTHING
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    remind_days_before: int | None = None
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionInput:
    """What an organiser decides about a question. A choice without a code is new and gets one from its label."""

    kind: Kind
    label: Texts
    help: Texts = NOTHING
    purpose: Texts = NOTHING
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    readers: Readers = Readers.ORGANISERS
    erased_after_days: int | None = None
    code: str = ""
