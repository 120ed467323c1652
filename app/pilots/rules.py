"""How a service goes from a proposal to being taken up, and how far it reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from app.kernel.texts import Texts
from app.pilots.errors import (
    EndsBeforeStart,
    NeedMissing,
    NobodyTookItUp,
    NoPilotYet,
    NotAWebAddress,
    SomethingHangsOnIt,
    StageRestsOnIt,
    TitleMissing,
    WrongStep,
)


class Stage(StrEnum):
    PROPOSED = "stage_proposed"
    AGREED = "stage_agreed"
    IN_PILOT = "stage_in_pilot"
    IMPLEMENTED = "stage_implemented"
    TAKEN_UP = "stage_taken_up"
    DROPPED = "stage_dropped"


# one way, but for what was dropped: that may be proposed again
MOVES: dict[Stage, tuple[Stage, ...]] = {
    Stage.PROPOSED: (Stage.AGREED, Stage.DROPPED),
    Stage.AGREED: (Stage.IN_PILOT, Stage.DROPPED),
    Stage.IN_PILOT: (Stage.IMPLEMENTED, Stage.DROPPED),
    Stage.IMPLEMENTED: (Stage.TAKEN_UP,),
    Stage.TAKEN_UP: (),
    Stage.DROPPED: (Stage.PROPOSED,),
}
OPEN = frozenset({Stage.PROPOSED, Stage.AGREED, Stage.IN_PILOT, Stage.IMPLEMENTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilots:
    """What is known of the pilots of a service."""

    begun: int
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Trans-regional: implemented from two regions at least; joint: from two countries at least."""

    regions: int
    countries: int

    @property
    def is_transregional(self) -> bool:
        return self.regions >= 2

    @property
    def is_joint(self) -> bool:
        return self.countries >= 2


def reach(places: Iterable[tuple[str, str | None]]) -> Reach:
    """From country and region of the implementing organisations.

    Who names no region counts by the country, unless a region of that country counts already: it may be the same.
    """
    listed = list(places)
    named = {(country, region) for country, region in listed if region}
    countries = {country for country, _ in listed}
    return Reach(regions=len(named) + len(countries - {country for country, _ in named}), countries=len(countries))


def check_move(before: Stage, after: Stage, *, pilots: Pilots, uptakes: int) -> None:
    """Raises WrongStep; NoPilotYet where no pilot has begun, or none is finished; NobodyTookItUp."""
    if after not in MOVES[before]:
        raise WrongStep(before=before, after=after)
    if (after is Stage.IN_PILOT and not pilots.begun) or (after is Stage.IMPLEMENTED and not pilots.finished):
        raise NoPilotYet
    if after is Stage.TAKEN_UP and not uptakes:
        raise NobodyTookItUp


def check_removable(stage: Stage, reached: Iterable[Stage], *, parts: int) -> None:
    """A proposal that never went further; ``parts``: its pilots and uptakes. Raises SomethingHangsOnIt."""
    if stage is not Stage.PROPOSED or parts or not {Stage.PROPOSED, Stage.DROPPED}.issuperset(reached):
        raise SomethingHangsOnIt


def check_pilots_left(stage: Stage, *, before: Pilots, left: Pilots) -> None:
    """What brought a service to its stage stays; raises StageRestsOnIt."""
    last_begun = before.begun > 0 and not left.begun
    last_finished = before.finished > 0 and not left.finished
    if (stage is Stage.IN_PILOT and last_begun) or (stage in {Stage.IMPLEMENTED, Stage.TAKEN_UP} and last_finished):
        raise StageRestsOnIt


def check_uptakes_left(stage: Stage, *, before: int, left: int) -> None:
    """The same of uptakes; raises StageRestsOnIt."""
    if stage is Stage.TAKEN_UP and before and not left:
        raise StageRestsOnIt


def check_proposal(title: Texts, need_ids: Collection[int]) -> None:
    """Raises TitleMissing, NeedMissing."""
    if not title:
        raise TitleMissing(field="title_en")
    if not need_ids:
        raise NeedMissing(field="need_ids")


def check_period(starts: date | None, ends: date | None) -> None:
    """Raises EndsBeforeStart."""
    if starts and ends and ends < starts:
        raise EndsBeforeStart(field="ends_on")


def check_proof(address: str) -> None:
    """The address at which a proof lies, or none; raises NotAWebAddress."""
    parts = urlsplit(address)
    if address and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise NotAWebAddress(field="proof")


def is_overdue(stage: Stage, due: date | None, today: date) -> bool:
    """Its day is over and it is not where it was to be."""
    return stage in OPEN and due is not None and due < today


def next_due(stage: Stage, due: date | None, today: date) -> date | None:
    """The due day of the step after a stage that was just reached: the day that was asked for, unless it is over."""
    return due if stage in OPEN and due is not None and due >= today else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Which services a list shows. Empty means all; every part narrows."""

    q: str | None = None
    stage: str | None = None
    target: str | None = None
    country: str | None = None

    def parts(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}
