from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.registration.rules import Place, Verb, Window

PHRASES = {
    Place.CONFIRMED: _("Confirmed"),
    Place.WAITLISTED: _("Waiting"),
    Place.WITHDRAWN: _("Withdrawn"),
    Place.CANCELLED_BY_ORGANISER: _("Removed by the organiser"),
    Verb.JOIN: _("Registered"),
    Verb.ADD: _("Added by the organiser"),
    Verb.PROMOTE: _("Moved up from the waiting list"),
    Verb.PROMOTE_BY_HAND: _("Given a place by the organiser"),
    Verb.WITHDRAW: _("Gave the place back"),
    Verb.REMOVE: _("Removed by the organiser"),
    Window.OPEN: _("Registration is open."),
    Window.WAITLIST: _("Every place is taken, but you can join the waiting list."),
    Window.FULL: _("Every place is taken, and this event keeps no waiting list."),
    Window.NOT_YET_OPEN: _("Registration is not open yet."),
    Window.CLOSED: _("Registration has closed."),
    Window.CALLED_OFF: _("This event was called off."),
    Window.POSTPONED: _("This event was postponed; its new date is not known yet."),
    Window.PAST: _("This event is over."),
    Window.BY_INVITATION: _("This event is by invitation only."),
    Window.INTERNAL: _("This is an internal meeting."),
    Window.NOT_PUBLISHED: _("This event is not published yet."),
}

REFUSALS = {
    "registration.not_found": _("This link opens no registration. Use the latest link from our mails."),
    "registration.event_full": _(
        "Every place is taken, and this event keeps no waiting list. Look for another edition in the list of events."
    ),
    "registration.not_yet_open": _(
        "Registration is not open yet. Come back when it opens; your calendar can remind you."
    ),
    "registration.closed": _("Registration has closed. Write to the organiser if you still hope to come."),
    "registration.called_off": _("This event was called off, so nobody can register any more."),
    "registration.postponed": _("This event was postponed. Registration goes on when the new date is known."),
    "registration.past": _("This event is over. Look for the next one in the list of events."),
    "registration.by_invitation": _("This event is by invitation only. Ask the organiser for an invitation."),
    "registration.internal": _("This is an internal meeting without registration."),
    "registration.not_published": _("This event is not published yet. Come back later."),
    "registration.already_registered": _(
        "We have written to this address. Open the link in that mail to see the place, mend it or give it back."
    ),
    "registration.form_sent_before": _(
        "This form was sent before with other data. Reload the page to start a new one."
    ),
    "registration.wrong_place": _("This place has changed meanwhile. Reload the page and look again."),
    "registration.reason_missing": _("Write the reason: it is kept with the decision."),
    "registration.written_too_often": _(
        "This address got many mails today. Try again tomorrow, or write to the organiser."
    ),
    "registration.closes_before_opening": _("Registration must close after it opens."),
    "registration.people_are_registered": _(
        "People are registered already. Postpone the event or call it off, so that they are told."
    ),
    "registration.csrf": _(
        "This page was open for too long. Everything you typed is still here: press the button once more."
    ),
}
