from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class DiaryNotFound(NotFound):
    """The event has no stops, so there is nothing to write a diary of."""

    code = "diaries.not_found"


class NotOpenYet(Conflict):
    """The diary opens on the first day of the visit."""

    code = "diaries.not_open_yet"


class DiaryClosed(Conflict):
    """The days after the visit in which one could write are over."""

    code = "diaries.closed"


class DiaryCalledOff(Conflict):
    """The visit does not take place, or not then."""

    code = "diaries.called_off"


class DiaryWithoutPlace(Conflict):
    """Only those with a confirmed place write."""

    code = "diaries.without_place"


class StopGone(Conflict):
    """The stop is no longer on the agenda, or never was on this one."""

    code = "diaries.stop_gone"


class TooManyChanges(Invalid):
    """More was sent at once than a phone ever keeps."""

    code = "diaries.too_many_changes"


class ChangeNotUnderstood(Invalid):
    """What was sent is no change of a diary."""

    code = "diaries.change_not_understood"


class LinesMissing(Invalid):
    """A finding is made of lines that are shared now; none of those chosen is."""

    code = "diaries.lines_missing"


class FindingNotFound(NotFound):
    """No finding of this debrief."""

    code = "diaries.finding_not_found"


class FindingOnHold(Conflict):
    """A line that a finding was made of is no longer shared, so nothing comes of it until it is worded anew."""

    code = "diaries.finding_on_hold"
