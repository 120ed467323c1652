"""What the pages of all formats have in common."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.events.services import manageable_event
from app.forums.queries import parts
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.printing import render
from app.registration import links
from app.registration.models import Registration
from app.registration.rules import Place

PER_CLIENT = "600/minute; 6000/hour"  # a hall of some hundred phones behind one router


class NoPlace(HTTPException):
    """Leads somebody without a confirmed place to the page that says how it stands."""

    def __init__(self, token: str) -> None:
        super().__init__(response=redirect(f"/registrations/{token}", 303))


def participant(token: str) -> Registration:
    """The registration of a link, with a confirmed place; raises RegistrationNotFound, or leads to the own page."""
    registration = links.open_registration(token)
    if registration.place is not Place.CONFIRMED:
        raise NoPlace(token)
    return registration


def managed_part(slug: str, item_id: int, kind: ItemKind) -> tuple[Event, AgendaItem]:
    """An event and its part, for who manages it; raises MayNotManage, EventNotFound, FormatNotFound."""
    event = manageable_event(slug, current_actor())
    return event, parts.part(event.id, item_id, kind)


def page(template: str, *, status: int = 200, **values: Any) -> AnyResponse:
    """A page that names people, or is of one person: kept by no cache, told to no other site."""
    return private(make_response(render_template(template, **values), status))


def private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def put_refusal(form: Any, refusal: Refusal) -> int:
    """Write a refusal into a form, beside its field or above all; gives the status of the answer."""
    if not put_beside_field(form, refusal):
        form.form_errors.append(say(refusal.code, **refusal.details))
    return 409 if isinstance(refusal, Conflict) else 422


def pdf(template: str, data: dict[str, Any], filename: str) -> Response:
    response = Response(render(template, data), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}-{language()}.pdf"'
    return private(response)


def public_url() -> str:
    return str(current_app.config["FILO"].public_url)
