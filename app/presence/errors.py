from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class ListNotFound(NotFound):
    code = "presence.list_not_found"


class ListInUse(Conflict):
    """Somebody was noted on the list; what was noted is never thrown away."""

    code = "presence.list_in_use"


class ItemHasList(Conflict):
    code = "presence.item_has_list"


class LinkNotFound(NotFound):
    code = "presence.link_not_found"


class LinkNotYetValid(NotFound):
    """Not Forbidden, which is audited with its address: that of a link is a secret."""

    code = "presence.link_not_yet_valid"


class LinkExpired(NotFound):
    code = "presence.link_expired"


class LinkRevoked(NotFound):
    code = "presence.link_revoked"


class MayNotAdd(Forbidden):
    """The link of this helper lets nobody in who has no place."""

    code = "presence.may_not_add"


class HasNoPlace(Conflict):
    """``place``: where the registration of that address stands."""

    code = "presence.has_no_place"


class NobodyUnderAddress(Invalid):
    code = "presence.nobody_under_address"


class WrongCode(Invalid):
    code = "presence.wrong_code"


class NotTheTime(Conflict):
    """The window of self check-in is not open."""

    code = "presence.not_the_time"


class WindowTurnedRound(Invalid):
    code = "presence.window_turned_round"


class LabelMissing(Invalid):
    code = "presence.label_missing"


class NotTheSame(Conflict):
    """Two who are called otherwise, or of whom none was let in at the door, or one has no place any more."""

    code = "presence.not_the_same"


class TooMuchAtOnce(Invalid):
    """A phone sends more in one go than it ever should, or something else than notes."""

    code = "presence.too_much_at_once"
