"""What verbs of this room take."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.kernel.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterInput:
    """``body`` is Markdown."""

    title: Texts
    body: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowInput:
    """Both days belong to the window. ``asks``: what members are asked besides the text."""

    opens_on: date
    closes_on: date
    asks: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestInput:
    """``locale``: the language of the mail to ``email``; without an address the link is passed on by hand."""

    name: str
    country_code: str
    email: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentInput:
    """``chapter``: the key of a chapter; empty: the plan as a whole."""

    chapter: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionInput:
    title: Texts
    owner_id: int
    due: date
    note: str = ""
    event_id: int | None = None
    source: str = ""  # kind and id of the note that it came from, as ``cafe_note-7``


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictInput:
    name: Texts
    target_year: int
    member_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInput:
    """``url`` is empty where a file comes with it."""

    title: str
    url: str = ""
    is_public: bool = False
