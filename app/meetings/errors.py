from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class BlockNotFound(NotFound):
    """No part of the agenda of the kind *one-to-one meetings*."""

    code = "meetings.block_not_found"


class ProfileNotFound(NotFound):
    """Nobody who takes part in the meetings of this event."""

    code = "meetings.profile_not_found"


class RequestNotFound(NotFound):
    code = "meetings.request_not_found"


class MeetingNotFound(NotFound):
    code = "meetings.meeting_not_found"


class SearchNotFound(NotFound):
    code = "meetings.search_not_found"


class NumberOutOfRange(Invalid):
    """``least`` and ``most`` say what is allowed, ``field`` where."""

    code = "meetings.number_out_of_range"


class ClosesTooEarly(Invalid):
    code = "meetings.closes_too_early"


class TableTaken(Invalid):
    """Two hosts cannot have the same table."""

    code = "meetings.table_taken"


class NothingToTell(Invalid):
    """Neither a need nor an offer was ticked or written."""

    code = "meetings.nothing_to_tell"


class ReasonMissing(Invalid):
    code = "meetings.reason_missing"


class NoPlace(Conflict):
    """Only people with a confirmed place meet."""

    code = "meetings.no_place"


class NoBlocks(Conflict):
    """The agenda has no block of meetings whose settings were saved."""

    code = "meetings.no_blocks"


class NotOpen(Conflict):
    """Requests are sent and answered in the booking window only."""

    code = "meetings.not_open"


class OwnOrganisation(Conflict):
    code = "meetings.own_organisation"


class AskedAlready(Conflict):
    code = "meetings.asked_already"


class AskedTooMany(Conflict):
    """``most``: requests that one person may have under way."""

    code = "meetings.asked_too_many"


class AnsweredAlready(Conflict):
    code = "meetings.answered_already"


class NotHeldYet(Conflict):
    """An outcome is noted from the beginning of the meeting on."""

    code = "meetings.not_held_yet"


class HasBegun(Conflict):
    code = "meetings.has_begun"


class SearchRunning(Conflict):
    code = "meetings.search_running"


class NobodyToMeet(Conflict):
    code = "meetings.nobody_to_meet"


class ScheduleOutdated(Conflict):
    """Somebody left or is busy since the schedule was made."""

    code = "meetings.schedule_outdated"
