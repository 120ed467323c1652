"""Words for personal calendars."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.personal.rules import Part

PHRASES = {
    Part.PLACES: _("Events I registered for"),
    Part.TABLES: _("Tables, meetings and parts of the agenda that I chose"),
    Part.DUTIES: _("What I do at events: speak, host, moderate"),
    Part.DEADLINES: _("Deadlines, as all-day entries"),
    "personal.calendar_not_found": _("There is no such calendar of yours. It may have been withdrawn already."),
    "personal.too_many_calendars": _("You have %(most)s calendars already. Withdraw one that you no longer use."),
    "personal.proof_spent": _("This link has run out. Ask for another one: it works for half an hour."),
}
REMINDERS = {
    None: _("None"),
    15: _("15 minutes before"),
    60: _("1 hour before"),
    24 * 60: _("1 day before"),
    48 * 60: _("2 days before"),
}
