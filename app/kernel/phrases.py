"""Codes → words. Every domain registers its own; anything that shows a code asks here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import format_decimal

_phrases: dict[str, Any] = {}


def register(phrases: Mapping[StrEnum, Any] | Mapping[str, Any]) -> None:
    """Add lazy texts for enumeration members or for error codes."""
    _phrases.update({_key(code): phrase for code, phrase in phrases.items()})


def say(code: StrEnum | str, **details: object) -> str:
    """The words for a code in the language in force; details fill its ``%(name)s``, whole numbers as it writes them.

    KeyError for an unknown code.
    """
    phrase = str(_phrases[_key(code)])
    if not details or "%(" not in phrase:
        return phrase
    return phrase % {name: _written(value) for name, value in details.items()}


def knows(code: StrEnum | str) -> bool:
    return _key(code) in _phrases


def _written(value: object) -> object:
    return format_decimal(value) if type(value) is int and abs(value) >= 1000 else value


def _key(code: StrEnum | str) -> str:
    # members of different enumerations share values ("confirmed"), so the type is part of the key
    return f"{type(code).__name__}.{code}" if isinstance(code, StrEnum) else code
