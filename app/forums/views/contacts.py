"""Contact exchange: a participant's card and those of the others; how many share, for the organiser."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.agenda.rules import ItemKind
from app.events.services import manageable_event
from app.forums.errors import FormatNotFound
from app.forums.forms.contacts import CardForm
from app.forums.presenters import contacts as presenters
from app.forums.queries import contacts as queries
from app.forums.queries import parts
from app.forums.rules.contacts import is_over
from app.forums.services import contacts as services
from app.forums.views.frame import PER_CLIENT, page, participant, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.limits import limiter
from app.network.current import current_actor
from app.registration import links
from app.registration.models import Registration

bp = Blueprint("contacts", __name__)


@manage.get("/contacts")
def contacts(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    return page(
        "forums/contacts_count.html",
        event=event,
        item=None,
        has_part=parts.has_kind(event.id, ItemKind.NETWORKING),
        sharing=queries.count_cards(event.id),
        people=len(parts.confirmed(event.id)),
    )


@bp.route("/registrations/<token>/contacts", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def show(token: str) -> Response:
    """One's own card, and behind it those of the others who share theirs."""
    registration = participant(token)
    _check_part(registration)
    form = CardForm()
    if not form.is_submitted():
        return _page(registration, token, CardForm.of(queries.card(registration.id)))
    if not form.validate():
        return _page(registration, token, form, 422)
    try:
        services.share(registration.id, values=form.to_input(), now=clock.now())
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _page(participant(token), token, form, status)
    flash(_("You share your card. Below are the others who do."), "ok")
    return redirect(url_for(".show", token=token), 303)


@bp.post("/registrations/<token>/contacts/removal")
@limiter.limit(PER_CLIENT)
def take_back(token: str) -> Response:
    """Open to whoever has the link, whatever became of the place."""
    services.take_back(links.open_registration(token).id)
    flash(_("Your card is erased. Nobody sees it any more."), "ok")
    return redirect(f"/registrations/{token}", 303)


def _check_part(registration: Registration) -> None:
    event_id = registration.allotment.event_id
    if not parts.has_kind(event_id, ItemKind.NETWORKING):
        raise FormatNotFound(event_id=event_id)


def _page(registration: Registration, token: str, form: CardForm, status: int = 200) -> Response:
    event = registration.allotment.event
    over = is_over(event.ends_at, clock.now())
    card = queries.card(registration.id)
    return page(
        "forums/contacts.html",
        status=status,
        event=event,
        form=form,
        registration=registration,
        is_sharing=card is not None,
        is_over=over,
        cards=[] if over else presenters.directory(event.id, registration.id),
        token=token,
    )
