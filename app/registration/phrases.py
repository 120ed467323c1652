from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.registration.rules import Place, Verb, Window

PHRASES = {
    Place.CONFIRMED: _l("Confirmed"),
    Place.WAITLISTED: _l("Waiting"),
    Place.WITHDRAWN: _l("Withdrawn"),
    Place.CANCELLED_BY_ORGANISER: _l("Removed by the organiser"),
    Verb.JOIN: _l("Registered"),
    Verb.ADD: _l("Added by the organiser"),
    Verb.PROMOTE: _l("Moved up from the waiting list"),
    Verb.PROMOTE_BY_HAND: _l("Given a place by the organiser"),
    Verb.WITHDRAW: _l("Gave the place back"),
    Verb.REMOVE: _l("Removed by the organiser"),
    Window.OPEN: _l("Registration is open."),
    Window.WAITLIST: _l("Every place is taken, but you can join the waiting list."),
    Window.FULL: _l("Every place is taken, and this event keeps no waiting list."),
    Window.NOT_YET_OPEN: _l("Registration is not open yet."),
    Window.CLOSED: _l("Registration has closed."),
    Window.CALLED_OFF: _l("This event was called off."),
    Window.POSTPONED: _l("This event was postponed; its new date is not known yet."),
    Window.PAST: _l("This event is over."),
    Window.BY_INVITATION: _l("This event is by invitation only."),
    Window.INTERNAL: _l("This is an internal meeting."),
    Window.NOT_PUBLISHED: _l("This event is not published yet."),
}

REFUSALS = {
    "registration.not_found": _l("This link opens no registration. Use the latest link from our mails."),
    "registration.event_full": _l(
        "Every place is taken, and this event keeps no waiting list. Look for another edition in the list of events."
    ),
    "registration.not_yet_open": _l(
        "Registration is not open yet. Come back when it opens; your calendar can remind you."
    ),
    "registration.closed": _l("Registration has closed. Write to the organiser if you still hope to come."),
    "registration.called_off": _l("This event was called off, so nobody can register any more."),
    "registration.postponed": _l("This event was postponed. Registration goes on when the new date is known."),
    "registration.past": _l("This event is over. Look for the next one in the list of events."),
    "registration.by_invitation": _l("This event is by invitation only. Ask the organiser for an invitation."),
    "registration.internal": _l("This is an internal meeting without registration."),
    "registration.not_published": _l("This event is not published yet. Come back later."),
    "registration.already_registered": _l(
        "We have written to this address. Open the link in that mail to see the place, mend it or give it back."
    ),
    "registration.form_sent_before": _l(
        "This form was sent before with other data. Reload the page to start a new one."
    ),
    "registration.wrong_place": _l("This place has changed meanwhile. Reload the page and look again."),
    "registration.reason_missing": _l("Write the reason: it is kept with the decision."),
    "registration.written_too_often": _l(
        "This address got many mails today. Try again tomorrow, or write to the organiser."
    ),
    "registration.closes_before_opening": _l("Registration must close after it opens."),
    "registration.people_are_registered": _l(
        "People are registered already. Postpone the event or call it off, so that they are told."
    ),
    "registration.csrf": _l(
        "This page was open for too long. Everything you typed is still here: press the button once more."
    ),
}
