from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.pilots.rules import Stage

PHRASES = {
    Stage.PROPOSED: _("proposed"),
    Stage.AGREED: _("agreed"),
    Stage.IN_PILOT: _("in pilot"),
    Stage.IMPLEMENTED: _("implemented"),
    Stage.TAKEN_UP: _("taken up"),
    Stage.DROPPED: _("dropped"),
    "pilots.service_not_found": _("There is no such service. Look for it in the list of services."),
    "pilots.pilot_not_found": _("This pilot is not there any more. Reload the page."),
    "pilots.uptake_not_found": _("This uptake is not there any more. Reload the page."),
    "pilots.need_missing": _("Choose the need that the service answers. Without one there is nothing to propose."),
    "pilots.title_missing": _("Please give a title in one language at least."),
    "pilots.unknown_choice": _("Choose one of the list."),
    "pilots.ends_before_start": _("The last day lies before the first."),
    "pilots.due_day_over": _("This day is over already. Give one that is still to come, or none."),
    "pilots.not_a_web_address": _("This is no address on the web. It begins with https://"),
    "pilots.adopter_twice": _("This organisation took it up already."),
    "pilots.wrong_step": _("From where the service is now, this is not the next step. Reload the page."),
    "pilots.no_pilot_yet": _(
        "A service is in pilot once a pilot has begun, and implemented once one is finished. Enter that first."
    ),
    "pilots.nobody_took_it_up": _("Nobody took it up yet. Note who did, then take this step."),
    "pilots.edited_meanwhile": _("Somebody else changed the same words meanwhile. Compare, then save again."),
    "pilots.something_hangs_on_it": _(
        "Only a proposal that was never agreed, and has no pilot and no uptake, can be removed. Drop it instead."
    ),
    "pilots.stage_rests_on_it": _("The service is where it is because of this. Correct it, but it cannot be removed."),
    "pilots.may_not_propose": _("Services are proposed by those who manage an organisation of the network. Ask yours."),
    "pilots.may_not_edit": _("Only those who own, proposed or implement the service may change it."),
    "pilots.not_named": _("This service names no organisation that you manage, or no longer."),
}
# a step as a button says it
STEPS = {
    Stage.PROPOSED: _("Propose it again"),
    Stage.AGREED: _("It is agreed"),
    Stage.IN_PILOT: _("It is in pilot"),
    Stage.IMPLEMENTED: _("It is implemented"),
    Stage.TAKEN_UP: _("It is taken up"),
    Stage.DROPPED: _("Drop it"),
}
