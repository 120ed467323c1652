from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class ItemNotFound(NotFound):
    code = "agenda.item_not_found"


class NotAClockTime(Invalid):
    """``value``: what was typed."""

    code = "agenda.not_a_clock_time"


class Impossible(Invalid):
    """What no reason can overrule: the code ends in the trouble, ``field`` is where it was typed.

    ``item_id`` is the item, ``other_id`` the one that it meets.
    """

    def __init__(self, trouble: str, **details: object) -> None:
        self.code = f"agenda.{trouble}"
        super().__init__(trouble=trouble, **details)


class RoomElsewhere(Invalid):
    """The room belongs to another venue than the event or the stop."""

    code = "agenda.room_elsewhere"


class UnknownReference(Invalid):
    """``field`` names a person, organisation, room or venue that does not exist."""

    code = "agenda.unknown_reference"


class ReasonMissing(Invalid):
    code = "agenda.reason_missing"


class ChangedMeanwhile(Conflict):
    """Somebody else changed the item since this form was opened."""

    code = "agenda.changed_meanwhile"


class CannotOverrule(Conflict):
    """Errors are never overruled, and what is not found needs no overruling."""

    code = "agenda.cannot_overrule"


class NotEmpty(Conflict):
    """A template is laid only into an empty agenda."""

    code = "agenda.not_empty"


class NothingFollows(Invalid):
    """No item begins at or after the time from which to shift."""

    code = "agenda.nothing_follows"
