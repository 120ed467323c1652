"""Words for states, steps, milestones and refusals."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.plans.rules.actions import ActionState, ActionStep
from app.plans.rules.consulting import WindowState
from app.plans.rules.differences import ChapterMark
from app.plans.rules.districts import DistrictState, DistrictStep, Milestone
from app.plans.rules.plans import PlanState

PHRASES: dict[Any, Any] = {
    PlanState.DRAFTING: _("Being drafted"),
    PlanState.CONSULTATION: _("In consultation"),
    PlanState.ADOPTED: _("Adopted"),
    PlanState.SUPERSEDED: _("Superseded"),
    ActionState.PLANNED: _("Planned"),
    ActionState.UNDER_WAY: _("Under way"),
    ActionState.DONE: _("Done"),
    ActionState.DROPPED: _("Dropped"),
    ActionStep.START: _("Begin"),
    ActionStep.FINISH: _("Done"),
    ActionStep.DROP: _("Drop"),
    ActionStep.REOPEN: _("Open again"),
    WindowState.COMING: _("Not open yet"),
    WindowState.OPEN: _("Open"),
    WindowState.OVER: _("Over"),
    ChapterMark.NEW: _("New chapter"),
    ChapterMark.GONE: _("Chapter left out"),
    ChapterMark.CHANGED: _("Changed"),
    ChapterMark.SAME: _("Unchanged"),
    DistrictState.FORMING: _("Forming"),
    DistrictState.PLAN_AGREED: _("Plan agreed"),
    DistrictState.ESTABLISHED: _("Established"),
    DistrictState.DORMANT: _("Dormant"),
    DistrictStep.ESTABLISH: _("It is established"),
    DistrictStep.REST: _("It rests"),
    DistrictStep.WAKE: _("It goes on"),
    Milestone.MEMBERS: _("Members from two countries at least"),
    Milestone.CONSULTED: _("The plan was put to the members, and somebody answered"),
    Milestone.AGREED: _("The strategic plan is adopted"),
    Milestone.ACTIONS: _("All fundamental actions are done"),
    "plans.not_found": _("There is no such plan or version. See which ones the group has."),
    "plans.chapter_not_found": _("This chapter is not in the draft any more. Go back to the draft."),
    "plans.action_not_found": _("There is no such action. See the list of actions."),
    "plans.finding_not_found": _(
        "This note is gone, or it was written at an event of another group. Choose another note."
    ),
    "plans.district_not_found": _("The group has no meta-district yet."),
    "plans.document_not_found": _("This document is gone. Reload the page."),
    "plans.guest_link_not_found": _(
        "This link opens nothing any more. Ask the coordinator of the group for a new one."
    ),
    "plans.may_not_look_in": _("This is for the members of the group. Ask its coordinator if you should be one."),
    "plans.may_not_draft": _(
        "The coordinator, the supporting body and the drafting organisations write here. Ask the coordinator."
    ),
    "plans.may_not_decide": _("Only the coordinator of the group and the lead partner decide this. Ask them."),
    "plans.may_not_answer": _(
        "Members of the group answer here. If you were asked by a link, open the link; or ask the coordinator for one."
    ),
    "plans.may_not_move_action": _("Only its owner and those who write the plan say where an action stands."),
    "plans.may_not_overlook": _("The groups side by side are for exchange coordinators and lead partners."),
    "plans.step_not_possible": _("This cannot be done as things stand now. Reload the page to see how they stand."),
    "plans.stands_already": _("It is there already. Reload the page."),
    "plans.chapter_conflict": _(
        "Somebody else changed the same lines meanwhile. Both texts stand below; join them and save again."
    ),
    "plans.nothing_to_publish": _("Nothing has changed since the last version. Edit a chapter first."),
    "plans.nothing_published": _("No version is published yet. Publish the draft first."),
    "plans.not_joint": _(
        "A plan is adopted once organisations of %(needed)s countries draft it; so far it is %(count)s. "
        "Name the drafting organisations first."
    ),
    "plans.nobody_adopts": _("Tick at least one organisation that adopts the plan."),
    "plans.title_missing": _("Please give a title in one language at least."),
    "plans.too_many_chapters": _("A plan has %(most)s chapters at most. Join some of them."),
    "plans.window_turned_round": _("The last day lies before the first."),
    "plans.window_past": _("The last day is over already. Choose one on which somebody can still answer."),
    "plans.window_too_long": _("A consultation lasts %(days)s days at most."),
    "plans.consultation_over": _("The consultation is not open. What was said stands below."),
    "plans.unknown_choice": _("Choose one of the list."),
    "plans.adopted_in_future": _("This day is still to come. Give the day on which it was adopted."),
    "plans.milestones_missing": _("Milestones are missing still. The page says which ones."),
    "plans.year_out_of_range": _("Give a year from 2000 to 2100."),
    "plans.no_address": _("This is no address on the web. It begins with https://"),
}
