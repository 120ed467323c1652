"""What was chosen must be there."""

from __future__ import annotations

from collections.abc import Collection

from app.plans.errors import UnknownChoice
from app.plans.queries import plans as queries


def check_organisations(ids: Collection[int], *, field: str) -> frozenset[str]:
    """The countries of these organisations; raises UnknownChoice."""
    found = queries.organisations(ids)
    if len(found) != len(set(ids)):
        raise UnknownChoice(field=field)
    return frozenset(one.country_code for one in found)
