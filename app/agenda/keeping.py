"""What organisers plan with: a higher room keeps it, remembers each change, and may hold changes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.agenda.inputs import ItemInput
from app.agenda.models import AgendaItem
from app.agenda.rules import Trouble
from app.events.models import Event
from app.network.actors import Actor

Wanted = Mapping[str, ItemInput | None]
"""By UID what an item shall be, its end in its own zone; None: it shall not be on the agenda."""


class Deed(StrEnum):
    """What somebody did to a plan."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    SHIFTED = "shifted"
    LAID_OUT = "laid_out"
    NOTED_DOWN = "noted_down"
    PLACED = "placed"
    SET_ASIDE = "set_aside"
    UNDONE = "undone"
    REDONE = "redone"


class Keeper(Protocol):
    """Rows of items that are only planned belong to no session, and have numbers below zero."""

    def rows(self, event: Event) -> Sequence[AgendaItem]:
        """The items as they are planned, in the order of time."""

    def row(self, event: Event, item_id: int) -> AgendaItem:
        """One of them, or one that has no time yet; raises ItemNotFound."""

    def carry(
        self, event: Event, wanted: Wanted, *, deed: Deed, actor: Actor, now: datetime
    ) -> Mapping[str, AgendaItem]:
        """Bring items to what is wanted, at once or with the next release; their rows by UID.

        Raises what ``services.writing.put`` raises.
        """

    def reasons(self, event: Event) -> Mapping[tuple[int, str], str]:
        """Why somebody accepted a warning, by item and warning."""

    def changeover(self, event: Event) -> int:
        """Minutes that shall be left between two items in a room; 0: none."""

    def overrule(
        self, event: Event, row: AgendaItem, warning: Trouble, reason: str, *, actor: Actor, now: datetime
    ) -> None:
        """Keep the reason; a second one replaces the first."""


_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    """Let a higher room keep what is planned; the last one that says so does."""
    _keepers[:] = [keeper]


def keeper() -> Keeper:
    """Who keeps the plans; IndexError in a house without that room."""
    return _keepers[0]
