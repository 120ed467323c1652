from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.mailings.rules import Anchor, Audience, Kind, LeftOut, State
from app.mailings.services import TimingKind

# apart from the others: its members share values with those of Anchor, and so would share a key
TIMINGS: dict[Any, Any] = {
    TimingKind.NOW: _("Now"),
    TimingKind.AT: _("On a day that I choose"),
    TimingKind.BEFORE_START: _("Before the event starts"),
    TimingKind.AFTER_END: _("After the event ends"),
}
PHRASES: dict[Any, Any] = {
    Kind.ONE_OFF: _("Message"),
    Kind.REMINDER: _("Reminder"),
    Anchor.BEFORE_START: _("before the start"),
    Anchor.AFTER_END: _("after the end"),
    State.DRAFT: _("draft"),
    State.SCHEDULED: _("scheduled"),
    State.SENDING: _("is being sent"),
    State.SENT: _("sent"),
    State.FAILED: _("could not be sent"),
    State.CANCELLED: _("not sent"),
    Audience.CONFIRMED: _("Those who have a place"),
    Audience.WAITING: _("Those on the waiting list"),
    Audience.OFFERED: _("Those who are offered a place"),
    Audience.PENDING: _("Those who wait for approval"),
    Audience.EVERYBODY_IN: _("Everybody who has or awaits a place"),
    Audience.INVITED_SILENT: _("Those who were invited and have not answered"),
    Audience.SPEAKERS: _("Speakers, moderators and hosts of tables"),
    Audience.PRESENT: _("Those who were there"),
    Audience.ABSENT: _("Those who had a place and did not come"),
    Audience.PARTNERS: _("All partners of the project"),
    Audience.ALL_ROLES: _("Everybody with a role in the project"),
    Audience.MEMBERS: _("All members of the group"),
    LeftOut.UNSUBSCRIBED: _("left out: wants no more messages"),
    LeftOut.DOES_NOT_ARRIVE: _("left out: mail does not arrive at this address"),
    LeftOut.UNUSABLE: _("left out: no mail can be sent to this address"),
    "mailings.not_found": _("There is no such message. Look for it in the list of messages."),
    "mailings.may_not_write": _(
        "Only the lead partner, the exchange coordinator and the coordinator of a group write to its members."
    ),
    "mailings.not_in_this_state": _("The message has gone on meanwhile. Look at it again, then decide."),
    "mailings.nothing_to_say": _("Write a subject and a text first, in one language at least."),
    "mailings.moment_passed": _("This moment has passed. Choose a later one, or send it now."),
    "mailings.event_not_ahead": _(
        "The event has no date to count from. Publish it with its exact day first, or choose a day here."
    ),
    "mailings.not_reachable": _("This choice does not fit whom the message goes to. Choose another one."),
    "mailings.too_many_tests": _("You tried it often today. Look at the preview, or try again tomorrow."),
    "mailings.link_unknown": _("This link is not complete. Open it from the mail once more."),
    "mailings.too_late": _("The event had begun before this reminder could go out."),
    "mailings.stopped": _("It was stopped. Who had got it by then has it."),
    "mailings.broke_off": _("It broke off. Try again: nobody gets it twice."),
    "mailings.event_called_off": _("The event was called off, so this does not go out."),
    "mailings.event_postponed": _("The event was postponed. Look at the text, then choose a day anew."),
}
