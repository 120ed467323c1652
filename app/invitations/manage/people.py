"""The organiser's pages about invitations and codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.models import Event
from app.events.services import manageable_event
from app.invitations import queries, rules, services
from app.invitations.forms import CodeForm, InviteForm, ListForm, ReminderForm
from app.invitations.presenters import code_words, figures_of, moment_words
from app.invitations.rules import InvitationStatus
from app.invitations.services import reminding
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor

bp = Blueprint("manage_invitations", __name__, url_prefix="/manage/events/<slug>/invitations")
bp.before_request(ask_to_sign_in)
PAGE = 100


@bp.get("")
def show(slug: str) -> AnyResponse:
    return list_page(_event(slug))


@bp.post("")
def invite(slug: str) -> AnyResponse:
    form = InviteForm()

    def carry_out() -> str:
        services.invite(event_slug=slug, guest=form.to_input(), actor=current_actor(), now=clock.now())
        return _("%(email)s is invited; the mail is on its way.", email=form.email.data)

    return _carried_out(slug, form, carry_out, invite_form=form)


@bp.post("/<int:invitation_id>/revocation")
def revoke(slug: str, invitation_id: int) -> AnyResponse:
    services.revoke(invitation_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The invitation is taken back: its link opens nothing any more."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/reminders")
def remind(slug: str) -> AnyResponse:
    _event(slug)
    people = reminding.remind_all(event_slug=slug, actor=current_actor(), now=clock.now())
    flash(ngettext("%(num)d person is reminded.", "%(num)d people are reminded.", people), "ok")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/reminder")
def set_reminder(slug: str) -> AnyResponse:
    form = ReminderForm()

    def carry_out() -> str:
        days = form.remind_days_before.data
        reminding.set_reminder(event_slug=slug, days_before=days, actor=current_actor(), now=clock.now())
        return _("Saved. Whoever is silent then gets a mail.") if days else _("Saved. Nobody is reminded by itself.")

    return _carried_out(slug, form, carry_out, reminder_form=form)


@bp.post("/codes")
def make_code(slug: str) -> AnyResponse:
    event = _event(slug)
    form = CodeForm(zone=event.timezone)

    def carry_out() -> str:
        code = services.make_code(event_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())
        return _("The code is %(code)s. Tell it to whom it is for.", code=code_words(code))

    return _carried_out(slug, form, carry_out, code_form=form)


@bp.post("/codes/<int:code_id>/removal")
def drop_code(slug: str, code_id: int) -> AnyResponse:
    services.drop_code(code_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The code opens nothing any more."), "ok")
    return redirect(url_for(".show", slug=slug), 303)


def list_page(event: Event, *, status: int = 200, wrong: Any = None, **forms: Any) -> AnyResponse:
    """The page with all its forms; ``wrong`` is the one that was sent and could not be used."""
    shown = request.args.get("status", "")
    before = request.args.get("before", "")
    wanted = InvitationStatus(shown) if shown in set(InvitationStatus) else None
    found = queries.invitations(
        event.id,
        status=wanted,
        limit=PAGE + 1,
        before=int(before) if before.isdecimal() and before.isascii() and len(before) < 10 else None,
    )
    counts = queries.counts_by_status(event.id)
    now = clock.now()
    settings = queries.settings_of(event.id)
    blank = {"formdata": None}
    offered = {
        "invite_form": InviteForm(**blank),
        "list_form": ListForm(**blank),
        "code_form": CodeForm(zone=event.timezone, **blank),
        "reminder_form": ReminderForm(remind_days_before=settings.remind_days_before if settings else None, **blank),
    }
    page = render_template(
        "invitations/manage.html",
        event=event,
        figures=figures_of(counts),
        counts=counts,
        statuses=list(InvitationStatus),
        shown=wanted,
        invitations=found[:PAGE],
        next_before=found[PAGE - 1].id if len(found) > PAGE else None,
        silent=queries.count_silent(event.id, written_before=now - rules.BETWEEN_LETTERS),
        lists=queries.open_lists(event.id),
        codes=queries.codes(event.id),
        code_words=code_words,
        moment=lambda instant: moment_words(instant, event),
        wrong=wrong,
        **offered | forms,
    )
    return make_response(page, status)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _carried_out(slug: str, form: Any, carry_out: Callable[[], str], **forms: Any) -> AnyResponse:
    """Back to the page with a word, or the page again with what is wrong beside its field."""
    event = _event(slug)
    if not form.validate():
        return list_page(event, status=422, wrong=form, **forms)
    try:
        words = carry_out()
    except Refusal as error:
        if not put_beside_field(form, error):
            form.form_errors.append(say(error.code, **error.details))
        return list_page(_event(slug), status=409, wrong=form, **forms)
    flash(words, "ok")
    return redirect(url_for(".show", slug=slug), 303)
