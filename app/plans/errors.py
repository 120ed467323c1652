from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class PlanNotFound(NotFound):
    """There is no plan, or no version of that number."""

    code = "plans.not_found"


class ChapterNotFound(NotFound):
    code = "plans.chapter_not_found"


class ActionNotFound(NotFound):
    code = "plans.action_not_found"


class FindingNotFound(NotFound):
    """The note that an action was to be made of is gone, or of an event of another group."""

    code = "plans.finding_not_found"


class DistrictNotFound(NotFound):
    code = "plans.district_not_found"


class DocumentNotFound(NotFound):
    code = "plans.document_not_found"


class GuestLinkNotFound(NotFound):
    """Of a forged link, or one that was taken back."""

    code = "plans.guest_link_not_found"


class MayNotLookIn(Forbidden):
    """The inside of a group is for its members."""

    code = "plans.may_not_look_in"


class MayNotDraft(Forbidden):
    """Coordinator, supporting body and drafting organisations write the draft."""

    code = "plans.may_not_draft"


class MayNotDecide(Forbidden):
    """The coordinator and the project's lead partner publish, consult and adopt."""

    code = "plans.may_not_decide"


class MayNotAnswer(Forbidden):
    """Who answers is with an organisation of the group, or has a link."""

    code = "plans.may_not_answer"


class MayNotMoveAction(Forbidden):
    code = "plans.may_not_move_action"


class MayNotOverlook(Forbidden):
    """The groups side by side are for exchange coordinators and lead partners."""

    code = "plans.may_not_overlook"


class StepNotPossible(Conflict):
    """``state`` and ``step``: the table has no such step from there."""

    code = "plans.step_not_possible"


class PlanStandsAlready(Conflict):
    code = "plans.stands_already"


class ChapterConflict(Conflict):
    """Somebody else changed the same lines since; ``revision`` is theirs."""

    code = "plans.chapter_conflict"


class NothingToPublish(Conflict):
    """No chapter, or nothing changed since the last version."""

    code = "plans.nothing_to_publish"


class NothingPublished(Conflict):
    """A consultation and an adoption are about a version."""

    code = "plans.nothing_published"


class NotJoint(Conflict):
    """``count`` countries draft; ``needed`` must (RCO83)."""

    code = "plans.not_joint"


class NobodyAdopts(Invalid):
    code = "plans.nobody_adopts"


class TitleMissing(Invalid):
    code = "plans.title_missing"


class TooManyChapters(Conflict):
    code = "plans.too_many_chapters"


class WindowTurnedRound(Invalid):
    code = "plans.window_turned_round"


class WindowPast(Invalid):
    code = "plans.window_past"


class WindowTooLong(Invalid):
    code = "plans.window_too_long"


class ConsultationOver(Conflict):
    """The window is not open."""

    code = "plans.consultation_over"


class UnknownChoice(Invalid):
    code = "plans.unknown_choice"


class AdoptedInFuture(Invalid):
    code = "plans.adopted_in_future"


class MilestonesMissing(Conflict):
    """A meta-district is established once all milestones are reached."""

    code = "plans.milestones_missing"


class YearOutOfRange(Invalid):
    code = "plans.year_out_of_range"


class NoAddress(Invalid):
    code = "plans.no_address"
