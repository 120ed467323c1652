from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.visits.rules.hosts import HostState
from app.visits.rules.times import Pauses

PAUSES = {
    Pauses.USE: _("Use the spare time first: only what must move moves"),
    Pauses.KEEP: _("Keep the pauses: everything later on that day moves as much"),
}
REFUSALS: dict[str, Any] = {
    "visits.before_the_previous": _("What comes before is not over by then. Begin later, or shorten that first."),
    "visits.nothing_to_swap": _("There is no other stop on that side of the day. Reload the page to see the order."),
    "visits.side_by_side": _(
        "Things run side by side here, so no order can be turned round. Change the times of the entries instead."
    ),
    "visits.changed_meanwhile": _(
        "Somebody changed the agenda since you opened this page. Look at what would move now, then save again."
    ),
    "visits.host_not_found": _(
        "This link opens nothing. It may have been cut in the mail, or a newer one was sent: open the newest mail."
    ),
    "visits.hosting_over": _("The visit is over or does not take place: nothing more is to be said here."),
    "visits.due_out_of_range": _("Choose a day from today to the day of the stop."),
    "visits.names_due_out_of_range": _("Choose a day before the visit, at most a year before it."),
    "visits.roadbook_not_yet": _(
        "The roadbook is for those with a confirmed place, once the itinerary is out. Look at the page of your place."
    ),
    "visits.nothing_to_take_over": _("The host asks for no larger group than what is planned. Reload the page."),
}
STATES = {
    HostState.NOT_ASKED: _("Host not asked yet"),
    HostState.ASKED: _("Host asked"),
    HostState.CONFIRMED: _("Host confirmed"),
    HostState.CHANGED: _("Host confirmed with changes"),
    HostState.DECLINED: _("Host declined"),
}
PHRASES: dict[Any, Any] = {**PAUSES, **STATES, **REFUSALS}
