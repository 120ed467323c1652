"""Forms of venues: shape only."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import Optional, ValidationError

from app.kernel.form_checks import Boxes, Number, Rows, WholeNumber, line, lines, texts_into, texts_of
from app.kernel.phrases import say
from app.network import queries as network
from app.network.presenters.lists import named
from app.venues.models import Venue
from app.venues.rules import Layout, RoomInput, VenueInput

MOST_ROOMS = 60
STEP_FREE = {"yes": True, "no": False, "": None}


class RoomForm(Rows):  # type: ignore[misc]
    """A room's line. One without name and seats is left out; ``goes`` takes the room away."""

    id = HiddenField()
    name = line(_("Name of the room"), longest=120)
    seats = WholeNumber(_("Seats"), [Optional()])
    layouts = Boxes(_("Can be set up as"))
    goes = BooleanField(_("This room goes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layouts.choices = [(str(layout), say(layout)) for layout in Layout]

    @property
    def is_wanted(self) -> bool:
        return not self.goes.data and bool(self.name.data or self.seats.data is not None or self.id.data)

    def to_input(self) -> RoomInput:
        return RoomInput(
            id=int(self.id.data) if re.fullmatch(r"[0-9]{1,9}", self.id.data or "") else None,
            name=self.name.data or "",
            seats=self.seats.data or 0,
            layouts=tuple(Layout(layout) for layout in self.layouts.data or ()),
        )


class VenueForm(FlaskForm):  # type: ignore[misc]
    name_en = line(_("Name, in English"), longest=200)
    name_it = line(_("Name, in Italian"), longest=200)
    name_de = line(_("Name, in German"), longest=200)
    operator_id = SelectField(_("Run by"), coerce=lambda value: int(value) if value else None)
    street = line(_("Street and number"), longest=200)
    postcode = line(_("Postcode"), longest=20)
    city = line(_("Town"), longest=120, required=_("Please name the town."))
    country_code = SelectField(_("Country"))
    region_code = SelectField(_("Region"), [Optional()])
    latitude = Number(_("Latitude"), [Optional()])
    longitude = Number(_("Longitude"), [Optional()])
    timezone = line(_("Time zone"), longest=60, required=_("Please name the time zone."))
    access_en = lines(_("How to get there, in English"), longest=5000)
    access_it = lines(_("How to get there, in Italian"), longest=5000)
    access_de = lines(_("How to get there, in German"), longest=5000)
    step_free = SelectField(_("Step-free access"), [Optional()])
    house_rules_en = lines(_("House rules, in English"), longest=5000)
    house_rules_it = lines(_("House rules, in Italian"), longest=5000)
    house_rules_de = lines(_("House rules, in German"), longest=5000)
    rooms = FieldList(FormField(RoomForm), max_entries=MOST_ROOMS)

    def offer(self, operators: frozenset[int] | None) -> None:
        """Give the choices, in the reader's language; ``operators`` are those that may be named, None means all."""
        choose = ("", str(_("Choose…")))
        self.operator_id.choices = [choose, *network.organisation_choices(operators)]
        self.country_code.choices = [choose, *named(network.country_choices())]
        self.region_code.choices = [choose, *named(network.region_choices())]
        self.step_free.choices = [("", str(_("Not known"))), ("yes", str(_("Yes"))), ("no", str(_("No")))]

    def validate_operator_id(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose who runs the venue."))

    def validate_country_code(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose a country."))

    def wanted_rooms(self) -> list[int]:
        """The places in the list of the lines that hold a room."""
        return [place for place, entry in enumerate(self.rooms) if entry.form.is_wanted]

    def to_input(self) -> VenueInput:
        return VenueInput(
            name=texts_of(self, "name"),
            operator_id=self.operator_id.data,
            street=self.street.data or None,
            postcode=self.postcode.data or None,
            city=self.city.data,
            country_code=self.country_code.data,
            region_code=self.region_code.data or None,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            timezone=self.timezone.data,
            access=texts_of(self, "access"),
            step_free=STEP_FREE[self.step_free.data or ""],
            house_rules=texts_of(self, "house_rules"),
            rooms=tuple(self.rooms[place].form.to_input() for place in self.wanted_rooms()),
        )

    @staticmethod
    def values_of(venue: Venue) -> dict[str, Any]:
        """What fills the form to change a venue."""
        plain = ("operator_id", "street", "postcode", "city", "country_code", "latitude", "longitude", "timezone")
        return {
            **{name: getattr(venue, name) for name in plain},
            **texts_into("name", venue.name),
            **texts_into("access", venue.access),
            **texts_into("house_rules", venue.house_rules),
            "region_code": venue.region_code or "",
            "step_free": {True: "yes", False: "no", None: ""}[venue.step_free],
            "rooms": [
                {"id": str(room.id), "name": room.name, "seats": room.seats, "layouts": list(room.layouts)}
                for room in venue.rooms
            ],
        }
