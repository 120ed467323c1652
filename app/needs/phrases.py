from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.needs.rules import Gate, NeedState, Priority

PHRASES = {
    Priority.HELPFUL: _("Would help"),
    Priority.IMPORTANT: _("Important"),
    Priority.URGENT: _("Urgent"),
    NeedState.SHOWN: _("Shown"),
    NeedState.HIDDEN: _("Hidden"),
    NeedState.MERGED: _("Merged"),
    Gate.BY_TIME: _("On the day of this part"),
    Gate.OPEN: _("Open now"),
    Gate.CLOSED: _("Closed"),
    "needs.not_found": _("There is no such need, or it is not public. See those that are."),
    "needs.none_here": _("No needs are collected here. Look at the agenda of the event."),
    "needs.table_link_not_found": _("This link opens nothing any more. Ask at your table for the new code."),
    "needs.text_missing": _("Say in a sentence what is needed."),
    "needs.unknown_cluster": _("Choose one of the list."),
    "needs.may_not_comment": _("Partners, observers and organisers comment here. Sign in as one of them."),
    "needs.comment_missing": _("Write what you want to say."),
    "needs.comment_not_found": _("This comment is not there any more. Reload the page to see how it stands."),
    "needs.merged_into_itself": _("Choose another need into which this one goes."),
    "needs.reason_missing": _("Please give a reason. It is kept, and only organisers read it."),
    "needs.not_collected": _(
        "No needs are taken now. They are on the day of this part of the agenda, or when the organiser opens it."
    ),
    "needs.not_voted_on": _("There is no voting now. The order stays as it is."),
    "needs.too_many": _("%(most)s needs from here are enough. Vote for those that matter most."),
    "needs.may_not_state": _("Only those who manage the cluster or organise the event may do this."),
}
