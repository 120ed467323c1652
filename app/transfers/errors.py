from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class AdoptionNotFound(NotFound):
    """Also for a link that was altered."""

    code = "transfers.not_found"


class LinkOutdated(NotFound):
    """A later mail asked again; its link is the one that holds."""

    code = "transfers.link_outdated"


class MayNotDeclare(Forbidden):
    code = "transfers.may_not_declare"


class OwnPractice(Invalid):
    """``field``: the organisation that owns the practice."""

    code = "transfers.own_practice"


class NoSuchMove(Conflict):
    """``before`` and ``after``: states between which no way leads."""

    code = "transfers.no_such_move"
