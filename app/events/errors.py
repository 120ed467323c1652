from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class EventNotFound(NotFound):
    code = "events.not_found"


class NotYetComplete(Conflict):
    """``missing``: what to add before publishing."""

    code = "events.not_yet_complete"


class WrongStep(Conflict):
    """``status``, ``step``: the life cycle does not go from one to the other."""

    code = "events.wrong_step"


class EndsBeforeStart(Invalid):
    code = "events.ends_before_start"


class TooLong(Invalid):
    code = "events.too_long"


class ReasonMissing(Invalid):
    code = "events.reason_missing"


class MayNotManage(Forbidden):
    code = "events.may_not_manage"


class EditedMeanwhile(Conflict):
    """Somebody else saved since this form was opened."""

    code = "events.edited_meanwhile"
