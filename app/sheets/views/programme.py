"""Papers about the agenda: the programme for everybody, door sheets and running order for organisers."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.changes.queries import version_of
from app.changes.rules import PAGES
from app.events import queries as events
from app.events.services import manageable_event, visible_event
from app.kernel.i18n import language
from app.kernel.ids import digest
from app.kernel.limits import limiter
from app.network.current import current_actor
from app.printing import render
from app.sheets import agenda_papers, presenters, rules
from app.sheets.serving import pdf, private
from app.sheets.views.people import bp as manage

bp = Blueprint("programme", __name__)
PER_CLIENT = "240/minute"  # a hall of phones behind one router; a paper takes a tenth of a second


@bp.get("/events/<slug>/programme.pdf")
@limiter.limit(PER_CLIENT)
def programme(slug: str) -> Response:
    """For everybody who may see the event; who has the latest one already is told so."""
    visible_event(slug, current_actor())
    event = events.event_for_page(slug)
    tag = digest(f"{event.id} {event.slug} {version_of({PAGES}).number} {language()}")[:24]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = pdf(render("programme", agenda_papers.programme(event)), f"programme-{slug}")
    response.set_etag(tag, weak=True)
    return response


@manage.get("/door-sheets.pdf")
def door_sheets(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    return private(pdf(render("door_sheets", agenda_papers.door_sheets(event)), f"door-sheets-{slug}"))


@manage.get("/running-order.pdf")
def running_order(slug: str) -> Response:
    """``?day=`` counts from 1."""
    event = manageable_event(slug, current_actor())
    day = rules.day_of(presenters.days(event), request.args.get("day", "1"))
    paper = render("running_order", agenda_papers.running_order(event, day=day))
    return private(pdf(paper, f"running-order-{slug}-{day}"))
