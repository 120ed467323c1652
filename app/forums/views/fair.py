"""A fair: stands for the organiser, taps for participants, counts for the owners of practices."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.events.services.access import visible_event
from app.forums.errors import NotTheOwner
from app.forums.forms.fair import AddressForm, StandForm, TapForm
from app.forums.models import FairStand
from app.forums.presenters import fair as presenters
from app.forums.queries import fair as queries
from app.forums.queries import parts
from app.forums.services import fair as services
from app.forums.times import is_event_over
from app.forums.views.frame import PER_CLIENT, managed_part, page, participant, pdf, public_url, put_refusal
from app.forums.views.manage import bp as manage
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.limits import limiter
from app.network.current import current_actor
from app.practices import queries as practices
from app.practices.permissions import may_edit
from app.registration import links
from app.registration.errors import RegistrationNotFound
from app.registration.models import Registration
from app.registration.rules import Place

bp = Blueprint("fair", __name__)
owners = Blueprint("fair_interest", __name__, url_prefix="/manage")
owners.before_request(ask_to_sign_in)
PATH = "/fair/<int:item_id>"
COOKIE = "filo-fair"  # on a participant's phone for two days: whose phone reads the codes at the stands
KEPT = 2 * 24 * 3600


@manage.get(PATH)
def fair(slug: str, item_id: int) -> AnyResponse:
    return _manage_page(*_part(slug, item_id))


@manage.post(f"{PATH}/stands")
def add_stand(slug: str, item_id: int) -> AnyResponse:
    event, item = _part(slug, item_id)
    form = _stand_form()
    if not form.validate():
        return _manage_page(event, item, form, 422)
    try:
        services.add_stand(
            event_slug=slug,
            item_id=item_id,
            practice_id=form.practice.data,
            place=form.place.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        return _manage_page(*_part(slug, item_id), form, status)
    flash(_("The stand is there."), "ok")
    return _back(slug, item_id)


@manage.post(f"{PATH}/stands/<int:stand_id>/removal")
def remove_stand(slug: str, item_id: int, stand_id: int) -> AnyResponse:
    services.remove_stand(stand_id, event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
    flash(_("The stand is removed."), "ok")
    return _back(slug, item_id)


@manage.get(f"{PATH}/stands.pdf")
def stand_cards(slug: str, item_id: int) -> Response:
    """A page with its code for each stand."""
    _event, item = _part(slug, item_id)
    return pdf("stands", presenters.cards_paper(item, public_url()), f"stands-{slug}")


@owners.get("/practices/<slug>/interest")
def interest(slug: str) -> AnyResponse:
    """For who writes a practice: how many tapped at its stands, never who."""
    practice = practices.practice_for_page(slug)
    if not may_edit(current_actor(), practice.owner_id):
        raise NotTheOwner(slug=slug)
    return page(
        "forums/interest.html",
        practice=practice,
        fairs=presenters.interest_in(practice.id),
        interested_words=presenters.interested_words,
    )


@bp.route("/registrations/<token>/fair/<int:item_id>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def show(token: str, item_id: int) -> AnyResponse:
    """Every stand with a button; from now on this phone is known where it reads the code of a stand."""
    registration = participant(token)
    item = parts.part(registration.allotment.event_id, item_id, ItemKind.FAIR)
    form = TapForm()
    if not form.is_submitted():
        return _own_page(registration, token, item)
    if not form.validate():
        return _own_page(registration, token, item, status=422)
    try:
        services.tap(
            registration.id,
            stand_id=form.stand.data,
            item_id=item_id,
            is_interested=form.is_interested,
            now=clock.now(),
        )
    except Refusal as refusal:
        if "stand_id" in refusal.details:
            raise
        status = put_refusal(form, refusal)
        registration = participant(token)
        item = parts.part(registration.allotment.event_id, item_id, ItemKind.FAIR)
        return _own_page(registration, token, item, form=form, status=status)
    return redirect(url_for(".show", token=token, item_id=item_id, _anchor=f"stand-{form.stand.data}"), 303)


@bp.route("/events/<slug>/stands/<code>", methods=["GET", "POST"])
@limiter.limit(PER_CLIENT, methods=["POST"])
def stand(slug: str, code: str) -> AnyResponse:
    """What the code at a stand opens: one tap where the phone is known, else the address of somebody registered."""
    event = visible_event(slug, current_actor())
    row = queries.stand_with(event.id, code)
    known = _known(event)
    form = AddressForm()
    if not form.is_submitted():
        return _stand_page(event, row, known, AddressForm(formdata=None))
    if known is None and not form.validate():
        return _stand_page(event, row, known, form, 422)
    found = known.id if known else _with_address(event, form.email.data)
    try:
        if found:
            interested = request.form.get("interested") != "no" or known is None
            services.tap(
                found,
                stand_id=row.id,
                item_id=row.item_id,
                is_interested=interested,
                now=clock.now(),
                is_known=known is not None,
            )
    except Refusal as refusal:
        status = put_refusal(form, refusal)
        event = visible_event(slug, current_actor())
        return _stand_page(event, queries.stand_with(event.id, code), _known(event), form, status)
    if known is None:  # the same words whoever is registered
        flash(_("Thank you. If you are registered with this address, your interest is noted."), "ok")
    return redirect(url_for(".stand", slug=slug, code=code), 303)


def _part(slug: str, item_id: int) -> tuple[Event, AgendaItem]:
    return managed_part(slug, item_id, ItemKind.FAIR)


def _stand_form(*, empty: bool = False) -> StandForm:
    form = StandForm(formdata=None) if empty else StandForm()
    form.offer(practices.choices())
    return form


def _known(event: Event) -> Registration | None:
    """Whose phone it is, if it opened the page of the fair before."""
    try:
        registration = links.open_registration(request.cookies.get(COOKIE, ""))
    except RegistrationNotFound:
        return None
    is_here = registration.allotment.event_id == event.id and registration.place is Place.CONFIRMED
    return registration if is_here else None


def _with_address(event: Event, email: str) -> int | None:
    key = email.casefold()
    return parts.confirmed_with_addresses(event.id, [key]).get(key)


def _manage_page(event: Event, item: AgendaItem, form: StandForm | None = None, status: int = 200) -> AnyResponse:
    return page(
        "forums/fair.html",
        status=status,
        event=event,
        item=item,
        stands=presenters.stands_of(item),
        interested_words=presenters.interested_words,
        form=form or _stand_form(empty=True),
        wrong=form,
    )


def _own_page(
    registration: Registration, token: str, item: AgendaItem, *, form: Any = None, status: int = 200
) -> AnyResponse:
    event = registration.allotment.event
    answer = page(
        "forums/stands.html",
        status=status,
        event=event,
        item=item,
        stands=presenters.stands_of(item, registration.id),
        is_over=is_event_over(event, clock.now()),
        form=form,
        token=token,
        organisation=_organisation_of(registration),
    )
    answer.set_cookie(
        COOKIE,
        token,
        max_age=KEPT,
        path=f"/events/{event.slug}/stands",
        secure=current_app.config["FILO"].is_https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _stand_page(
    event: Event, row: FairStand, known: Registration | None, form: AddressForm, status: int = 200
) -> AnyResponse:
    is_mine = known is not None and queries.interest(row.id, known.id) is not None
    return page(
        "forums/stand.html",
        status=status,
        event=event,
        stand=presenters.stand_view(row, is_mine=is_mine),
        known=known,
        organisation=_organisation_of(known) if known else None,
        is_over=is_event_over(event, clock.now()),
        form=form,
    )


def _organisation_of(registration: Registration) -> str | None:
    """The organisation for which a tap of this person counts."""
    return registration.known_organisation.name if registration.known_organisation else None


def _back(slug: str, item_id: int) -> AnyResponse:
    return redirect(url_for("forum.fair", slug=slug, item_id=item_id), 303)
