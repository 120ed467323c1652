"""The pages on which organisers and coordinators write to many; the same for events, projects and groups."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events.presenters import zone_words
from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.mailings import presenters, queries, registry, services
from app.mailings.circles import Circle
from app.mailings.forms import AddressForm, ButtonForm, MailingForm, ReaderForm, TimingForm
from app.mailings.models import Mailing
from app.mailings.ready import READY
from app.mailings.rules import Narrowing, Owner, State
from app.network.current import current_actor

bp = Blueprint("messages", __name__)
bp.before_request(ask_to_sign_in)
PAGE = 100


def name_of(owner: Owner) -> str:
    """The name under which the pages of an owner's mailings are registered."""
    return f"messages_of_{owner}"


@bp.get("")
def overview(slug: str) -> str:
    circle = _circle(slug)
    return render_template(
        "mailings/overview.html",
        circle=circle,
        shelves=presenters.outbox(circle),
        lost=queries.not_arriving_at(circle.id) if circle.event else [],
        ready=presenters.ready_texts(circle),
        form=AddressForm(formdata=None),
    )


@bp.get("/new")
def new(slug: str) -> str:
    circle = _circle(slug)
    text = READY.get(request.args.get("text", "")) if circle.event else None
    form = MailingForm.begun_with(text) if text else MailingForm(is_service=circle.event is not None)
    return _form_page(circle, _offered(form, circle))


@bp.post("")
def create(slug: str) -> Response:
    circle = _circle(slug)
    form = _offered(MailingForm(), circle)
    if form.validate():
        try:
            mailing_id = services.create(
                owner=circle.owner, slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now()
            )
        except Refusal as error:
            if not put_beside_field(form, error):
                raise
        else:
            return redirect(url_for(".show", slug=slug, mailing_id=mailing_id), 303)
    return make_response(_form_page(circle, form), 422)


@bp.get("/<int:mailing_id>")
def show(slug: str, mailing_id: int) -> Response:
    circle, mailing = _mailing(slug, mailing_id)
    return _show(circle, mailing)


@bp.route("/<int:mailing_id>/edit", methods=["GET", "POST"])
def edit(slug: str, mailing_id: int) -> Response:
    circle, mailing = _mailing(slug, mailing_id)
    if request.method == "GET":
        return make_response(_form_page(circle, _offered(MailingForm.of(mailing), circle), mailing))
    form = _offered(MailingForm(), circle)
    if form.validate():
        try:
            services.edit(mailing_id, values=form.to_input(), actor=current_actor(), now=clock.now())
        except Refusal as error:
            if not put_beside_field(form, error):
                raise
        else:
            flash(_("The draft is kept. Nobody has got it yet."), "ok")
            return redirect(url_for(".show", slug=slug, mailing_id=mailing_id), 303)
    return make_response(_form_page(circle, form, mailing), 422)


@bp.post("/<int:mailing_id>/sending")
def send(slug: str, mailing_id: int) -> Response:
    circle, mailing = _mailing(slug, mailing_id)
    form = TimingForm(zone=circle.zone, with_event=circle.event is not None)
    if not form.validate():
        return _show(circle, mailing, timing=form, status=422)
    try:
        services.schedule(mailing_id, timing=form.to_input(), actor=current_actor(), now=clock.now())
    except Refusal as error:
        if not put_beside_field(form, error):
            raise
        return _show(*_mailing(slug, mailing_id), timing=form, status=422)
    flash(_("It is on its way, or goes out at its time. You can stop it here."), "ok")
    return redirect(url_for(".show", slug=slug, mailing_id=mailing_id), 303)


@bp.post("/<int:mailing_id>/stop")
def stop(slug: str, mailing_id: int) -> Response:
    """Take back what waits for its time, or send no more of what goes out."""
    mailing = _mailing(slug, mailing_id)[1]
    if mailing.state is State.SCHEDULED:
        services.take_back(mailing_id, actor=current_actor(), now=clock.now())
        flash(_("It is a draft again."), "ok")
    else:
        services.stop(mailing_id, actor=current_actor(), now=clock.now())
        flash(_("It is stopped. What had left before cannot be fetched back."), "ok")
    return redirect(url_for(".show", slug=slug, mailing_id=mailing_id), 303)


