from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class BeforeThePrevious(Invalid):
    """``item_id``: what is not over yet when this would begin."""

    code = "visits.before_the_previous"


class NothingToSwap(Conflict):
    """There is no stop before, or after, on that day."""

    code = "visits.nothing_to_swap"


class SideBySide(Conflict):
    """Entries run at the same time, so that an order cannot be turned round."""

    code = "visits.side_by_side"


class ChangedMeanwhile(Conflict):
    """Somebody changed the agenda since this page was opened."""

    code = "visits.changed_meanwhile"


class HostNotFound(NotFound):
    """No host has this link, or it was replaced by another one."""

    code = "visits.host_not_found"


class HostingOver(Conflict):
    """The visit is over, or does not take place: nothing can be said any more."""

    code = "visits.hosting_over"


class DueOutOfRange(Invalid):
    """The day until which a host should answer is in the past, or after the stop."""

    code = "visits.due_out_of_range"


class NamesDueOutOfRange(Invalid):
    """The day until which names are needed is after the stop, or more than a year before it."""

    code = "visits.names_due_out_of_range"


class NothingToTakeOver(Conflict):
    """The host asked for no larger group than what is planned."""

    code = "visits.nothing_to_take_over"


class RoadbookNotYet(NotFound):
    """Only those with a confirmed place have a roadbook, of an event that has stops or legs."""

    code = "visits.roadbook_not_yet"
