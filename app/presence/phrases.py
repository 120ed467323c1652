from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.presence.rules import Answer, ListKind, Method, ScanKind, Standing, State

PHRASES: dict[Any, Any] = {
    ListKind.DAY: _("Day"),
    ListKind.ITEM: _("Part of the agenda"),
    ListKind.MEAL: _("Meal"),
    ListKind.CUSTOM: _("Other"),
    ScanKind.IN: _("Check in"),
    ScanKind.OUT: _("Check out"),
    ScanKind.UNDO: _("Undo"),
    Method.QR: _("by code"),
    Method.SEARCH: _("by name"),
    Method.MANUAL: _("by hand"),
    Method.SELF: _("by themselves"),
    Method.PAPER: _("from paper"),
    Standing.EXPECTED: _("Expected"),
    Standing.PRESENT: _("Present"),
    Standing.EXCUSED: _("Excused"),
    Standing.ABSENT: _("Absent"),
    Standing.WALK_IN: _("Walk-in"),
    State.AWAITED: _("Expected"),
    State.INSIDE: _("Here"),
    State.LEFT: _("Has left"),
    Answer.DONE: _("Done."),
    Answer.KNOWN: _("Known already."),
    Answer.NOT_EXPECTED: _("Not signed up for this part. Ask the organiser, who can give a place there."),
    Answer.OTHER_EVENT: _("This code is for another event. Look the person up by name here."),
    Answer.WITHDRAWN: _("This place was given back. Send the person to the organiser, or let them in as a walk-in."),
    Answer.NO_PLACE: _("This person waits for a place. Send them to the organiser, who can give one by hand."),
    Answer.UNKNOWN: _("Nobody has this code. Look the person up by name, or let them in as a walk-in."),
    Answer.REFUSED: _("This could not be kept. Reload the page and note it again."),
}

REFUSALS = {
    "presence.list_not_found": _("The event has no such list. Open check-in again and choose one of its lists."),
    "presence.list_in_use": _("Somebody was noted on this list already, so it stays. Give it no more notes instead."),
    "presence.item_has_list": _("This part of the agenda has a list already. Choose it above."),
    "presence.link_not_found": _("This link opens nothing. Ask the organiser for a new one."),
    "presence.link_not_yet_valid": _("This link opens on the day itself. Come back then, or ask the organiser."),
    "presence.link_expired": _("This link was for a day that is over. Ask the organiser for a new one."),
    "presence.link_revoked": _("The organiser took this link back. Ask for a new one."),
    "presence.may_not_add": _("This link lets in nobody without a place. Send the person to the organiser."),
    "presence.has_no_place": _(
        "This address is registered but has no confirmed place. The organiser can give one by hand."
    ),
    "presence.nobody_under_address": _(
        "No confirmed place under this address. Try the one that you registered with, or go to the desk."
    ),
    "presence.wrong_code": _("This is not the code on the wall. Read it again, or go to the desk."),
    "presence.not_the_time": _("The code on the wall does not work at this time. Go to the desk."),
    "presence.window_turned_round": _("Give a beginning and a later end, or leave both empty."),
    "presence.too_much_at_once": _("The phone sent something that cannot be read. Reload the page; nothing is lost."),
    "presence.not_the_same": _("These are no longer two of one name. Look at the list again."),
    "presence.label_missing": _("Name the list, so that helpers recognise it."),
}
