from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.freebusy.importing import Trouble
from app.freebusy.rules import FetchResult, Occupancy, Use

USES = {
    Use.ROOMS: _("Bookings of rooms"),
    Use.PARTNER: _("Dates of a partner"),
}
STANDINGS = {
    Occupancy.BUSY: _("busy"),
    Occupancy.TENTATIVE: _("not yet certain"),
    Occupancy.UNAVAILABLE: _("not available"),
    Occupancy.FREE: _("free"),
}
RESULTS = {
    FetchResult.UPLOADED: _("Uploaded as a file"),
    FetchResult.READ: _("Fetched and read"),
    FetchResult.SAME: _("Unchanged since the last time"),
    FetchResult.FAILED: _("Not reached"),
}
# each says what is wrong with the line and what to do
TROUBLES = {
    Trouble.NOT_UTF8: _("%(name)s is not written in UTF-8. Export the calendar again and choose UTF-8."),
    Trouble.BAD_LINE: _("“%(text)s” is no line of a calendar: it lacks a name with a colon. Was the file edited?"),
    Trouble.NOT_CLOSED: _(
        "The part %(component)s that begins here never ends: the file may be cut off. Export it again."
    ),
    Trouble.NOT_OPENED: _("A part %(component)s ends here that never began. It is passed over."),
    Trouble.NO_START: _("An entry without a beginning (DTSTART) is left out. Give it a time where it comes from."),
    Trouble.BAD_TIME: _(
        "“%(value)s” in %(name)s is no date or time. The entry is left out; correct it where it comes from."
    ),
    Trouble.BAD_LENGTH: _("“%(value)s” is no length such as PT1H30M. The entry is left out; give it an end."),
    Trouble.NO_END: _("An entry that takes no time is left out. Give it an end where it comes from."),
    Trouble.ENDS_BEFORE_START: _("It ends before it begins, and is left out. Look at its times and zones."),
    Trouble.BAD_RULE: _("The repetition cannot be read at “%(part)s”. The whole series is left out; enter it anew."),
    Trouble.RULE_TOO_OFTEN: _("It repeats every hour, minute or second: no booking does. The series is left out."),
    Trouble.RULE_NOT_READ: _(
        "Repetitions with %(part)s are not read. The series is left out; export its dates one by one."
    ),
    Trouble.RULES_TOO_LONG: _(
        "All repetitions of this file together are too many to follow. This series is left out; export fewer of them."
    ),
    Trouble.RANGE_NOT_READ: _(
        "A change of “this and all that follow” is not read. Split the series in two where it comes from."
    ),
    Trouble.BAD_PERIOD: _("“%(value)s” is no period from a time to a later one, and is left out."),
    Trouble.NO_UID: _("An entry without a UID: it is read, but its changes will show as one gone and one new."),
    Trouble.SAME_UID: _(
        "It has the same UID as the entry of line %(other)s: only the later version of the two is read."
    ),
    Trouble.FLOATING: _("Times without a zone, from here on: they are read on the clocks of %(zone)s."),
    Trouble.UNKNOWN_ZONE: _(
        "Nobody knows the zone “%(name)s”: its times are read on the clocks of %(zone)s. Look whether they are right."
    ),
}
REFUSALS: dict[str, Any] = {
    "freebusy.may_not_import": _("Only managers of the organisation can import its calendars."),
    "freebusy.draft_not_found": _("This preview is over. Look whether the calendar is kept, or import the file again."),
    "freebusy.calendar_not_found": _("This calendar is not here any more. Somebody may have removed it."),
    "freebusy.room_not_found": _("This room does not exist."),
    "freebusy.source_missing": _("Choose a file or paste an address."),
    "freebusy.rooms_missing": _("Choose the rooms whose bookings these are."),
    "freebusy.rooms_of_two_venues": _("These rooms are in different venues. Import one calendar for each venue."),
    "freebusy.unknown_reference": _("What was chosen here does not exist any more. Choose again."),
    "freebusy.too_many_calendars": _("Your organisation has as many calendars as it can. Remove one first."),
    "freebusy.nobody_yet": _("Nobody has linked this account with a person, so it has no busy times."),
    "freebusy.empty": _("The file is empty. Export the calendar again."),
    "freebusy.utf16": _("The file is written in UTF-16. Save it as UTF-8, or export it again."),
    "freebusy.web_page": _(
        "This is a web page, not a calendar: look there for the address that ends in .ics, and copy that."
    ),
    "freebusy.no_calendar": _("This is no calendar: nowhere in it does one begin. Look for a file that ends in .ics."),
    "freebusy.too_many_events": _("There are more than %(most)s entries in it. Export only the coming year."),
    "freebusy.too_many_times": _(
        "Its entries fall on more than %(most)s dates in the coming year. Export only the rooms that you need."
    ),
    "freebusy.fetch_no_address": _("This is no address of a calendar. It begins with https:// or webcal://."),
    "freebusy.fetch_password_inside": _("Leave out the name and password: ask for an address that needs none."),
    "freebusy.fetch_other_port": _("Addresses with a port of their own are not asked. Ask for one without a number."),
    "freebusy.fetch_not_public": _(
        "This address leads into a private network, where nothing is asked. Upload the calendar as a file."
    ),
    "freebusy.fetch_not_secure": _(
        "The server cannot prove that it is who it says, or sends us to one that cannot. Upload the calendar as a file."
    ),
    "freebusy.fetch_no_answer": _("No server answers at this address. Look for a slip, or try again later."),
    "freebusy.fetch_bad_answer": _(
        "The server answers in a way that cannot be understood. Upload the calendar as a file."
    ),
    "freebusy.fetch_needs_sign_in": _(
        "The server wants somebody to sign in. Look for the calendar’s secret or public address in its settings."
    ),
    "freebusy.fetch_gone": _("There is no calendar at this address (any more). Copy it once more from its settings."),
    "freebusy.fetch_status": _("The server answers with the error %(status)s. Try again later."),
    "freebusy.fetch_too_large": _("The calendar is larger than %(most)s MB. Ask for one of the coming year only."),
    "freebusy.fetch_too_slow": _("The server takes longer than %(seconds)s seconds. Try again later."),
    "freebusy.fetch_redirected_too_often": _("The address leads on and on. Paste the one where it ends."),
    "freebusy.fetch_cut_off": _("The answer broke off in the middle. Try again."),
}
PHRASES: dict[Any, Any] = {**USES, **STANDINGS, **RESULTS, **TROUBLES, **REFUSALS}
