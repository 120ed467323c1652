"""The shape of what an organiser types about an agenda. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from app.agenda.errors import NotAClockTime
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.rules import DAY, AgendaRole, ItemKind, PhotoPolicy, Protection, Slot, TravelMode, parse_clock
from app.events.rules import Audience
from app.kernel.form_checks import Boxes, Rows, WholeNumber, line, lines, texts_of
from app.kernel.phrases import say

MOST_PEOPLE = 100_000
Choices = Sequence[tuple[Any, str]]


def words_of(codes: Iterable[StrEnum], *, empty: str | None = None) -> list[tuple[str, str]]:
    """Choices of an enumeration in the reader's language, after an empty one that has words of its own."""
    return [*([("", empty)] if empty is not None else []), *((str(code), say(code)) for code in codes)]


def _id(value: Any) -> int | None:
    return int(value) if value else None


def _seen_at(revision: str | None) -> datetime:
    try:
        return datetime.fromisoformat(revision or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _clock(form: Any, field: Any) -> None:
    try:
        parse_clock(field.data)
    except NotAClockTime as error:
        raise ValidationError(say(error.code)) from error


def clock_line(label: Any) -> Any:
    """A field for ``HH:MM``."""
    return line(label, longest=5, required=_("Write the time as hours and minutes, such as 09:30."), checks=[_clock])


def count(label: Any, longest: int = MOST_PEOPLE) -> Any:
    return WholeNumber(label, [Optional(), NumberRange(1, longest, _("Write a whole number from %(min)s to %(max)s."))])


class PersonRow(Rows):  # type: ignore[misc]
    person_id = SelectField(_("Person"), coerce=_id)
    role = SelectField(_("Role"))
    organisation_id = SelectField(_("Organisation at that time"), coerce=_id)


class ItemForm(FlaskForm):
    """Any item. ``offer`` gives the choices before the form is validated or shown."""

    revision = HiddenField()
    day = SelectField(_("Day"), coerce=int)
    starts = clock_line(_("Begins"))
    ends = clock_line(_("Ends"))
    ends_next_day = BooleanField(_("It ends on the next day"))
    kind = SelectField(_("Kind of item"), [DataRequired()], default=ItemKind.WORKING_TABLE)
    title_en = line(_("Title in English"), longest=200)
    title_it = line(_("Title in Italian"), longest=200)
    title_de = line(_("Title in German"), longest=200)
    abstract_en = lines(_("Description in English"), longest=4000)
    abstract_it = lines(_("Description in Italian"), longest=4000)
    abstract_de = lines(_("Description in German"), longest=4000)
    audience = SelectField(_("Who may take part"), default="")
    room_id = SelectField(_("Room"), coerce=_id)
    track = line(_("Track or table, where there is no room"), longest=80)
    capacity = count(_("Seats of this item"))
    timezone = line(_("Time zone, if it is not the event’s"), longest=60)
    persons = FieldList(FormField(PersonRow), max_entries=40)

    has_stop = False
    has_leg = False

    def offer(self, *, days: Choices, rooms: Choices, persons: Choices, organisations: Choices) -> None:
        self.day.choices = list(days)
        self.kind.choices = words_of(kind for kind in ItemKind if kind is not ItemKind.TRANSFER)
        self.audience.choices = words_of(Audience, empty=str(_("As the event")))
        self.room_id.choices = [("", str(_("No room"))), *rooms]
        for row in self.persons:
            row.form.person_id.choices = [("", str(_("Nobody"))), *persons]
            row.form.role.choices = words_of(AgendaRole)
            row.form.organisation_id.choices = [("", str(_("The present one"))), *organisations]

    def to_input(self) -> ItemInput:
        extra_day = DAY if self.ends_next_day.data else 0
        return ItemInput(
            slot=Slot(
                day=self.day.data,
                start_minute=parse_clock(self.starts.data),
                end_minute=parse_clock(self.ends.data) + extra_day,
                zone=self.timezone.data or None,
            ),
            kind=ItemKind(self.kind.data),
            title=texts_of(self, "title"),
            abstract=texts_of(self, "abstract"),
            audience=Audience(self.audience.data) if self.audience.data else None,
            track=self.track.data or None,
            room_id=self.room_id.data,
            capacity=self.capacity.data,
            persons=tuple(self._persons()),
            stop=self.stop(),
            leg=self.leg(),
        )

    def seen_at(self) -> datetime:
        """The change that this form was opened on; one that was forged knew of none."""
        return _seen_at(self.revision.data)

    def _persons(self) -> Iterable[PersonInput]:
        for row in self.persons:
            if row.form.person_id.data:
                yield PersonInput(
                    person_id=row.form.person_id.data,
                    role=AgendaRole(row.form.role.data),
                    organisation_id=row.form.organisation_id.data,
                )

    def row_of(self, person_id: object) -> int | None:
        """Where somebody was chosen."""
        chosen = (number for number, row in enumerate(self.persons) if row.form.person_id.data == person_id)
        return next(chosen, None)

    def stop(self) -> StopInput | None:
        return None

    def leg(self) -> LegInput | None:
        return None


class StopForm(ItemForm):
    """An item at a host's place."""

    has_stop = True
    kind = SelectField(_("Kind of item"), [DataRequired()], default=ItemKind.SITE_VISIT)
    host_id = SelectField(_("Host"), coerce=_id)
    venue_id = SelectField(_("Venue"), coerce=_id)
    gate = line(_("Entrance or gate"), longest=200)
    group_limit = count(_("How many the host admits at once"))
    protective_equipment = Boxes(_("What the gate asks visitors to wear"))
    needs_identity = BooleanField(_("The gate asks for an identity document"))
    identity_days_before = count(_("Days before on which the host wants the list of names"), 365)
    photo_policy = SelectField(_("Photos"), default=PhotoPolicy.ASK)
    needs_nondisclosure = BooleanField(_("Visitors sign a non-disclosure agreement"))

    def offer(self, *, venues: Choices = (), **choices: Choices) -> None:
        super().offer(**choices)
        self.host_id.choices = [("", str(_("Nobody yet"))), *choices["organisations"]]
        self.venue_id.choices = [("", str(_("The event’s"))), *venues]
        self.protective_equipment.choices = words_of(Protection)
        self.photo_policy.choices = words_of(PhotoPolicy)

    def stop(self) -> StopInput:
        return StopInput(
            host_id=self.host_id.data,
            venue_id=self.venue_id.data,
            gate=self.gate.data or None,
            group_limit=self.group_limit.data,
            protective_equipment=tuple(self.protective_equipment.data or ()),
            needs_identity=self.needs_identity.data,
            identity_days_before=self.identity_days_before.data,
            photo_policy=PhotoPolicy(self.photo_policy.data),
            needs_nondisclosure=self.needs_nondisclosure.data,
        )


class LegForm(ItemForm):
    """A way from one place to another."""

    has_leg = True
    mode = SelectField(_("By"))
    departs_from = line(_("From"), longest=200, required=_("Write where the group departs."))
    arrives_at = line(_("To"), longest=200, required=_("Write where the group arrives."))
    arrival_timezone = line(_("Time zone of the arrival, if it is another one"), longest=60)
    operator = line(_("Operator"), longest=200)
    seats = count(_("Seats on board"))
    meeting_point = line(_("Meeting point"), longest=200)
    distance_km = count(_("Distance in kilometres"), 40_000)

    def offer(self, **choices: Choices) -> None:
        super().offer(**choices)
        self.kind.choices = words_of([ItemKind.TRANSFER])
        self.mode.choices = words_of(TravelMode)

    def leg(self) -> LegInput:
        return LegInput(
            mode=TravelMode(self.mode.data),
            departs_from=self.departs_from.data,
            arrives_at=self.arrives_at.data,
            arrival_timezone=self.arrival_timezone.data or None,
            operator=self.operator.data or None,
            seats=self.seats.data,
            meeting_point=self.meeting_point.data or None,
            distance_km=self.distance_km.data,
        )


class DelayForm(FlaskForm):
    day = SelectField(_("Day"), coerce=int)
    from_time = clock_line(_("What begins at or after"))
    minutes = WholeNumber(
        _("Minutes later (with a minus: earlier)"),
        [InputRequired(_("Write how many minutes.")), NumberRange(-DAY, DAY, _("Write at most a day’s minutes."))],
    )


class RoomForm(FlaskForm):
    """Another room for an item, where the agenda is grouped by rooms."""

    revision = HiddenField()
    room_id = SelectField(_("Room"), coerce=_id)

    def offer(self, rooms: Choices) -> None:
        self.room_id.choices = [("", str(_("No room"))), *rooms]

    def seen_at(self) -> datetime:
        return _seen_at(self.revision.data)


class OverruleForm(FlaskForm):
    warning = SelectField(_("Warning"))
    reason = line(_("Why this is all right"), longest=500, required=_("Say in a few words why this is all right."))
