from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.invitations.rules import Encoding, Fault, InvitationRole, InvitationStatus, LineState, ListState, Opened

PHRASES = {
    InvitationStatus.PENDING: _("No answer yet"),
    InvitationStatus.ACCEPTED: _("Accepted"),
    InvitationStatus.DECLINED: _("Declined"),
    InvitationStatus.REVOKED: _("Taken back"),
    InvitationRole.GUEST: _("Guest"),
    InvitationRole.OBSERVER: _("Observer"),
    InvitationRole.SPEAKER: _("Speaker"),
    ListState.READING: _("Being checked"),
    ListState.CHECKED: _("Checked, not sent yet"),
    ListState.SENDING: _("Being sent"),
    ListState.SENT: _("Sent"),
    Encoding.UTF_8: _("The file was read as UTF-8."),
    Encoding.UTF_16: _("The file was read as UTF-16, as its first bytes say."),
    Encoding.WINDOWS_1252: _(
        "The file is not UTF-8, so it was read as Windows-1252, in which spreadsheets save plain CSV. Look whether the "
        "letters of the names below are right. If not, throw the list away and save it as “CSV UTF-8”."
    ),
    LineState.NEW: _("new"),
    LineState.REPEATED: _("twice on this list"),
    LineState.INVITED_BEFORE: _("invited before"),
    LineState.REGISTERED_BEFORE: _("registered already"),
    LineState.WRONG: _("wrong"),
    LineState.LEFT_OUT: _("left out: this address got many mails today"),
    LineState.INVITED: _("invited"),
    Fault.NO_ADDRESS: _("There is no e-mail address."),
    Fault.BAD_ADDRESS: _("No mail can be sent to this address. Look for a typing mistake."),
    Fault.FORMULA: _("A cell holds a formula. Write the text itself."),
    Fault.TOO_LONG: _("A name is too long."),
    Fault.HIDDEN_SIGNS: _("A name holds characters that cannot be seen. Type it again by hand."),
}

# a dictionary of its own: codes of different enumerations may be equal
PAGES: dict[StrEnum, Any] = {
    Opened.PENDING: _("You are invited"),
    Opened.ACCEPTED: _("You have accepted"),
    Opened.DECLINED: _("You said that you cannot come"),
    Opened.REVOKED: _("This invitation was taken back"),
    Opened.NOT_PUBLISHED: _("This event is being prepared"),
    Opened.CALLED_OFF: _("This event was called off"),
    Opened.POSTPONED: _("This event was postponed"),
    Opened.OVER: _("This event is over"),
    Opened.CLOSED: _("Registration has closed"),
}

REFUSALS = {
    "invitations.not_found": _("This link opens no invitation. Use the latest link from our mails."),
    "invitations.revoked": _("This invitation was taken back. Write to the organiser if you think this is a mistake."),
    "invitations.already_invited": _("This address is invited already. Look for it in the list below."),
    "invitations.already_registered": _("This address is registered already. Look for it among the participants."),
    "invitations.not_published": _("The event is not published. Publish it first, so that the invited can register."),
    "invitations.event_over": _("The event is over or called off, so nobody can be invited any more."),
    "invitations.internal": _(
        "Nobody registers for an internal meeting. Open the event to the invited or to everybody first."
    ),
    "invitations.cannot_answer": _("This invitation cannot be answered any more. Reload the page to see why."),
    "invitations.day_is_full": _(
        "This event has invited %(most)s people within a day. Go on tomorrow, or ask an administrator."
    ),
    "invitations.written_too_often": _("This address got many mails today. Invite it tomorrow."),
    "invitations.nobody_to_remind": _(
        "Nobody can be reminded now: everybody has answered, or was written to within the last day or three times."
    ),
    "invitations.not_a_list": _(
        "This file is no list. Save it as CSV (UTF-8) in your spreadsheet, then choose that file."
    ),
    "invitations.not_utf8": _(
        "The letters of this file cannot be read. Save it as “CSV UTF-8” in your spreadsheet, then choose that file."
    ),
    "invitations.letters_guessed": _(
        "The file is not UTF-8, so it was read as Windows-1252, in which spreadsheets save plain CSV. Nobody is "
        "registered yet: what was read stands in “Or paste a list”. Look whether the letters of the names are right, "
        "then press the button again. If not, save the file as “CSV UTF-8” and choose it."
    ),
    "invitations.no_address_column": _(
        "No column holds e-mail addresses. Name one of them “E-mail” in the first line, then choose the file again."
    ),
    "invitations.empty_list": _("Nobody stands on this list. Add at least one line with an e-mail address."),
    "invitations.too_many_lines": _("This list has more than %(most)s lines. Cut it in parts."),
    "invitations.broken_line": _(
        "The file cannot be read from line %(line)s on. Look there for a quotation mark without its partner."
    ),
    "invitations.list_not_found": _("There is no such list any more. Begin with a new one."),
    "invitations.list_moved_on": _("This list has moved on meanwhile. Reload its page and look again."),
    "invitations.nobody_new": _("Nobody on this list is new, so nobody is written to."),
    "invitations.code_not_found": _("There is no such code any more."),
    "invitations.wrong_code": _("This code opens nothing here. Compare it with the one that you were given."),
    "invitations.code_used_up": _("This code was used as often as it may be. Ask the organiser for another one."),
    "invitations.code_expired": _("This code is not valid any more. Ask the organiser for another one."),
}
