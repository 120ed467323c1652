"""A consultation: its window, answers by country, comments by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.network.models import ThematicGroup
from app.plans.freezing import chapters_in
from app.plans.models import Consultation, ConsultationComment
from app.plans.presenters.words import country
from app.plans.rules.consulting import WindowState, answers, window_state


@dataclass(frozen=True, slots=True)
class CountryLine:
    """``asked``: organisations of the group and guests there; silent while no comment came."""

    name: str
    asked: int
    comments: int
    is_silent: bool


@dataclass(frozen=True, slots=True)
class ShownComment:
    text: str
    who: str
    organisation: str
    country: str
    day: date


@dataclass(frozen=True, slots=True)
class ChapterComments:
    """``title`` is None for what is about the whole plan."""

    key: str
    title: Wording | None
    comments: tuple[ShownComment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationView:
    id: int
    number: int
    version_name: str
    opens_on: date
    closes_on: date
    asks: Wording
    state: WindowState
    countries: tuple[CountryLine, ...]
    parts: tuple[ChapterComments, ...]

    @property
    def silent(self) -> list[str]:
        return [one.name for one in self.countries if one.is_silent]

    @property
    def count(self) -> int:
        return sum(len(one.comments) for one in self.parts)


def consultation_view(row: Consultation, group: ThematicGroup, today: date) -> ConsultationView:
    """Needs the group's roles with their organisations, and version, guests and comments of the row."""
    asked = [
        code for _id, code in sorted({(one.organisation_id, one.organisation.country_code) for one in group.roles})
    ]
    guests = [one.country_code for one in row.guests if one.revoked_at is None]
    return ConsultationView(
        id=row.id,
        number=row.version.number,
        version_name=row.version.name,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        asks=row.asks.wording(language()),
        state=state_of(row, today),
        countries=country_lines([*asked, *guests], [one.country_code for one in row.comments]),
        parts=_parts(row),
    )


def country_lines(asked: Iterable[str], comments: Iterable[str]) -> tuple[CountryLine, ...]:
    """The silent first."""
    return tuple(
        CountryLine(country(one.country), one.asked, one.comments, one.is_silent) for one in answers(asked, comments)
    )


def state_of(row: Consultation, today: date) -> WindowState:
    return window_state(row.opens_on, row.closes_on, is_closed=row.closed_at is not None, today=today)


def chapter_choices(row: Consultation) -> list[tuple[str, str]]:
    return [(one.key, one.title.wording(language()).text) for one in chapters_in(row.version.content)]


def shown(comments: Iterable[ConsultationComment]) -> tuple[ShownComment, ...]:
    return tuple(
        ShownComment(
            text=one.text,
            who=one.name,
            organisation=one.organisation.name if one.organisation else "",
            country=country(one.country_code),
            day=one.at.date(),
        )
        for one in comments
    )


def _parts(row: Consultation) -> tuple[ChapterComments, ...]:
    heads: Sequence[tuple[str, Wording | None]] = [
        ("", None),
        *((one.key, one.title.wording(language())) for one in chapters_in(row.version.content)),
    ]
    return tuple(
        ChapterComments(key, title, shown(one for one in row.comments if one.chapter == key)) for key, title in heads
    )
