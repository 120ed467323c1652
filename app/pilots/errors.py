from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class ServiceNotFound(NotFound):
    code = "pilots.service_not_found"


class PilotNotFound(NotFound):
    code = "pilots.pilot_not_found"


class UptakeNotFound(NotFound):
    code = "pilots.uptake_not_found"


class NeedMissing(Invalid):
    """A service is proposed for a need, or for several."""

    code = "pilots.need_missing"


class TitleMissing(Invalid):
    code = "pilots.title_missing"


class UnknownChoice(Invalid):
    code = "pilots.unknown_choice"


class EndsBeforeStart(Invalid):
    code = "pilots.ends_before_start"


class DueDayOver(Invalid):
    """The day by which the next step is due is over already."""

    code = "pilots.due_day_over"


class NotAWebAddress(Invalid):
    code = "pilots.not_a_web_address"


class AdopterTwice(Invalid):
    code = "pilots.adopter_twice"


class WrongStep(Conflict):
    """The service does not go from its state to that one."""

    code = "pilots.wrong_step"


class NoPilotYet(Conflict):
    """It is in pilot once a pilot has begun, and implemented once one is finished."""

    code = "pilots.no_pilot_yet"


class NobodyTookItUp(Conflict):
    code = "pilots.nobody_took_it_up"


class EditedMeanwhile(Conflict):
    """Somebody else saved since this form was opened; ``clashes`` and ``merged``."""

    code = "pilots.edited_meanwhile"


class SomethingHangsOnIt(Conflict):
    """It was agreed, or somebody tried it or took it up."""

    code = "pilots.something_hangs_on_it"


class StageRestsOnIt(Conflict):
    """The service is where it is because of this alone."""

    code = "pilots.stage_rests_on_it"


class MayNotPropose(Forbidden):
    code = "pilots.may_not_propose"


class MayNotEdit(Forbidden):
    code = "pilots.may_not_edit"


class NotNamed(Forbidden):
    """The service does not name this organisation, or somebody else manages it."""

    code = "pilots.not_named"
