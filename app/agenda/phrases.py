from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.agenda.rules import AgendaRole, ItemKind, PhotoPolicy, Protection, TravelMode, Trouble

KINDS = {
    ItemKind.REGISTRATION: _("Arrival and badges"),
    ItemKind.WELCOME: _("Welcome"),
    ItemKind.KEYNOTE: _("Keynote"),
    ItemKind.PRACTICE_PRESENTATION: _("Practice presentation"),
    ItemKind.WORKING_TABLE: _("Working table"),
    ItemKind.NEEDS_SESSION: _("Needs"),
    ItemKind.PROPOSALS_SESSION: _("Proposals"),
    ItemKind.NETWORKING: _("Networking"),
    ItemKind.BREAK: _("Break"),
    ItemKind.MEAL: _("Meal"),
    ItemKind.SITE_VISIT: _("Site visit"),
    ItemKind.TRANSFER: _("Transfer"),
    ItemKind.WORLD_CAFE: _("World café"),
    ItemKind.FAIR: _("Good-practice fair"),
    ItemKind.PITCH: _("Pitch"),
    ItemKind.PEER_REVIEW: _("Peer review"),
    ItemKind.B2B_BLOCK: _("One-to-one meetings"),
    ItemKind.DEBRIEF: _("Debrief"),
    ItemKind.CLOSING: _("Closing"),
}
ROLES = {
    AgendaRole.SPEAKER: _("Speaker"),
    AgendaRole.INVITED_EXPERT: _("Invited expert"),
    AgendaRole.MODERATOR: _("Moderator"),
    AgendaRole.RAPPORTEUR: _("Rapporteur"),
    AgendaRole.TABLE_HOST: _("Table host"),
    AgendaRole.INTERPRETER: _("Interpreter"),
}
MODES = {
    TravelMode.COACH: _("Coach"),
    TravelMode.TRAIN: _("Train"),
    TravelMode.FOOT: _("On foot"),
    TravelMode.CAR: _("Car"),
    TravelMode.SHIP: _("Ship"),
    TravelMode.PLANE: _("Plane"),
}
PHOTOS = {
    PhotoPolicy.ALLOWED: _("Photos are allowed"),
    PhotoPolicy.ASK: _("Ask before you take photos"),
    PhotoPolicy.FORBIDDEN: _("No photos"),
}
PROTECTION = {
    Protection.SAFETY_SHOES: _("Safety shoes"),
    Protection.COAT: _("Coat"),
    Protection.HAIR_NET: _("Hair net"),
    Protection.HELMET: _("Helmet"),
    Protection.GOGGLES: _("Goggles"),
    Protection.EAR_PROTECTION: _("Ear protection"),
    Protection.VEST: _("High-visibility vest"),
}
# each says what is the matter and what to do; %(other)s is a title, %(person)s a name
TROUBLES = {
    Trouble.ENDS_BEFORE_START: _("It ends before it begins. Set a later end."),
    Trouble.ARRIVES_BEFORE_DEPARTING: _("It arrives before it departs. Look at the times, and at the zone of arrival."),
    Trouble.NO_SUCH_TIME: _("The clocks go forward that night: this time does not exist. Choose one an hour later."),
    Trouble.OUTSIDE_EVENT: _("This is outside the event. Choose another time, or change the event’s."),
    Trouble.ROOM_TAKEN: _("The room is taken at that time. Choose another room or another time."),
    Trouble.PERSON_TWICE: _("Somebody here is also needed elsewhere at that time. Move one of the two items."),
    Trouble.SHORT_CHANGEOVER: _(
        "Somebody has %(minutes)s minutes to come here from another room. Leave %(needed)s, or keep the room."
    ),
    Trouble.ROOM_CHANGEOVER: _(
        "%(minutes)s minutes to clear the room of what was there before. Leave %(needed)s, or take another room."
    ),
    Trouble.ROOM_TOO_SMALL: _("%(capacity)s people, but %(seats)s seats. Take a larger room or fewer people."),
    Trouble.LITTLE_SLACK: _(
        "%(minutes)s minutes from the arrival to what follows. Leave %(needed)s: groups are slow and roads are full."
    ),
    Trouble.NO_WAY_BETWEEN: _("Nothing takes the group here from the stop before. Add a leg between the two."),
    Trouble.GROUP_TOO_LARGE: _(
        "The host admits %(limit)s at once and %(people)s come. Plan %(groups)s sub-groups that take turns."
    ),
    Trouble.PLENARY_OVERLAPPED: _(
        "This overlaps something that is meant for everybody. Move it, or say what it overlaps in another way."
    ),
    Trouble.ROOM_BUSY: _(
        "%(room)s is busy with something else from %(starts)s to %(ends)s. Ask whoever runs it, or take another room."
    ),
    Trouble.SEATS_SHORT: _(
        "%(people)s people signed up, but %(seats)s seats. Take a larger room, or move some of them to another table."
    ),
    Trouble.SIGNED_UP_TWICE: _(
        "%(people)s people signed up for this and for something at the same time. Move one of the two, or ask them."
    ),
    Trouble.NO_PAUSE: _("More than three hours without a pause. Put a break or a meal before this ends."),
}
REFUSALS: dict[str, Any] = {
    "agenda.item_not_found": _("This item is no longer on the agenda. Somebody may have removed it."),
    "agenda.not_a_clock_time": _("Write the time as hours and minutes, such as 09:30."),
    "agenda.room_elsewhere": _("This room is in another venue. Choose one where the event or the stop is."),
    "agenda.unknown_reference": _("What was chosen here does not exist any more. Choose again."),
    "agenda.reason_missing": _("Say in a few words why this is all right."),
    "agenda.changed_meanwhile": _(
        "Somebody else changed this item since you opened it. What you typed is still here: look at what stands there "
        "now, then save again to put yours in its place."
    ),
    "agenda.cannot_overrule": _("This cannot be overruled: look at the agenda again."),
    "agenda.not_empty": _("There is an agenda already. Remove its items first, or edit them."),
    "agenda.nothing_follows": _("Nothing begins at that time or after it. Choose an earlier time."),
}
PHRASES: dict[Any, Any] = {
    **KINDS,
    **ROLES,
    **MODES,
    **PHOTOS,
    **PROTECTION,
    **TROUBLES,
    **{f"agenda.{trouble}": words for trouble, words in TROUBLES.items()},
    **REFUSALS,
}
