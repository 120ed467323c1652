from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class SpeakerNotFound(NotFound):
    """No such person has a part, or the link is forged, altered or taken back."""

    code = "speakers.not_found"


class SlidesNotFound(NotFound):
    code = "speakers.slides_not_found"


class MayNotAsk(Conflict):
    """The event is over or called off."""

    code = "speakers.may_not_ask"


class NobodyToAsk(Conflict):
    code = "speakers.nobody_to_ask"


class NobodyToRemind(Conflict):
    code = "speakers.nobody_to_remind"


class AskedJustNow(Conflict):
    code = "speakers.asked_just_now"


class NoAddress(Invalid):
    """Nobody knows where to write to."""

    code = "speakers.no_address"


class NotAnswerable(Conflict):
    """The event is over or called off."""

    code = "speakers.not_answerable"


class PartGone(Conflict):
    """The part was taken off the agenda, or given to somebody else, while the page was open."""

    code = "speakers.part_gone"


class SlotMovedOn(Conflict):
    """Time or room became another while the page was open: what is accepted must be what was seen."""

    code = "speakers.slot_moved_on"


class ReasonMissing(Invalid):
    code = "speakers.reason_missing"


class AbsenceEndsBeforeStart(Invalid):
    code = "speakers.absence_ends_before_start"


class TooManyAbsences(Invalid):
    """``most``: how many stretches can be named."""

    code = "speakers.too_many_absences"


class NothingToShow(Invalid):
    """A consent without a biography or a photo."""

    code = "speakers.nothing_to_show"


class TooManySlides(Conflict):
    """``most``: how many files one person sends."""

    code = "speakers.too_many_slides"


class DeadlineOver(Invalid):
    """Nobody can answer by a day that is past, or after the event begins."""

    code = "speakers.deadline_over"
