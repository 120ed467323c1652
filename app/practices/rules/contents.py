"""The form as plain values: what a version keeps, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.kernel.dates import RoughDate
from app.kernel.texts import LANGUAGES, Texts
from app.practices.rules.differences import Run, differences


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that differs between two versions; ``lang`` is empty where it has none."""

    name: str
    lang: str
    runs: list[Run]


def plain(value: Any) -> Any:
    """A value of the form as JSON holds it; sets in a fixed order."""
    match value:
        case Texts():
            return dict(value)
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return list(value)
        case RoughDate() | StrEnum():
            return str(value)
    return value


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Changed]:
    """The fields in which two versions differ, in the order of the newer one, texts by language."""
    for name in new:
        before, after = old.get(name), new[name]
        if before == after:
            continue
        if isinstance(after, Mapping):
            yield from _texts(name, before or {}, after)
        else:
            yield Changed(name, "", differences(_words(before), _words(after)))


def _texts(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Changed]:
    for lang in LANGUAGES:
        if old.get(lang, "") != new.get(lang, ""):
            yield Changed(name, lang, differences(old.get(lang, ""), new.get(lang, "")))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, False) else ("✓" if value is True else str(value))
