from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.registration.rules import FormState, GroupRule, ItemStanding, Origin, Place, Promotion, QuotaKind, Verb, Window

PHRASES = {
    Place.UNVERIFIED: _("Address not confirmed yet"),
    Place.PENDING: _("Waiting for approval"),
    Place.CONFIRMED: _("Confirmed"),
    Place.WAITLISTED: _("Waiting"),
    Place.OFFERED: _("Place offered"),
    Place.OFFER_EXPIRED: _("Offer expired"),
    Place.REJECTED: _("Not accepted"),
    Place.WITHDRAWN: _("Withdrawn"),
    Place.CANCELLED_BY_ORGANISER: _("Removed by the organiser"),
    Verb.JOIN: _("Registered"),
    Verb.ADD: _("Added by the organiser"),
    Verb.WALK_IN: _("Came without registering"),
    Verb.VERIFY: _("Confirmed the address"),
    Verb.LAPSE: _("Address not confirmed in time"),
    Verb.APPROVE: _("Approved"),
    Verb.REJECT: _("Not accepted"),
    Verb.PROMOTE: _("Moved up from the waiting list"),
    Verb.PROMOTE_BY_HAND: _("Given a place by the organiser"),
    Verb.OFFER: _("Offered a place"),
    Verb.ACCEPT: _("Took the offered place"),
    Verb.DECLINE: _("Declined the offered place"),
    Verb.EXPIRE: _("The offer expired"),
    Verb.PRIORITISE: _("Put forward in the queue"),
    Verb.BRING_FEWER: _("Brings fewer companions"),
    Verb.HAND_OVER: _("Handed the place over"),
    Verb.WITHDRAW: _("Gave the place back"),
    Verb.REMOVE: _("Removed by the organiser"),
    Origin.FORM: _("registered online"),
    Origin.ORGANISER: _("added by the organiser"),
    Origin.DELEGATION: _("registered by the delegation"),
    Origin.WALK_IN: _("came without registering"),
    Promotion.AUTOMATIC: _("automatically, in the order of the queue"),
    Promotion.BY_HAND: _("when the organiser says so, in the order of the queue"),
    GroupRule.PART: _("one by one: nobody passes anybody"),
    GroupRule.SKIP: _("together: while a group does not fit, others pass it"),
    QuotaKind.ORGANISATION: _("an organisation"),
    QuotaKind.CLUSTER: _("a cluster and its members"),
    QuotaKind.REGION: _("a region"),
    QuotaKind.ORGANISATION_TYPE: _("a type of organisation"),
    ItemStanding.WANTED: _("chosen; given when your place is confirmed"),
    ItemStanding.SEATED: _("you have a place"),
    ItemStanding.QUEUED: _("waiting for a place"),
    FormState.SOON: _("Not open yet"),
    FormState.TO_DO: _("To do"),
    FormState.DONE: _("Done"),
    FormState.MISSED: _("Closed without an answer"),
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

# what the audit log notes besides changes of place
NOTED = {
    "registration_mended": _("Data changed by the organiser"),
    "item_changed": _("Moved between tables"),
    "sign_up_closed": _("Sign-up for a part of the agenda was closed"),
    "sign_up_reopened": _("Sign-up for a part of the agenda was opened again"),
    "sign_up_removed": _("Sign-up for a part of the agenda was removed"),
    "replaced": _("Replaced by the delegation"),
    "quota_added": _("A quota was added"),
    "quota_changed": _("A quota was changed"),
    "quota_released": _("A quota was released"),
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
    "registration.does_not_fit": _(
        "Nobody was changed, because this does not fit everybody who is chosen. Look at where they stand now."
    ),
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
    "registration.too_many_together": _("These are more people than the event has places. Register fewer at once."),
    "registration.too_many_companions": _("So many companions are not allowed here. Leave some out."),
    "registration.more_companions": _("Companions can only be left out here. Who comes in addition registers alone."),
    "registration.items_clash": _("“%(one)s” and “%(other)s” take place at the same time. Choose one of them."),
    "registration.invitation_used": _(
        "Somebody has registered by this invitation already. Ask the organiser for an invitation of your own."
    ),
    "registration.form_closed": _("This form cannot be answered now. Write to the organiser."),
    "registration.no_such_item": _("One of the chosen parts takes no sign-ups any more. Choose again."),
    "registration.sign_up_in_use": _(
        "People have or await a place there. Close the sign-up, or move them to another part first."
    ),
    "registration.room_too_small": _("The room has fewer seats. Choose a smaller number or a larger room."),
    "registration.answers_wrong": _("Look at the marked answers, then send the form once more."),
    "registration.quotas_above_capacity": _(
        "The places kept by quotas would be more than the event has. Raise the places or keep fewer."
    ),
    "registration.release_past": _("This moment is over. Choose a later one, or release the places by the button."),
    "registration.participant_not_found": _("This person is not registered for this event. Look at the list anew."),
    "registration.quota_released": _("This quota was released already: its free places are in the common pool."),
    "registration.quota_not_found": _("This quota is gone. Reload the page."),
    "registration.not_one_of_yours": _(
        "Nobody of a delegation of yours is found here. Look at your list anew; if you have none, ask the organisers."
    ),
    "registration.changes_closed": _("The time to change data is over. Write to the organiser."),
    "registration.offer_over": _("This offer is over. Your registration shows what you can do next."),
}
