from __future__ import annotations

from dataclasses import dataclass, field

from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.practices.rules import Act, Aim
from app.practices.rules.form import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeInput:
    """The whole form. ``body`` to ``transfer`` are Markdown. A region belongs to the country; costs are whole euros."""

    title: Texts
    owner_id: int
    country_code: str
    summary: Texts = field(default_factory=Texts)
    problem: Texts = field(default_factory=Texts)
    body: Texts = field(default_factory=Texts)
    resources: Texts = field(default_factory=Texts)
    evidence: Texts = field(default_factory=Texts)
    lessons: Texts = field(default_factory=Texts)
    transfer: Texts = field(default_factory=Texts)
    sector_id: str | None = None
    city: str | None = None
    region_code: str | None = None
    latitude: float | None = None  # an exact pin, within the country; without one the map shows the place
    longitude: float | None = None
    aims: frozenset[Aim] = frozenset()
    project_id: int | None = None
    group_id: int | None = None
    owner_other: str | None = None
    theme: str | None = None
    cost_eur: int | None = None
    staff: str | None = None
    starts: RoughDate | None = None
    ends: RoughDate | None = None
    is_ongoing: bool = False
    did_not_work: bool = False
    web: str | None = None
    video_url: str | None = None
    keywords: tuple[str, ...] = ()

    def parts(self) -> dict[Part, Texts]:
        return {part: getattr(self, part) for part in Part}


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginInput:
    """The study that found a practice, and the services of clusters that it came of; nothing is an answer, too."""

    study_id: int | None = None
    service_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UseInput:
    """What happened to a practice at an event, in which item of its agenda if in one, and what came of it."""

    practice_id: int
    act: Act
    agenda_item_id: int | None = None
    notes: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """Why a step is taken; ``organisation_id``: on whose behalf, as a study's author, say."""

    reason: str = ""
    criteria: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorInput:
    person_id: int
    organisation_id: int
    agreed: bool = False  # of commands only: nobody else consents for an author


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentInput:
    """A remark beside a part of the form; ``quote``: the words that it is about."""

    part: Part
    text: str
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInput:
    """A picture needs a credit; ``about`` says what is seen, for those who do not see it."""

    about: str
    credit: str | None = None
