from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.kernel.texts import Texts
from app.studies.rules import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInput:
    title: Texts
    owner_id: int
    need_ids: tuple[int, ...]
    description: Texts = field(default_factory=Texts)
    uptake_actions: Texts = field(default_factory=Texts)
    target: Target = Target.SME
    practice_ids: tuple[int, ...] = ()
    implementer_ids: tuple[int, ...] = ()
    due_on: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotInput:
    where: str
    starts_on: date
    ends_on: date | None = None
    is_finished: bool = False
    result: str = ""
    form_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UptakeInput:
    adopter_id: int
    taken_up_on: date
    proof: str = ""
