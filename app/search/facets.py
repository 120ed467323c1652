"""What a search is narrowed by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NAMES = ("type", "sector", "aim", "country", "language", "year")


@dataclass(frozen=True, slots=True)
class Facets:
    """Codes of sectors, aims, countries (two letters) and languages, and years, as far as a thing has them."""

    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    aims: tuple[str, ...] = ()

    def pairs(self) -> Iterator[tuple[str, str]]:
        for facet, values in (
            ("sector", self.sectors),
            ("aim", self.aims),
            ("country", self.countries),
            ("language", self.languages),
            ("year", self.years),
        ):
            for value in dict.fromkeys(values):
                yield facet, str(value)


NO_FACETS = Facets()
