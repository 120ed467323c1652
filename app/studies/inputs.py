"""What the verbs of studies take."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.studies.rules import Fee, ServiceState, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyInput:
    """``author_ids`` in the order in which they are named."""

    title: Texts
    summary: Texts
    findings: Texts
    author_ids: tuple[int, ...]
    country_codes: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()
    starts: RoughDate | None = None
    ends: RoughDate | None = None
    project_id: int | None = None
    web: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInput:
    """A service of a cluster, as a study found it."""

    organisation_id: int
    name: Texts
    about: Texts
    aims: Texts
    targets: frozenset[Target]
    state: ServiceState
    fee: Fee
