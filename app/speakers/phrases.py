from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from app.speakers.rules import Equipment, SlotChange, SpeakerStanding, StillMissing

PHRASES: dict[StrEnum, Any] = {
    SpeakerStanding.NOT_ASKED: _("Not asked yet"),
    SpeakerStanding.ASKED: _("Asked, no answer yet"),
    SpeakerStanding.ACCEPTED: _("Accepted"),
    SpeakerStanding.MOVED: _("To be confirmed again"),
    SpeakerStanding.DECLINED: _("Declined"),
    StillMissing.BIO: _("biography"),
    StillMissing.PHOTO: _("photo"),
    StillMissing.SLIDES: _("slides"),
    StillMissing.AVAILABILITY: _("availability"),
    StillMissing.NEEDS: _("needs"),
    SlotChange.TIME: _("The time changed since you accepted."),
    SlotChange.PLACE: _("The room changed since you accepted."),
    Equipment.PROJECTOR: _("Projector or screen"),
    Equipment.SOUND: _("Sound from my computer"),
    Equipment.MICROPHONE: _("Microphone"),
    Equipment.ADAPTER: _("Adapter for my computer"),
    Equipment.COMPUTER: _("A computer to present from"),
    Equipment.INTERNET: _("Internet"),
    Equipment.FLIP_CHART: _("Flip chart"),
}
REFUSALS = {
    "speakers.not_found": _(
        "This link opens nothing any more. Use the latest link from our mails, or ask the organiser."
    ),
    "speakers.slides_not_found": _("This file is not there any more. Look at the list of your slides."),
    "speakers.may_not_ask": _("The event is over or called off, so nobody can be asked any more."),
    "speakers.nobody_to_ask": _(
        "Nobody new can be asked: everybody with an address has the link. Write an address beside whoever has none."
    ),
    "speakers.nobody_to_remind": _(
        "Nobody can be reminded now: everybody has answered, or was written to within the last day or three times."
    ),
    "speakers.asked_just_now": _("The link went out to this person within the last hour. Send it again later."),
    "speakers.no_address": _("Nobody knows where to write to. Write the e-mail address of this person."),
    "speakers.not_answerable": _("The event is over or called off, so nothing can be answered any more."),
    "speakers.part_gone": _("This part is not yours any more: the agenda changed. Reload the page and look again."),
    "speakers.slot_moved_on": _(
        "Time or room changed while this page was open. Look at what it says now, then answer."
    ),
    "speakers.reason_missing": _("Write in a few words why: the organiser has to find somebody else."),
    "speakers.absence_ends_before_start": _("This ends before it begins. Put the later time here."),
    "speakers.too_many_absences": _("Name at most %(most)s stretches. Put neighbouring ones together."),
    "speakers.nothing_to_show": _("There is nothing to show yet. Write a biography or choose a photo first."),
    "speakers.too_many_slides": _("You have sent %(most)s files. Remove one before you send another."),
    "speakers.deadline_over": _("Choose a moment that is to come, before the event ends."),
}
REFUSALS |= {
    "speakers.half_an_absence": _("Write both times, from and until, or leave both empty."),
    "speakers.permission_missing": _(
        "To show it to everybody, tick that you permit it. Otherwise choose who else sees it."
    ),
    "speakers.always_and_not": _("You say both that you can always be there and that you cannot. Keep one of the two."),
}
