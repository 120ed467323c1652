"""The pages of a delegation: an organisation registers its people and sees nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import visible_event
from app.invitations.errors import UnreadableList
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.registration import queries
from app.registration.delegation_forms import DelegationForm, ReplacementForm, Typed
from app.registration.manage_forms import MoveForm
from app.registration.manage_presenters import rows_of, title_of
from app.registration.models import Registration
from app.registration.presenters import seats_of
from app.registration.queries import managing
from app.registration.queries.sending import Sender
from app.registration.rules import LIVE, Place
from app.registration.services import delegating
from app.registration.services.joining import Outcome

bp = Blueprint("delegations", __name__, url_prefix="/delegations/<slug>")
bp.before_request(ask_to_sign_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one line."""

    line: int
    name: str
    email: str
    words: str
    is_in: bool


@bp.get("")
def show(slug: str) -> Response:
    event, sender = _found(slug)
    return _page(event, sender)


@bp.post("")
def register(slug: str) -> Response:
    event, sender = _found(slug)
    form = DelegationForm()
    if not form.validate():
        return _page(event, sender, form=form, status=422)
    try:
        typed = form.people(sender)
    except UnreadableList as error:
        if not put_beside_field(form, error):
            form.pasted.errors = [say(error.code, **error.details)]
        return _page(event, sender, form=form, status=422)
    if not typed:
        form.form_errors.append(_("Type at least one person, or paste a list."))
        return _page(event, sender, form=form, status=422)
    people = [one.person for one in typed if one.person]
    outcomes = delegating.register(
        event_slug=slug,
        organisation_id=sender.id,
        people=people,
        together=form.together.data,
        form_key=form.form_key.data or "",
        actor=current_actor(),
        now=clock.now(),
    )
    answers = _answers(typed, iter(outcomes))
    left = [one for one, answer in zip(typed, answers, strict=True) if not answer.is_in]
    return _page(
        *_found(slug),
        form=DelegationForm.to_mend(left),
        answers=answers,
        status=422 if len(left) == len(typed) else 200,
    )


@bp.post("/people/<int:registration_id>/withdrawal")
def withdraw(slug: str, registration_id: int) -> Response:
    event, sender = _found(slug)
    try:
        delegating.withdraw(
            _number(registration_id),
            event_slug=slug,
            organisation_id=sender.id,
            actor=current_actor(),
            now=clock.now(),
        )
    except Conflict as error:
        return _page(event, sender, refusal=say(error.code, **error.details), status=409)
    flash(_("The place is given back, and the person is told."), "ok")
    return redirect(url_for(".show", slug=slug, organisation=sender.id), 303)


@bp.post("/people/<int:registration_id>/replacement")
def replace(slug: str, registration_id: int) -> Response:
    """Somebody else of the delegation comes instead."""
    event, sender = _found(slug)
    form = ReplacementForm()
    if not form.validate():
        words = _("Write the name and the whole address of who comes instead.")
        return _page(event, sender, refusal=words, instead=(registration_id, form), status=422)
    try:
        delegating.replace(
            _number(registration_id),
            event_slug=slug,
            organisation_id=sender.id,
            to=form.to_input(),
            actor=current_actor(),
            now=clock.now(),
        )
    except Conflict as error:
        words = say(error.code, **error.details)
        if error.code == "registration.already_registered":
            words = _("Whoever should come instead holds a place already.")
        return _page(event, sender, refusal=words, instead=(registration_id, form), status=409)
    flash(_("The place has another person now, and both are told."), "ok")
    return redirect(url_for(".show", slug=slug, organisation=sender.id), 303)


@bp.post("/people/<int:registration_id>/tables")
def move(slug: str, registration_id: int) -> Response:
    """Move a member to another table, onto one, or off one."""
    event, sender = _found(slug)
    form = MoveForm()
    del form.person
    form.offer(_tables(event))
    from_item = request.form.get("from_item", "")
    if not form.validate():
        return _page(event, sender, refusal=_("Choose where to, then try again."), status=422)
    try:
        delegating.move(
            _number(registration_id),
            event_slug=slug,
            organisation_id=sender.id,
            from_item=int(from_item) if from_item.isascii() and from_item.isdecimal() and len(from_item) < 10 else None,
            to_item=form.to_item.data or None,
            actor=current_actor(),
            now=clock.now(),
        )
    except (Conflict, Invalid) as error:
        return _page(event, sender, refusal=say(error.code, **error.details), status=409)
    flash(_("Saved. A free place is given at once, else the person waits there."), "ok")
    return redirect(url_for(".show", slug=slug, organisation=sender.id), 303)


def _found(slug: str) -> tuple[Event, Sender]:
    """The event and the organisation that the address names; raises EventNotFound, NotOneOfYours."""
    actor = current_actor()
    event = visible_event(slug, actor)
    named = request.args.get("organisation", "")
    number = int(named) if named.isascii() and named.isdecimal() and len(named) < 10 else None
    return event, delegating.sender(event, number, actor)


def _number(registration_id: int) -> int:
    return registration_id if registration_id < 2**31 else 0


def _tables(event: Event) -> list[tuple[int, str]]:
    return [(one.item.id, title_of(one.item)) for one in queries.sign_ups(event.id) if one.item is not None]


def _answers(typed: list[Typed], outcomes: Any) -> list[Answer]:
    return [_answer(one, next(outcomes) if one.person else None) for one in typed]


def _answer(typed: Typed, outcome: Outcome | None) -> Answer:
    is_in = isinstance(outcome, Registration)
    if isinstance(outcome, Registration):
        words = say(outcome.place)
    elif isinstance(outcome, Refusal):
        words = _refused(outcome)
    else:
        words = _("Not registered: %(why)s", why=typed.wrong)
    return Answer(line=typed.line, name=typed.name, email=typed.email, words=words, is_in=is_in)


def _refused(refusal: Refusal) -> str:
    if refusal.code == "registration.already_registered":
        return _("Registered already")
    return _("Not registered: %(why)s", why=say(refusal.code, **refusal.details))


def _page(
    event: Event,
    sender: Sender,
    *,
    form: DelegationForm | None = None,
    answers: list[Answer] | None = None,
    instead: tuple[int, ReplacementForm] | None = None,
    refusal: str = "",
    status: int = 200,
) -> Response:
    rows = rows_of(event, managing.of_delegation(event.id, sender.id))
    lines: dict[int, list[int]] = {}
    for line in managing.item_lines(event.id, [row.registration.id for row in rows]) if rows else []:
        lines.setdefault(line.registration_id, []).append(line.item_id)
    page = render_template(
        "registration/delegation.html",
        event=event,
        sender=sender,
        senders=delegating.senders_of(event, current_actor()),
        rows=rows,
        at_tables=lines,
        tables=_tables(event),
        seats=seats_of(event, clock.now()),
        confirmed=sum(row.registration.place is Place.CONFIRMED for row in rows),
        live=LIVE,
        form=form or DelegationForm(formdata=None),
        wrong=form,
        answers=answers or [],
        instead=instead or (0, None),
        refusal=refusal,
    )
    return make_response(page, status)
