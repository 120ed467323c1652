"""The first page of a search among documents by the hundred thousand."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Aim, Figure
from bench.house import inside
from bench.plan import Plan

_FIRST_PAGE = Aim(bound=50, words="< 50 ms")
_BY_INDEX = Aim(bound=1, words="yes", is_floor=True)
SMALL = 1000


def measure(plan: Plan) -> Iterator[Figure]:
    """Beside a search among a thousand documents."""
    count = plan.sizes[-1]
    house = plan.builder.empty("search")
    small = inside(house, "search", number=SMALL, rounds=plan.rounds * 5)
    large = inside(house, "search", number=count, rounds=plan.rounds * 5)
    for name, (best, worst) in large["times"].items():
        yield Figure(name=f"Search, {count:,} documents: {name}", value=best, unit="ms", worst=worst, aim=_FIRST_PAGE)
        ratio = best / small["times"][name][0]
        yield Figure(name=f"Search: {name}", value=best, unit="ms", ratio=ratio, against=f"{SMALL:,} documents")
    yield Figure(
        name="Search answered by the index, in its order", value=float(large["by_index"]), unit="", aim=_BY_INDEX
    )
