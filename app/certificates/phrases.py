from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.certificates.rules import Measure, Standing

PHRASES: dict[Any, Any] = {
    Measure.PARTS: _("Parts of the event: lists of the check-in"),
    Measure.HOURS: _("Hours of the days and parts of the agenda at which somebody was"),
    Standing.VALID: _("Valid"),
    Standing.REVOKED: _("Taken back by the organiser"),
    Standing.REPLACED: _("Replaced by a newer certificate"),
}

REFUSALS = {
    "certificates.not_found": _("There is no certificate with this code. Compare it with the paper, sign by sign."),
    "certificates.none": _(
        "There is no certificate for this registration yet. They are issued after the event to those who were present;"
        " if you were there, write to the organiser."
    ),
    "certificates.too_early": _(
        "The event is not over yet. Issue the certificates after its end: only then it is known who was there."
    ),
    "certificates.does_not_take_place": _(
        "There are certificates only for events that took place. Look at the state of this event first."
    ),
    "certificates.nothing_to_correct": _(
        "The certificate says what the registration says. Correct the registration first, then issue it anew."
    ),
    "certificates.revoked_already": _("This certificate was taken back already. Issue it anew if that was a mistake."),
    "certificates.reason_missing": _("Write the reason: it is kept with the decision."),
    "certificates.least_out_of_range": _("Write a number from 1 to %(most)s."),
}
