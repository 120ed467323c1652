from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from app.kernel.texts import Texts
from app.studies.rules import Target

TEXTS = ("title", "description", "uptake_actions")
SEVERAL = ("need_ids", "practice_ids", "implementer_ids")


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
    form_key: str | None = None


def content_of(values: ServiceInput) -> dict[str, Any]:
    """The form as JSON holds it."""
    return {each.name: _plain(getattr(values, each.name)) for each in fields(values)}


def input_from(content: dict[str, Any]) -> ServiceInput:
    """The form as a version kept it."""
    return ServiceInput(
        **content
        | {name: Texts(content[name]) for name in TEXTS}
        | {name: tuple(content[name]) for name in SEVERAL}
        | {"target": Target(content["target"])}
        | {"due_on": date.fromisoformat(content["due_on"]) if content["due_on"] else None}
    )


def _plain(value: Any) -> Any:
    match value:
        case Texts():
            return dict(value)
        case tuple():
            return sorted(value)
        case date() | Target():
            return str(value)
    return value
