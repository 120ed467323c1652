from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TooMany


class MailingNotFound(NotFound):
    code = "mailings.not_found"


class MayNotWrite(Forbidden):
    code = "mailings.may_not_write"


class NotInThisState(Conflict):
    code = "mailings.not_in_this_state"


class NothingToSay(Invalid):
    code = "mailings.nothing_to_say"


class MomentPassed(Invalid):
    code = "mailings.moment_passed"


class EventNotAhead(Invalid):
    code = "mailings.event_not_ahead"


class NotReachable(Invalid):
    """The audience is none of this event, project or group, or its page does not exist yet."""

    code = "mailings.not_reachable"


class TooManyTests(TooMany):
    code = "mailings.too_many_tests"


class LinkUnknown(NotFound):
    code = "mailings.link_unknown"
