"""What the address of the Subscribe page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.events.rules import FILTER_PARAMETERS, Filter
from app.kernel.texts import LANGUAGES
from app.site.rules import readable

OF = ("organisation", "venue", "series")
"""Parts of a filter that no list can be narrowed by: pages of their own lead here with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A calendar: of which events, in which language (of the calendar, not of the page), with their agenda or not."""

    filter: Filter
    lang: str
    sessions: bool

    @classmethod
    def parse(cls, args: Mapping[str, str], language: str) -> Asked:
        """Read an address. Values are left as given; a language that we do not speak is the reader's ``language``."""
        given = {name: readable(args.get(name, "")) for name in (*FILTER_PARAMETERS, *OF)}
        lang = args.get("in", "")
        return cls(
            filter=Filter(**{name: value for name, value in given.items() if value}),
            lang=lang if lang in LANGUAGES else language,
            sessions=args.get("sessions") == "1",
        )

    def query(self) -> str:
        """The same, always written the same way."""
        sessions = {"sessions": "1"} if self.sessions else {}
        return urlencode(self.filter.parts() | sessions | {"in": self.lang})

    def address(self) -> str:
        """The page that asks for the same."""
        return f"/subscribe?{self.query()}"
