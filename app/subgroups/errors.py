from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class SubGroupNotFound(NotFound):
    code = "subgroups.not_found"


class NoGroups(NotFound):
    """There is no guide to print a page for."""

    code = "subgroups.none"


class NotAMember(NotFound):
    """Nobody with a confirmed place at this event."""

    code = "subgroups.not_a_member"


class GroupFull(Conflict):
    """``limit``: of the smallest stop. An organiser may go beyond it with a reason."""

    code = "subgroups.full"


class NobodyToDivide(Conflict):
    code = "subgroups.nobody"


class SizeOutOfRange(Invalid):
    code = "subgroups.size_out_of_range"


class SlotOutOfRange(Invalid):
    code = "subgroups.slot_out_of_range"
