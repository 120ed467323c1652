from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class Overtaken(Conflict):
    """Somebody else changed the same item since; ``version`` is the one that stands now, ``key`` the item."""

    code = "planning.overtaken"


class NothingToUndo(Conflict):
    code = "planning.nothing_to_undo"


class NothingToRedo(Conflict):
    code = "planning.nothing_to_redo"


class TakesSignUps(Conflict):
    """People sign up for the item: it cannot be set aside before everybody's eyes, only with a release."""

    code = "planning.takes_sign_ups"


class UnknownColumn(Invalid):
    code = "planning.unknown_column"


class TimeMissing(Invalid):
    """An item without a time gets one only together with its day."""

    code = "planning.time_missing"


class OutOfDay(Invalid):
    """An item begins on a day of the event, and lasts from five minutes to a day."""

    code = "planning.out_of_day"


class ErrorsStand(Conflict):
    """A release waits until nothing is impossible any more; ``count`` things are."""

    code = "planning.errors_stand"


class WarningsUnexplained(Invalid):
    """A release says why the warnings that nobody has accepted are all right."""

    code = "planning.warnings_unexplained"


class NothingToRelease(Conflict):
    code = "planning.nothing_to_release"


class ReleasedBefore(Conflict):
    """What was released once is changed by releases only."""

    code = "planning.released_before"


class ChangesWait(Conflict):
    code = "planning.changes_wait"


class ReleaseNotFound(NotFound):
    code = "planning.release_not_found"
