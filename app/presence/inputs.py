"""What comes in, from whichever edge."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.kernel.codes import public_id_in
from app.kernel.texts import Texts
from app.presence.rules import ListKind, Method, ScanKind

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_KEY = re.compile(r"[dl][1-9][0-9]{0,8}", re.ASCII)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanInput:
    """One note as a phone or a form made it. ``code``: the public id of a registration; ``at`` in UTC."""

    id: str
    list_key: str
    code: str
    kind: ScanKind
    at: datetime
    method: Method
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkInInput:
    """Somebody without a place; ``id`` is that of the note that goes with it. ``email`` may be empty."""

    id: str
    list_key: str
    given_name: str
    family_name: str
    organisation: str = ""
    email: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who notes something: an account or a helper's link, and the device as it names itself."""

    account_id: int | None = None
    helper_id: int | None = None
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInput:
    """A list of the organiser's own; ``day`` counted from 1."""

    kind: ListKind
    day: int = 1
    label: Texts = field(default_factory=Texts)
    agenda_item_id: int | None = None
    has_exit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowInput:
    """When people check themselves in; both empty: not at all. Instants are UTC."""

    has_exit: bool
    self_from: datetime | None = None
    self_until: datetime | None = None


def is_scan_id(text: Any) -> bool:
    return isinstance(text, str) and bool(_UUID.fullmatch(text))


def scan_from(raw: Any) -> ScanInput | None:
    """A note out of JSON; None for what is none."""
    if not isinstance(raw, dict) or not is_scan_id(raw.get("id")):
        return None
    try:
        kind, method = ScanKind(raw.get("kind", "")), Method(raw.get("method", Method.MANUAL))
        at = _instant(raw.get("at"))
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    undoes = raw.get("undoes")
    code, list_key = raw.get("code"), raw.get("list")
    if not isinstance(code, str) or not isinstance(list_key, str) or not _KEY.fullmatch(list_key):
        return None
    if (kind is ScanKind.UNDO) is not is_scan_id(undoes):
        return None
    return ScanInput(
        id=raw["id"],
        list_key=list_key,
        code=public_id_in(_plain(code, 40)),
        kind=kind,
        at=at,
        method=method,
        undoes=undoes if kind is ScanKind.UNDO else None,
    )


def walk_in_from(raw: Any) -> WalkInInput | None:
    """Somebody without a place out of JSON; None for what is none."""
    if not isinstance(raw, dict) or not is_scan_id(raw.get("id")):
        return None
    names = {name: _plain(raw.get(name), longest) for name, longest in _LENGTHS.items()}
    list_key = raw.get("list")
    try:
        at = _instant(raw.get("at"))
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    if not (names["given_name"] and names["family_name"]):
        return None
    if not isinstance(list_key, str) or not _KEY.fullmatch(list_key):
        return None
    if names["email"] and not _ADDRESS.fullmatch(names["email"]):
        return None
    return WalkInInput(id=raw["id"], list_key=list_key, at=at, **names)


_LENGTHS = {"given_name": 120, "family_name": 120, "organisation": 200, "email": 254}


def device_name(raw: Any) -> str:
    return _plain(raw, 80)


def _plain(raw: Any, longest: int) -> str:
    """A line of text without what cannot be seen or stored."""
    if not isinstance(raw, str):
        return ""
    kept = (sign for sign in raw[: 4 * longest] if unicodedata.category(sign) not in {"Cc", "Cs", "Cf", "Zl", "Zp"})
    return "".join(kept).strip()[:longest]


def _instant(raw: Any) -> datetime:
    """Milliseconds since 1970, as phones count."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise TypeError(raw)
    return datetime.fromtimestamp(raw / 1000, UTC)
