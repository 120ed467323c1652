"""The shape of what an organiser types about an entry of the itinerary."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional

from app.agenda.forms import Choices, clock_line, count, words_of
from app.agenda.inputs import LegInput
from app.agenda.rules import DAY, PhotoPolicy, Protection, TravelMode, parse_clock
from app.kernel.form_checks import Boxes, NoControlCharacters, Shorter, WholeNumber, line, lines, texts_of, trimmed
from app.kernel.form_times import Day
from app.kernel.i18n import LANGUAGE_NAMES
from app.visits.inputs import AskInput, EntryInput, HostAnswer
from app.visits.rules.times import Pauses


def _id(value: Any) -> int | None:
    return int(value) if value else None


class TimesForm(FlaskForm):  # type: ignore[misc]
    """When an entry begins and how long it takes: all that is asked here of a meal or a break."""

    revision = HiddenField()
    starts = clock_line(_("Begins"))
    minutes = WholeNumber(
        _("Minutes"),
        [
            InputRequired(_("Write how many minutes it takes.")),
            NumberRange(1, DAY, _("Write a number of minutes from 1 to 1440.")),
        ],
    )
    pauses = RadioField(_("What comes later"), default=Pauses.USE)

    def offer(self, **choices: Choices) -> None:
        self.pauses.choices = words_of((Pauses.USE, Pauses.KEEP))

    def to_input(self) -> EntryInput:
        return EntryInput(
            starts=parse_clock(self.starts.data), minutes=self.minutes.data, pauses=Pauses(self.pauses.data)
        )


class StopForm(TimesForm):
    title_en = line(_("Title in English"), longest=200)
    title_it = line(_("Title in Italian"), longest=200)
    title_de = line(_("Title in German"), longest=200)
    host_id = SelectField(_("Host"), coerce=_id)
    venue_id = SelectField(_("Venue"), coerce=_id)

    def offer(self, *, organisations: Choices = (), venues: Choices = (), **choices: Choices) -> None:
        super().offer(**choices)
        self.host_id.choices = [("", str(_("Nobody yet"))), *organisations]
        self.venue_id.choices = [("", str(_("The event’s"))), *venues]

    def to_input(self) -> EntryInput:
        plain = super().to_input()
        return EntryInput(
            starts=plain.starts,
            minutes=plain.minutes,
            pauses=plain.pauses,
            title=texts_of(self, "title"),
            host_id=self.host_id.data,
            venue_id=self.venue_id.data,
        )


class LegForm(TimesForm):
    mode = SelectField(_("By"))
    departs_from = line(_("From"), longest=200, required=_("Write where the group departs."))
    arrives_at = line(_("To"), longest=200, required=_("Write where the group arrives."))
    meeting_point = line(_("Meeting point"), longest=200)
    operator = line(_("Operator"), longest=200)
    seats = count(_("Seats on board"))
    distance_km = count(_("Distance in kilometres"), 40_000)
    arrival_timezone = line(_("Time zone of the arrival, if it is another one"), longest=60)

    def offer(self, **choices: Choices) -> None:
        super().offer(**choices)
        self.mode.choices = words_of(TravelMode)

    def to_input(self) -> EntryInput:
        plain = super().to_input()
        leg = LegInput(
            mode=TravelMode(self.mode.data),
            departs_from=self.departs_from.data,
            arrives_at=self.arrives_at.data,
            arrival_timezone=self.arrival_timezone.data or None,
            operator=self.operator.data or None,
            seats=self.seats.data,
            meeting_point=self.meeting_point.data or None,
            distance_km=self.distance_km.data,
        )
        return EntryInput(starts=plain.starts, minutes=plain.minutes, pauses=plain.pauses, leg=leg)


class TurnForm(FlaskForm):  # type: ignore[misc]
    revision = HiddenField()
    way = SelectField(_("Direction"), choices=["earlier", "later"])


class AskForm(FlaskForm):  # type: ignore[misc]
    """Whom to ask about a stop."""

    name = line(_("Who is asked"), longest=200, required=_("Write the name of the person who answers for the host."))
    email = EmailField(
        _("E-mail"),
        [
            DataRequired(_("Write the e-mail address of the person who answers for the host.")),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )
    locale = SelectField(_("Language of the mail"))
    due_on = Day(_("Answer until"), [InputRequired(_("Choose the day until which the host should answer."))])

    def offer(self) -> None:
        self.locale.choices = list(LANGUAGE_NAMES.items())

    def to_input(self) -> AskInput:
        return AskInput(name=self.name.data, email=self.email.data, locale=self.locale.data, due_on=self.due_on.data)


class HostForm(FlaskForm):  # type: ignore[misc]
    """What a host says of its house."""

    group_limit = count(_("How many you can have at once"), 10_000)
    protective_equipment = Boxes(_("What visitors must wear"))
    photo_policy = RadioField(_("Photos"))
    needs_nondisclosure = BooleanField(_("Visitors sign a non-disclosure agreement"))
    needs_identity = BooleanField(_("The gate needs a list of names"))
    names_due_on = Day(_("Names needed on"), [Optional()])
    gate = line(_("Entrance or gate"), longest=200)
    access = lines(_("How to get in"), longest=1000)
    contact_name = line(_("Who meets the group"), longest=200)
    contact_phone = line(_("Phone on the day"), longest=60)
    shows_contact = BooleanField(_("Participants may see this name and number"))
    safety_en = lines(_("Safety rules in English"), longest=4000)
    safety_it = lines(_("Safety rules in Italian"), longest=4000)
    safety_de = lines(_("Safety rules in German"), longest=4000)
    note = lines(_("A word to the organiser"), longest=1000)

    def offer(self) -> None:
        self.protective_equipment.choices = words_of(Protection)
        self.photo_policy.choices = words_of(PhotoPolicy)

    def to_input(self) -> HostAnswer:
        return HostAnswer(
            group_limit=self.group_limit.data,
            protective_equipment=tuple(self.protective_equipment.data or ()),
            photo_policy=PhotoPolicy(self.photo_policy.data),
            needs_nondisclosure=self.needs_nondisclosure.data,
            needs_identity=self.needs_identity.data,
            names_due_on=self.names_due_on.data,
            gate=self.gate.data or "",
            safety=texts_of(self, "safety"),
            access=self.access.data or "",
            contact_name=self.contact_name.data or "",
            contact_phone=self.contact_phone.data or "",
            shows_contact=self.shows_contact.data,
            note=self.note.data or "",
        )


class DeclineForm(FlaskForm):  # type: ignore[misc]
    reason = lines(
        _("Why not, and what could be done instead"),
        longest=1000,
        required=_("Write in a few words why: the organiser has to look for another place."),
    )


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    """Whom participants call."""

    name = line(_("Who is called"), longest=200)
    phone = line(_("Phone on the day"), longest=60)

    def validate(self, **more: Any) -> bool:
        is_good = super().validate(**more)
        if self.name.data and not self.phone.data:
            self.phone.errors = [*self.phone.errors, str(_("Write the number too, or leave both empty."))]
            return False
        return bool(is_good)
