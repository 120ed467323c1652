"""Codes → words. Every domain registers its own; anything that shows a code asks here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

_phrases: dict[str, Any] = {}


def register(phrases: Mapping[StrEnum, Any] | Mapping[str, Any]) -> None:
    """Add lazy texts for enumeration members or for error codes."""
    _phrases.update({_key(code): phrase for code, phrase in phrases.items()})


def say(code: StrEnum | str, **details: object) -> str:
    """The words for a code in the language in force; details fill its ``%(name)s``. KeyError for an unknown code."""
    phrase = str(_phrases[_key(code)])
    return phrase % details if details and "%(" in phrase else phrase


def knows(code: StrEnum | str) -> bool:
    return _key(code) in _phrases


def _key(code: StrEnum | str) -> str:
    # members of different enumerations share values ("confirmed"), so the type is part of the key
    return f"{type(code).__name__}.{code}" if isinstance(code, StrEnum) else code
