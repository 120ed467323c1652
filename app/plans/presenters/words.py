"""Small things that several pages show."""

from __future__ import annotations

from collections.abc import Iterable

from app.kernel.countries import country_names
from app.kernel.i18n import language


def country(code: str) -> str:
    return country_names(language()).get(code, code)


def countries(codes: Iterable[str]) -> list[str]:
    """By their names in the language in force, each once."""
    return sorted({country(code) for code in codes})