@bp.post("/<int:mailing_id>/retry")
def retry(slug: str, mailing_id: int) -> Response:
    _mailing(slug, mailing_id)
    number = services.retry(mailing_id, actor=current_actor(), now=clock.now())
    flash(ngettext("%(num)d mail is sent again.", "%(num)d mails are sent again.", number), "ok")
    return redirect(url_for(".show", slug=slug, mailing_id=mailing_id), 303)


@bp.post("/<int:mailing_id>/trial")
def try_out(slug: str, mailing_id: int) -> Response:
    """Send it to oneself."""
    circle, mailing = _mailing(slug, mailing_id)
    form = ReaderForm()
    key = int(form.reader.data) if form.validate() and (form.reader.data or "").isdecimal() else 0
    reader = queries.reader(mailing, circle.id, key)
    actor = current_actor()
    locale = reader.locale if reader else language()
    services.queue_test(mailing_id, as_key=key, locale=locale, actor=actor, now=clock.now())
    flash(_("A trial goes to %(address)s.", address=actor.email), "ok")
    return redirect(url_for(".show", slug=slug, mailing_id=mailing_id), 303)


@bp.post("/<int:mailing_id>/removal")
def remove(slug: str, mailing_id: int) -> Response:
    _mailing(slug, mailing_id)
    services.delete(mailing_id, actor=current_actor(), now=clock.now())
    flash(_("The draft is thrown away."), "ok")
    return redirect(url_for(".overview", slug=slug), 303)


@bp.post("/addresses")
def write_again(slug: str) -> Response:
    """Somebody says that an address is right after all."""
    circle = _circle(slug)
    form = AddressForm()
    if circle.event and form.validate():
        services.write_again(circle.id, address=form.address.data, actor=current_actor(), now=clock.now())
        flash(_("The address is written to again."), "ok")
    return redirect(url_for(".overview", slug=slug), 303)


def _circle(slug: str) -> Circle:
    owner = Owner((request.blueprint or "").rpartition("_")[2])
    return services.writable_circle(owner, slug, current_actor())


def _mailing(slug: str, mailing_id: int) -> tuple[Circle, Mailing]:
    circle = _circle(slug)
    return circle, services.writable_mailing(circle, mailing_id)


def _offered(form: MailingForm, circle: Circle) -> MailingForm:
    form.offer(**presenters.choices(circle))
    return form


def _form_page(circle: Circle, form: MailingForm, mailing: Mailing | None = None) -> str:
    return render_template(
        "mailings/form.html",
        circle=circle,
        form=form,
        mailing=mailing,
        placeholders=registry.placeholders_of(circle.owner),
    )


def _show(circle: Circle, mailing: Mailing, *, timing: TimingForm | None = None, status: int = 200) -> Response:
    after, key = _number("after"), _number("as")
    rows: Any = queries.recipients(mailing.id, after=after or 0, limit=PAGE + 1) if mailing.started_at else []
    progress = queries.progress([mailing.id])[mailing.id]
    narrowing = Narrowing.of(mailing.narrowing)
    page = render_template(
        "mailings/show.html",
        circle=circle,
        mailing=mailing,
        line=presenters.line_of(mailing, circle, progress),
        size=queries.audience_size(mailing.audience, circle.id, narrowing) if not mailing.started_at else None,
        answers_go_to=queries.answers_go_to(mailing, circle),
        lost=queries.without_address(mailing.audience, circle.id, narrowing) if not mailing.started_at else [],
        preview=presenters.preview(mailing, circle, key=key, lang=request.args.get("in", "")),
        timing=timing or TimingForm.of(mailing, zone=circle.zone, with_event=circle.event is not None),
        zone=zone_words(circle.zone),
        recipients=rows[:PAGE],
        next_after=rows[PAGE - 1][0].id if len(rows) > PAGE else None,
        button=ButtonForm(formdata=None),
        reader_form=ReaderForm(formdata=None),
        reason=say(mailing.why_code) if mailing.why_code else "",
    )
    return make_response(page, status)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
