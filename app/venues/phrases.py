"""Words for the enumerations and refusals of venues."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.venues.rules import Layout

PHRASES: dict[Any, Any] = {
    Layout.THEATRE: _("Rows"),
    Layout.CLASSROOM: _("Classroom"),
    Layout.U_SHAPE: _("U shape"),
    Layout.BOARDROOM: _("One long table"),
    Layout.TABLES: _("Tables for groups"),
    Layout.STANDING: _("Standing"),
    Layout.LAB: _("Laboratory"),
    "venues.not_found": _("There is no such venue. Look for it in the list of venues."),
    "venues.name_missing": _("Give a name in at least one language."),
    "venues.city_missing": _("Please name the town."),
    "venues.unknown_time_zone": _("There is no such time zone. Choose one such as Europe/Rome."),
    "venues.room_name_missing": _("Give the room a name, or tick that it goes."),
    "venues.room_name_twice": _("Another room of this venue has this name."),
    "venues.seats_missing": _("A room needs at least one seat."),
    "venues.too_many_seats": _("This is more than any hall can seat."),
    "venues.room_in_use": _("An agenda takes place in a room that should go. Move its items first."),
    "venues.may_not_manage": _("Only administrators and those who manage the operator may change this venue."),
}
