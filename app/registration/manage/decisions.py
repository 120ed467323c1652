"""What the organiser decides about people: one or many at once, and who moves up."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.registration.errors import DoesNotFit, ParticipantNotFound, ReasonMissing, RegistrationNotFound
from app.registration.manage.participants import list_page, person_page
from app.registration.manage_forms import DecisionForm, RisingForm
from app.registration.manage_presenters import does_not_fit_words
from app.registration.services import bulk, deciding
from app.registration.services.bulk import Decision

bp = Blueprint("decisions", __name__, url_prefix="/manage/events/<slug>/participants")
bp.before_request(ask_to_sign_in)


@bp.post("/decisions")
def decide(slug: str) -> Response:
    """Checkboxes, one reason, and the button that was pressed."""
    manageable_event(slug, current_actor())
    form = DecisionForm()
    if not form.validate():
        return _again(slug, form, status=422)
    return _carried_out(slug, form, form.action.data, list(dict.fromkeys(form.person.data or [])))


@bp.post("/rising")
def let_up(slug: str) -> Response:
    """The next of the queue get a place, or an offer of one."""
    event = manageable_event(slug, current_actor())
    form = RisingForm()
    if not form.validate():
        return list_page(event, wrong=form, rising_form=form, status=422)
    risen = deciding.let_up(event_slug=slug, how_many=form.how_many.data or 0, actor=current_actor(), now=clock.now())
    if risen:
        people = len(risen)
        flash(ngettext("%(num)d person moved up and is told.", "%(num)d people moved up and are told.", people), "ok")
    else:
        flash(_("Nobody could move up: no place is free that somebody in the queue may have."))
    return redirect(url_for("participants.show", slug=slug, place="waitlisted"), 303)


def _carried_out(slug: str, form: DecisionForm, decision: Decision, people: list[int]) -> Response:
    try:
        count = bulk.decide(
            decision,
            people,
            event_slug=slug,
            reason=form.reason.data or "",
            actor=current_actor(),
            now=clock.now(),
        )
    except RegistrationNotFound as error:
        raise ParticipantNotFound(**error.details) from error
    except ReasonMissing as error:
        put_beside_field(form, error)
        return _again(slug, form, status=422)
    except DoesNotFit as error:
        return _again(slug, form, refusal=does_not_fit_words(error, decision), status=409)
    except Refusal as error:
        return _again(slug, form, refusal=say(error.code, **error.details), status=409)
    flash(_done(decision, count), "ok")
    return redirect(_back(slug), 303)


def _done(decision: Decision, count: int) -> str:
    match decision:
        case Decision.APPROVE:
            return ngettext("%(num)d person is let in and told.", "%(num)d people are let in and told.", count)
        case Decision.REJECT:
            return ngettext(
                "%(num)d person is turned away and told.", "%(num)d people are turned away and told.", count
            )
        case Decision.PROMOTE:
            return _("The place is given, and the participant is told.")
        case Decision.PUT_FORWARD:
            return _("Put at the head of the queue; the reason is kept.")
        case Decision.REMOVE:
            return _("The place was taken back, and the participant is told.")


def _back(slug: str) -> str:
    if (one := _from_person()) is not None:
        return url_for("participants.person", slug=slug, registration_id=one)
    return url_for("participants.show", slug=slug, place=request.args.get("place") or None)


def _again(slug: str, form: DecisionForm, *, refusal: str = "", status: int) -> Response:
    event = manageable_event(slug, current_actor())
    if (one := _from_person()) is not None:
        return person_page(event, one, wrong=form, refusal=refusal, status=status)
    return list_page(event, wrong=form, decision_form=form, refusal=refusal, status=status)


def _from_person() -> int | None:
    """The person whose own page the form stood on."""
    text = request.args.get("from", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
