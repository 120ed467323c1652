from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.dates import european_zones
from app.kernel.errors import Invalid
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network import queries as network
from app.network.current import current_actor
from app.network.panels import panels_of
from app.network.presenters.lists import named, wanted_from
from app.venues import permissions, queries, services
from app.venues.errors import MayNotManageVenue, RoomInUse
from app.venues.forms import MOST_ROOMS, VenueForm
from app.venues.models import Venue
from app.venues.presenters import map_of, room_line

SPARE_ROOMS = 3
bp = Blueprint("venues", __name__)
manage = Blueprint("manage_venues", __name__, url_prefix="/manage/venues")
manage.before_request(ask_to_sign_in)
Answer = str | tuple[str, int] | Response


@bp.get("/venues")
def index() -> str:
    wanted = wanted_from(request.args)
    found = queries.listed_venues(country=wanted.country, q=wanted.q)
    counted = queries.venues_by_country()
    return render_template(
        "venues/index.html",
        venues=found,
        map=map_of(found),
        wanted=wanted,
        countries=[(code, name, counted[code]) for code, name in named(network.country_choices()) if code in counted],
    )


@bp.get("/venues/<slug>")
def show(slug: str) -> str:
    venue = queries.venue_for_page(slug)
    return render_template(
        "venues/show.html",
        venue=venue,
        rooms=[room_line(room) for room in venue.rooms],
        map=map_of([venue]),
        tile_url=current_app.config["FILO"].tile_url,
        may_edit=permissions.may_manage_venue(current_actor(), venue.operator_id),
        panels=panels_of("venue", venue),
    )


@manage.get("")
def mine() -> Answer:
    actor = current_actor()
    return render_template(
        "venues/manage.html",
        venues=queries.managed_venues(None if actor.is_administrator else actor.managed_ids),
        may_add=actor.is_administrator or bool(actor.managed_ids),
    )


@manage.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    actor = current_actor()
    if not actor.is_administrator and not actor.managed_ids:
        raise MayNotManageVenue
    return _save(VenueForm(data={"timezone": "Europe/Rome"}), None)


@manage.route("/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> Answer:
    venue = queries.venue_for_page(slug)
    if not permissions.may_manage_venue(current_actor(), venue.operator_id):
        raise MayNotManageVenue
    return _save(VenueForm(data=VenueForm.values_of(venue)), venue)


def _save(form: VenueForm, venue: Venue | None) -> Answer:
    actor = current_actor()
    form.offer(None if actor.is_administrator else actor.managed_ids)
    status = 200
    if form.validate_on_submit():
        try:
            return _saved(_write(form, venue))
        except Invalid as refusal:
            if not put_beside_field(form, _in_the_form(form, refusal)):
                raise
        except RoomInUse as refusal:
            form.form_errors.append(say(refusal.code))
            status = 409
    status = 422 if form.errors and status == 200 else status
    _offer_spare_rooms(form, len(venue.rooms) if venue else 0)
    return render_template("venues/edit.html", form=form, venue=venue, zones=european_zones()), status


def _offer_spare_rooms(form: VenueForm, there: int) -> None:
    while len(form.rooms) < min(there + SPARE_ROOMS, MOST_ROOMS):
        form.rooms.append_entry()


def _write(form: VenueForm, venue: Venue | None) -> Venue:
    actor, now = current_actor(), clock.now()
    if venue is None:
        return services.add_venue(form.to_input(), actor=actor, now=now)
    return services.edit_venue(venue.id, form.to_input(), actor=actor, now=now)


def _saved(venue: Venue) -> Response:
    flash(_("Saved: %(name)s", name=venue.name.wording(language()).text), "ok")
    return redirect(url_for("venues.show", slug=venue.slug), 303)


def _in_the_form(form: VenueForm, refusal: Invalid) -> Invalid:
    """A refusal counts the rooms that are wanted; the form has empty lines between them."""
    parts = str(refusal.details.get("field", "")).split(".")
    if parts[0] == "rooms":
        refusal.details["field"] = f"rooms.{form.wanted_rooms()[int(parts[1])]}.{parts[2]}"
    return refusal
