"""Papers about people, and the gate list for the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.i18n import LANGUAGE_NAMES
from app.network.current import current_actor
from app.printing import render
from app.sheets import presenters, queries, rules, services
from app.sheets.rules import Layout
from app.sheets.serving import pdf, private

bp = Blueprint("sheets", __name__, url_prefix="/manage/events/<slug>")
bp.before_request(ask_to_sign_in)


@bp.get("/sheets")
def show(slug: str) -> str:
    event = manageable_event(slug, current_actor())
    return render_template(
        "sheets/show.html",
        event=event,
        days=presenters.day_choices(event),
        languages=LANGUAGE_NAMES,
        layouts=list(Layout),
        rooms=queries.rooms_of(event.id),
    )


@bp.get("/signature-sheet.pdf")
def signature_sheet(slug: str) -> Response:
    event, people = services.people_of(slug, actor=current_actor())
    day = rules.day_of(presenters.days(event), request.args.get("day", "1"))
    data = presenters.signature_sheet(event, people, day=day)
    return _pdf("signature_sheet", data, f"signature-sheet-{slug}-{day}")


@bp.get("/participants.pdf")
def participants(slug: str) -> Response:
    event, people = services.people_of(slug, actor=current_actor())
    return _pdf("participants", presenters.participant_list(event, people), f"participants-{slug}")


@bp.get("/badges.pdf")
def badges(slug: str) -> Response:
    """``?only=confirmed`` leaves out who has a part in the event but no registration; ``&layout=a4|foldable``."""
    event, people = services.people_of(slug, actor=current_actor())
    if request.args.get("only") != "confirmed":
        people = services.with_parts(event, people)
    asked = request.args.get("layout", "")
    layout = Layout(asked) if asked in set(Layout) else Layout.A4
    return _pdf("badges", presenters.badges(event, people, layout=layout), f"badges-{slug}")


@bp.get("/gate-list.pdf")
def gate_list_paper(slug: str) -> Response:
    found = services.gate_list(slug, actor=current_actor(), now=clock.now())
    return _pdf("gate_list", presenters.gate_list(found), f"gate-list-{slug}")


@bp.get("/gate-list")
def gate_list(slug: str) -> Response:
    found = services.gate_list(slug, actor=current_actor(), now=clock.now())
    page = render_template(
        "sheets/gate_list.html",
        event=found.event,
        found=found,
        name_of=presenters.name_of,
        totals=presenters.totals(found),
        people_words=presenters.people_words(len(found.people)),
        lead=_("For the host: who comes. What the kitchen needs stands below as totals."),
    )
    return private(make_response(page))


def _pdf(template: str, data: Mapping[str, Any], filename: str) -> Response:
    return private(pdf(render(template, data), filename))
