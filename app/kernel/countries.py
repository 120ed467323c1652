"""Every country by its ISO 3166 code, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from babel import Locale

_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}


@lru_cache(maxsize=8)
def country_names(lang: str) -> dict[str, str]:
    """Code and name of every country, in the order of the names."""
    names: dict[str, str] = dict(Locale.parse(lang).territories)
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES]
    return {code: names[code] for code in sorted(codes, key=lambda code: normalize("NFKD", names[code]))}


COUNTRY_CODES = frozenset(country_names("en"))
