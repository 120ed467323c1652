from __future__ import annotations

from app.kernel.errors import Forbidden, Invalid


class NoSuchDay(Invalid):
    """``days``: how many the event has."""

    code = "sheets.no_such_day"


class MayNotSeeGateList(Forbidden):
    code = "sheets.may_not_see_gate_list"
