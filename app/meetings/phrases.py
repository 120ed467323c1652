from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.meetings.rules import Outcome, RequestState, SearchState

STATES: dict[Any, Any] = {
    RequestState.OPEN: _("Waiting for an answer"),
    RequestState.ACCEPTED: _("Accepted"),
    RequestState.DECLINED: _("Declined"),
    RequestState.EXPIRED: _("Not answered in time"),
    RequestState.WITHDRAWN: _("Taken back"),
}
OUTCOMES: dict[Any, Any] = {
    Outcome.FOLLOW_UP: _("We go on talking"),
    Outcome.LETTER: _("Letter of intent"),
    Outcome.NOTHING: _("Nothing came of it"),
}
SEARCHES: dict[Any, Any] = {
    SearchState.QUEUED: _("Begins in a moment"),
    SearchState.RUNNING: _("Being made"),
    SearchState.DONE: _("Ready"),
    SearchState.FAILED: _("Failed"),
}
REFUSALS = {
    "meetings.block_not_found": _("This part of the agenda is gone, or is no block of meetings. Reload the page."),
    "meetings.profile_not_found": _("This person takes no part in the meetings any more. Reload the page."),
    "meetings.request_not_found": _("This request is gone. Reload the page."),
    "meetings.meeting_not_found": _("This meeting does not take place any more. Reload the page."),
    "meetings.search_not_found": _("This schedule is gone. Reload the page."),
    "meetings.number_out_of_range": _("Write a number from %(least)s to %(most)s."),
    "meetings.closes_too_early": _("Requests have to close after they open."),
    "meetings.table_taken": _("Table %(table)s is another host’s. Choose another one."),
    "meetings.nothing_to_tell": _("Tick or write at least one thing that you look for or offer."),
    "meetings.reason_missing": _("Write in a sentence what you would talk about."),
    "meetings.no_place": _("Only people with a confirmed place take part. You get a mail when you have one."),
    "meetings.no_blocks": _(
        "The agenda has no time for meetings yet. Add a block of one-to-one meetings and save its slots and tables."
    ),
    "meetings.not_open": _("Requests cannot be sent or answered now. Your schedule shows whom you meet."),
    "meetings.own_organisation": _("This is a colleague of yours. Choose somebody of another organisation."),
    "meetings.asked_already": _("You asked this person already. The answer shows on this page."),
    "meetings.asked_too_many": _("You have %(most)s requests under way. Take one back before you ask somebody else."),
    "meetings.answered_already": _("This request is closed already. Reload the page."),
    "meetings.not_held_yet": _("Come back once the meeting has begun, and say what came of it."),
    "meetings.has_begun": _("This meeting has begun already. Say what came of it instead."),
    "meetings.search_running": _("A schedule is being made already. Wait for it, or stop it."),
    "meetings.nobody_to_meet": _(
        "There is nobody to bring together yet: requests are accepted first. Write to the participants."
    ),
    "meetings.schedule_outdated": _(
        "Somebody left or is busy since this schedule was made. Make it again; it takes less than a minute."
    ),
}
