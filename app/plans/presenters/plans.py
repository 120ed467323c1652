"""The plan of a group: its versions, their chapters, what changed between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.network.models import Organisation
from app.plans.freezing import chapters_in
from app.plans.models import PlanVersion, StrategicPlan
from app.plans.presenters.words import countries
from app.plans.queries import plans as queries
from app.plans.rules import differences
from app.plans.rules.differences import ChapterChange, ChapterMark
from app.plans.rules.plans import OPEN, Chapter, PlanState, is_joint


@dataclass(frozen=True, slots=True)
class ShownChapter:
    key: str
    title: Wording
    body: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """``is_adopted``: the version that holds or held."""

    number: int
    name: str
    note: str
    published_at: datetime
    plan_number: int
    state: PlanState
    is_adopted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plans of a group. ``current``: the adopted one, else the newest; ``open``: the one that is written now."""

    current: StrategicPlan | None
    open: StrategicPlan | None
    versions: tuple[ShownVersion, ...]
    shown: PlanVersion | None

    @property
    def state(self) -> PlanState | None:
        return self.open.state if self.open else (self.current.state if self.current else None)

    @property
    def drafters(self) -> list[Organisation]:
        return [one.organisation for one in self.current.drafters] if self.current else []

    @property
    def uptakes(self) -> list[tuple[Organisation, date]]:
        return [(one.organisation, one.adopted_on) for one in self.current.uptakes] if self.current else []

    @property
    def drafting_countries(self) -> list[str]:
        return countries(one.country_code for one in self.drafters)

    @property
    def is_joint(self) -> bool:
        return is_joint({one.country_code for one in self.drafters})


def plan_view(group_id: int) -> PlanView:
    """What everybody sees of a group's plans: published versions, never the draft."""
    return view_of(queries.plans_of(group_id))


def view_of(plans: Sequence[StrategicPlan]) -> PlanView:
    """The same of plans that were read already."""
    written = next((one for one in plans if one.state in OPEN), None)
    held = next((one for one in plans if one.state is PlanState.ADOPTED), None)
    current = held or written or (plans[-1] if plans else None)
    versions = [_version(row, plan) for plan in plans for row in plan.versions]
    return PlanView(
        current=current, open=written, versions=tuple(reversed(versions)), shown=_shown(current) if current else None
    )


def chapters_of(version: PlanVersion) -> tuple[ShownChapter, ...]:
    """The chapters of a version in the reader's language, or in one that is marked."""
    return tuple(_chapter(one) for one in chapters_in(version.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    older: PlanVersion
    newer: PlanVersion
    chapters: tuple[ChapterChange, ...]

    @property
    def changed(self) -> tuple[ChapterChange, ...]:
        return tuple(one for one in self.chapters if one.mark is not ChapterMark.SAME)


def changes_between(older: PlanVersion, newer: PlanVersion) -> Changes:
    """Chapter by chapter, word by word, in the reader's language where both versions have it."""
    before, after = chapters_in(older.content), chapters_in(newer.content)
    return Changes(older=older, newer=newer, chapters=differences.chapters(before, after, language()))


def _shown(plan: StrategicPlan) -> PlanVersion | None:
    adopted = next((one for one in plan.versions if one.number == plan.adopted_number), None)
    return adopted or (plan.versions[-1] if plan.versions else None)


def _version(row: PlanVersion, plan: StrategicPlan) -> ShownVersion:
    return ShownVersion(
        number=row.number,
        name=row.name,
        note=row.note,
        published_at=row.published_at,
        plan_number=plan.number,
        state=plan.state,
        is_adopted=row.number == plan.adopted_number,
    )


def _chapter(one: Chapter) -> ShownChapter:
    return ShownChapter(one.key, one.title.wording(language()), one.body.wording(language()))
