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
    """The visit is over: nothing can be said any more."""

    code = "visits.hosting_over"


class NotTakingPlace(Conflict):
    """The event is called off or postponed, or not published."""

    code = "visits.not_taking_place"


class DeadlinePassed(Invalid):
    """The day until which a host should answer is in the past, or after the visit."""

    code = "visits.deadline_out_of_range"


class NothingToTakeOver(Conflict):
    code = "visits.nothing_to_take_over"
