from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.diaries.errors import ChangeNotUnderstood
from app.diaries.rules import Prompt
from app.diaries.rules.merging import LONGEST, MOST_SEEN, Change, Version

_ID = re.compile(r"[A-Za-z0-9-]{8,40}")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A change of one field of a diary: of a stop, by its item of the agenda, and a prompt."""

    item_id: int
    prompt: Prompt
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefInput:
    """``open_days``: how long after the visit diaries are written."""

    open_days: int
    objectives: str
    competence: str
    cooperation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInput:
    text: str
    in_report: bool
    prompt: Prompt


def change_from(raw: Any, now: datetime) -> FieldChange:
    """What a phone sent, its time never later than now. Raises ChangeNotUnderstood."""
    try:
        version = Version(
            id=_name(raw["id"]),
            text=_text(raw["text"]),
            is_shared=raw["shared"] is True,
            is_named=raw["named"] is True,
            written_at=min(now, datetime.fromtimestamp(int(raw["at"]) / 1000, UTC)),
        )
        change = Change(version=version, sees=names(raw["sees"]), drops=names(raw["drops"]))
        return FieldChange(item_id=int(raw["item"]), prompt=Prompt(raw["prompt"]), change=change)
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise ChangeNotUnderstood from error


def names(raw: Iterable[Any]) -> frozenset[str]:
    """Names of versions; raises ValueError for what is none, or for too many."""
    found = frozenset(map(_name, raw))
    if len(found) > MOST_SEEN:
        raise ValueError(len(found))
    return found


def _name(raw: Any) -> str:
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise ValueError(raw)
    return raw


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > LONGEST:
        raise ValueError(raw)
    return _UNFIT.sub(" ", raw.replace("\r\n", "\n").replace("\r", "\n"))
