from __future__ import annotations

from flask_babel import lazy_gettext as _

REFUSALS = {
    "feedback.not_found": _("This form is not there. Open your registration by the latest link from our mails."),
    "feedback.answered_once": _("You have answered this already. Thank you! Each person answers once."),
    "feedback.not_asked": _("This form is for those who took part in the event. Look at your registration."),
    "feedback.not_yet_open": _("This form is not open yet. It opens when the event is over; we write to you then."),
    "feedback.over": _("This form is closed. If you still want to tell us something, write to the organiser."),
    "feedback.too_few": _(
        "Anonymous answers are shown from %(least)s replies on, so that nobody can be recognised. Look again later."
    ),
}
