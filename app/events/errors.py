from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class EventNotFound(NotFound):
    code = "events.not_found"


class SeriesNotFound(NotFound):
    code = "events.series_not_found"


class SeriesTitleMissing(Invalid):
    code = "events.series_title_missing"


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


class BadRepeat(Invalid):
    """``most``: how many editions can be made at once."""

    code = "events.bad_repeat"


class NoRegions(Invalid):
    """``most``: how many regional copies can be made at once; none was named, or more than these."""

    code = "events.no_regions"


class RegionsRefused(Invalid):
    """``refusals``: what is wrong, as pairs of the row, counted from 0, and its refusal. None was made."""

    code = "events.regions_refused"


class MayNotManage(Forbidden):
    code = "events.may_not_manage"


class EditedMeanwhile(Conflict):
    """Somebody else saved since this form was opened."""

    code = "events.edited_meanwhile"


class NotOverYet(Conflict):
    """``ends_at``: an event is held once it has ended."""

    code = "events.not_over_yet"


class MovedIntoPast(Invalid):
    code = "events.moved_into_past"


class MovedOutOfPast(Invalid):
    code = "events.moved_out_of_past"


class NoLongerEdited(Conflict):
    """An archived event stays as it is."""

    code = "events.no_longer_edited"


class WasPublished(Conflict):
    """Calendars know it: it is called off, never deleted."""

    code = "events.was_published"


class LastOrganiser(Conflict):
    code = "events.last_organiser"


class UnknownChoice(Invalid):
    """``field``: what was chosen does not exist, or does not go with the rest."""

    code = "events.unknown_choice"
