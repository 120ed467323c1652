"""What the address of the list asks for. The address is the state: it can be shared, kept and subscribed to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from app.events.rules import FILTER_PARAMETERS, Filter
from app.search.facets import NAMES as FACETS

_Code = TypeVar("_Code", bound=StrEnum)
LONGEST_QUERY = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"(-?\d{1,18})-(\d{1,9})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class View(StrEnum):
    LIST = "list"
    MONTH = "month"
    MAP = "map"


class When(StrEnum):
    UPCOMING = "upcoming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The event at an edge of a page: the next page begins behind it, however many are added meanwhile."""

    starts_at: datetime
    event_id: int

    def __str__(self) -> str:
        return f"{(self.starts_at - EPOCH) // timedelta(microseconds=1)}-{self.event_id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None for anything that no page has written."""
        found = _CURSOR.fullmatch(text)
        try:
            return cls(EPOCH + timedelta(microseconds=int(found[1])), int(found[2])) if found else None
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """None for what is no month between the years 2 and 9998."""
        found = _MONTH.fullmatch(text)
        if not found or not 2 <= int(found[1]) <= 9998 or not 1 <= int(found[2]) <= 12:
            return None
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def next(self) -> Month:
        return self.of(self.first + timedelta(days=31))

    @property
    def previous(self) -> Month:
        return self.of(self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list, a month or a map of events, narrowed by a filter."""

    filter: Filter = field(default_factory=Filter)
    when: When = When.UPCOMING
    view: View = View.LIST
    month: Month | None = None
    after: Cursor | None = None
    before: Cursor | None = None

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> Wanted:
        """Read an address. Unknown parameters and views are as if they were not there; values are left as given."""
        given = {name: readable(args.get(name, "")) for name in FILTER_PARAMETERS}
        return cls(
            filter=Filter(**{name: value for name, value in given.items() if value}),
            when=_one_of(When, args.get("when")) or When.UPCOMING,
            view=_one_of(View, args.get("view")) or View.LIST,
            month=Month.parse(args.get("month", "")),
            after=Cursor.parse(args.get("after", "")),
            before=Cursor.parse(args.get("before", "")),
        )

    def address(self) -> str:
        """The same list, always written the same way."""
        parts = [(name, value) for name in FILTER_PARAMETERS if (value := getattr(self.filter, name))]
        if self.when is not When.UPCOMING and self.view is not View.MONTH:
            parts.append(("when", self.when))
        if self.view is not View.LIST:
            parts.append(("view", self.view))
        if self.view is View.MONTH and self.month:
            parts.append(("month", str(self.month)))
        if self.view is View.LIST:
            parts += [(name, str(edge)) for name in ("after", "before") if (edge := getattr(self, name))]
        return "/events?" + urlencode(parts) if parts else "/events"

    def other(self, **changes: object) -> Wanted:
        """The first page of a list that differs in these points."""
        return replace(self, **{"after": None, "before": None} | changes)  # type: ignore[arg-type]

    def narrowed(self, **parts: str | None) -> Wanted:
        """The same with other parts of the filter; None takes a part away."""
        return self.other(filter=replace(self.filter, **parts))


@dataclass(frozen=True, slots=True)
class Searched:
    """What the address of the search asks for; every facet is one code, or empty."""

    query: str = ""
    type: str = ""
    sector: str = ""
    aim: str = ""
    country: str = ""
    language: str = ""
    year: str = ""
    page: int = 1

    @classmethod
    def parse(cls, arguments: Mapping[str, str]) -> Searched:
        facets = {name: readable(arguments.get(name, ""))[:40] for name in FACETS}
        typed = arguments.get("page", "")
        page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
        return cls(query=readable(arguments.get("q", "")), page=max(page, 1), **facets)

    def narrowed(self) -> dict[str, str]:
        return {name: value for name in FACETS if (value := getattr(self, name))}

    def other(self, *, page: int = 1, **facets: str) -> str:
        """The address of another page of it, or narrowed otherwise."""
        wanted = {**self.narrowed(), **facets}
        chosen = {name: wanted[name] for name in FACETS if wanted.get(name)}
        paged = {"page": str(page)} if page > 1 else {}
        return f"/search?{urlencode({'q': self.query, **chosen, **paged})}"

    def wide(self) -> str:
        return f"/search?{urlencode({'q': self.query})}"


def readable(value: str) -> str:
    """What was typed without control characters, and no longer than anything that could be found."""
    printable = "".join(letter for letter in value[: LONGEST_QUERY * 4] if letter.isprintable())
    return printable.strip()[:LONGEST_QUERY]


def unknown_parts(filter: Filter, known: Mapping[str, frozenset[str]]) -> list[str]:
    """The parts whose value is none of the known ones: nothing can match them. Parts without a list are free."""
    return [name for name, value in filter.parts().items() if name in known and value not in known[name]]


def _one_of(kind: type[_Code], text: str | None) -> _Code | None:
    return next((member for member in kind if member == text), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An organisation that took part: its primary type, its region, and heads that stand on no list."""

    type: str
    region_code: str | None
    unnamed_heads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCount:
    """How many organisations of one type took part, how many of them from the event's own region, and heads of theirs
    that stand on no list.
    """

    type: str
    organisations: int
    local: int
    unnamed_heads: int = 0


def count_by_type(participants: Iterable[Participant], region_code: str | None) -> list[TypeCount]:
    """Participating organisations by type, the most frequent first; local means from the region of the event."""
    kinds: dict[str, list[Participant]] = {}
    for participant in participants:
        kinds.setdefault(participant.type, []).append(participant)
    counts = [
        TypeCount(
            type=kind,
            organisations=len(found),
            local=sum(region_code is not None and one.region_code == region_code for one in found),
            unnamed_heads=sum(one.unnamed_heads for one in found),
        )
        for kind, found in kinds.items()
    ]
    return sorted(counts, key=lambda count: (-count.organisations, count.type))
