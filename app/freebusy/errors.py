from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class MayNotImport(Forbidden):
    """Calendars are for managers of the organisation that keeps them."""

    code = "freebusy.may_not_import"


class CalendarNotFound(NotFound):
    code = "freebusy.calendar_not_found"


class DraftNotFound(NotFound):
    """The file was kept, left or forgotten."""

    code = "freebusy.draft_not_found"


class RoomNotFound(NotFound):
    code = "freebusy.room_not_found"


class NoCalendar(Invalid):
    """What was sent is no calendar that can be read; the code ends in why."""

    def __init__(self, why: str, **details: object) -> None:
        self.code = f"freebusy.{why}"
        super().__init__(**details)


class NotFetched(Invalid):
    """An address that may not be asked, or did not answer with a file; the code ends in why."""

    def __init__(self, why: str, **details: object) -> None:
        self.why = why
        self.code = f"freebusy.fetch_{why}"
        super().__init__(**details)


class SourceMissing(Invalid):
    code = "freebusy.source_missing"


class RoomsMissing(Invalid):
    code = "freebusy.rooms_missing"


class RoomsOfTwoVenues(Invalid):
    """A file's times without a zone are those of one place."""

    code = "freebusy.rooms_of_two_venues"


class UnknownReference(Invalid):
    """``field`` names a room, region or group that does not exist."""

    code = "freebusy.unknown_reference"


class TooManyCalendars(Conflict):
    code = "freebusy.too_many_calendars"


class NobodyYet(Conflict):
    """The account belongs to no person who could be busy."""

    code = "freebusy.nobody_yet"
