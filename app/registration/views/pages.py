"""What the pages of participants share."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from app.events.models import Event
from app.kernel.date_words import day_words, local_day
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.registration import queries
from app.registration.errors import WrongPlace
from app.registration.models import Registration
from app.registration.presenters import SeatsView, facts_of, moment_words
from app.registration.rules import LIVE
from app.registration.services import keeping
from config import Config

NEEDS_A_PLACE = frozenset(f"registration/{one}.html" for one in ("edit", "my_tables", "companions", "hand_over"))


def config() -> Config:
    return current_app.config["FILO"]  # type: ignore[no-any-return]


def card(event: Event, seats: SeatsView | None) -> dict[str, Any]:
    """What the box beside a form shows."""
    facts = facts_of(event)
    return {
        "event": event,
        "seats": seats,
        "when": facts.when,
        "where": facts.where,
        "has_exact_day": facts.has_exact_day,
        "closes": moment_words(seats.closes_at, event) if seats and facts.has_exact_day else "",
    }


def own_page(template: str, registration: Registration, token: str, status: int = 200, **values: Any) -> Response:
    """A page behind somebody's link, with the event beside it; once the place is gone only the page that says so.

    Raises WrongPlace for what was sent from a page that was open when the place went.
    """
    if registration.place not in LIVE and template in NEEDS_A_PLACE:
        if request.method == "POST":
            raise WrongPlace(place=registration.place)
        return private(redirect(url_for("registration.show", token=token), 303))
    event = registration.allotment.event
    page = render_template(template, registration=registration, token=token, **card(event, None), **values)
    return private(page, status)


def private(page: str | bytes | AnyResponse, status: int = 200) -> Response:
    """Whoever has the link may see it: no cache keeps it and no other site hears of it."""
    response = make_response(page) if isinstance(page, AnyResponse) else make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def needs_hint(event: Event) -> str:
    day = keeping.erasure_day(event.ends_at, config().retention_days)
    return _("Only the organisers see this. Erased on %(day)s.", day=day_words(local_day(day, event.timezone)))


def put_refusal(form: FlaskForm, refusal: Refusal, event: Event) -> None:
    """Say a refusal beside its field, or above the form where it belongs to none."""
    if refusal.details.get("field") == "companions" and hasattr(form["companions"], "entries"):
        refusal.details["field"] = "companions.0"
    if refusal.details.get("field") == "items":
        _name_items(refusal, event)
    if not put_beside_field(form, refusal):
        form.form_errors.append(say(refusal.code, **refusal.details))


def _name_items(refusal: Refusal, event: Event) -> None:
    """Words instead of ids for the parts of the agenda that cannot both be chosen."""
    titles = {one.agenda_item_id: one.item for one in queries.sign_ups(event.id)}
    for name in ("one", "other"):
        if item := titles.get(refusal.details.get(name)):  # type: ignore[call-overload]
            refusal.details[name] = item.title.wording(language()).text
