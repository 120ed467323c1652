"""The organiser's pages about what an event asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.events import queries as events
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Conflict, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.i18n import LANGUAGE_NAMES, language
from app.kernel.phrases import say
from app.network.current import current_actor
from app.questions import queries, services
from app.questions.answered import answered
from app.questions.forms import FormForm, QuestionEditor, form_for
from app.questions.models import Question, QuestionForm
from app.questions.presenters import shown
from app.questions.ready import ready_for
from app.questions.rules import Purpose

bp = Blueprint("questions", __name__, url_prefix="/manage/events/<slug>/questions")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show(slug: str) -> str:
    event = _event(slug)
    forms = queries.forms_of(event.id)
    ids = [question.id for form in forms for question in form.questions]
    return render_template(
        "questions/list.html",
        event=event,
        groups=[(purpose, [form for form in forms if form.purpose is purpose]) for purpose in Purpose],
        has_forms=bool(forms),
        answered=answered(ids),
        ready_for=ready_for,
        **_copies(event.id),
    )


def _copies(event_id: int) -> dict[str, Any]:
    """What the page says of copies: from which template forms come, and how many copies follow this event."""
    return {
        "template": events.template_of(event_id),
        "following": queries.forms_that_follow(event_id) if events.follows_questions(event_id) else frozenset(),
        "copies": events.count_following(event_id),
    }


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> str | Response:
    event = _event(slug)
    asked_for = request.args.get("purpose", "")
    purpose = asked_for if asked_for in set(Purpose) else str(Purpose.JOINING)
    form = FormForm(zone=event.timezone, data={"purpose": purpose})

    def verb() -> None:
        services.add_form(event_id=event.id, values=form.to_input(), actor=current_actor(), now=clock.now())

    return _save(form, verb, lambda: _form_page(event.slug, form, None), _to_list(slug))


@bp.route("/<int:form_id>", methods=["GET", "POST"])
def edit(slug: str, form_id: int) -> str | Response:
    event = _event(slug)
    form = FormForm.of(queries.form(event.id, form_id), event.timezone)

    def verb() -> None:
        services.edit_form(
            event_id=event.id,
            form_id=form_id,
            values=form.to_input(),
            revision=int(form.revision.data),
            actor=current_actor(),
            now=clock.now(),
        )

    return _save(form, verb, lambda: _form_page(slug, form, form_id), _to_list(slug))


@bp.post("/<int:form_id>/removal")
def remove(slug: str, form_id: int) -> Response:
    services.remove_form(event_id=_event(slug).id, form_id=form_id, actor=current_actor(), now=clock.now())
    flash(_("The form and its questions are removed."), "ok")
    return redirect(_to_list(slug), 303)


@bp.get("/<int:form_id>/preview")
def preview(slug: str, form_id: int) -> str:
    """What participants see; ``in`` is the language of the preview."""
    event = _event(slug)
    form = queries.form(event.id, form_id)
    asked_for = request.args.get("in", "")
    lang = asked_for if asked_for in LANGUAGE_NAMES else language()
    with force_locale(lang):
        fields = form_for(form.asked)(formdata=None)
        part = render_template(
            "questions/_preview.html",
            form=fields,
            question_form=form,
            questions=shown(form.asked, event, is_anonymous=form.is_anonymous),
        )
    return render_template(
        "questions/preview.html",
        event=event,
        question_form=form,
        part=Markup(part),  # noqa: S704 – a template of ours in another language
        lang=lang,
        names=LANGUAGE_NAMES,
    )


@bp.post("/<int:form_id>/ready")
def add_ready(slug: str, form_id: int) -> Response:
    event = _event(slug)
    form = queries.form(event.id, form_id)
    ready = request.form.get("ready", "")
    if ready in ready_for(form.purpose):
        added = services.add_ready(
            event_id=event.id, form_id=form_id, ready=ready, actor=current_actor(), now=clock.now()
        )
        flash(_("Added. Look at the words, who sees the answers, and when they are erased."), "ok")
        return redirect(f"{_to_list(slug)}#question-{added[0]}", 303)
    flash(_("Choose which questions to add."), "warn")
    return redirect(f"{_to_list(slug)}#form-{form_id}", 303)


@bp.route("/<int:form_id>/add", methods=["GET", "POST"])
def add(slug: str, form_id: int) -> str | Response:
    event = _event(slug)
    row = queries.form(event.id, form_id)
    form = QuestionEditor(data={"readers": "organisers", "kind": request.args.get("kind", "text")})
    form.offer(row)

    def verb() -> None:
        services.add_question(
            event_id=event.id, form_id=form_id, values=form.to_input(), actor=current_actor(), now=clock.now()
        )

    return _save(form, verb, lambda: _question_page(slug, form, form_id, None), f"{_to_list(slug)}#form-{form_id}")


@bp.route("/items/<int:question_id>", methods=["GET", "POST"])
def edit_question(slug: str, question_id: int) -> str | Response:
    event = _event(slug)
    row = queries.question(event.id, question_id)
    form_id = row.form_id
    form = QuestionEditor.of(row)
    form.offer(row.form)

    def verb() -> None:
        services.edit_question(
            event_id=event.id,
            question_id=question_id,
            values=form.to_input(),
            revision=int(form.revision.data),
            actor=current_actor(),
            now=clock.now(),
        )

    here = f"{_to_list(slug)}#question-{question_id}"
    return _save(form, verb, lambda: _question_page(slug, form, form_id, question_id), here)


@bp.post("/items/<int:question_id>/place")
def move(slug: str, question_id: int) -> Response:
    services.move_question(
        event_id=_event(slug).id,
        question_id=question_id,
        up=request.form.get("direction") != "down",
        actor=current_actor(),
        now=clock.now(),
    )
    return redirect(f"{_to_list(slug)}#question-{question_id}", 303)


@bp.post("/items/<int:question_id>/retirement")
def retire(slug: str, question_id: int) -> Response:
    event_id = _event(slug).id
    stays = services.retire_question(event_id=event_id, question_id=question_id, actor=current_actor(), now=clock.now())
    said = _("It is asked no longer. Its answers are kept.") if stays else _("The question is removed.")
    flash(said, "ok")
    return redirect(_to_list(slug), 303)


@bp.post("/items/<int:question_id>/return")
def bring_back(slug: str, question_id: int) -> Response:
    event_id = _event(slug).id
    services.bring_back(event_id=event_id, question_id=question_id, actor=current_actor(), now=clock.now())
    flash(_("It is asked again."), "ok")
    return redirect(f"{_to_list(slug)}#question-{question_id}", 303)


def _event(slug: str) -> Event:
    return manageable_event(slug, current_actor())


def _to_list(slug: str) -> str:
    return url_for("questions.show", slug=slug)


def _save(form: Any, verb: Callable[[], None], page: Callable[[], str], then: str) -> str | Response:
    """Show a form, or carry out its verb; a refusal stands beside its field, with everything that was typed."""
    if not form.is_submitted():
        return page()
    if not form.validate():
        return make_response(page(), 422)
    try:
        verb()
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            if not isinstance(refusal, Conflict):
                raise
            form.form_errors.append(say(refusal.code, **refusal.details))
        return make_response(page(), 409 if isinstance(refusal, Conflict) else 422)
    flash(_("Saved."), "ok")
    return redirect(then, 303)


def _form_page(slug: str, form: FormForm, form_id: int | None) -> str:
    """The rows are read anew: a refused verb has let go what was read before it."""
    event = _event(slug)
    row: QuestionForm | None = queries.form(event.id, form_id) if form_id else None
    return render_template("questions/form.html", event=event, form=form, question_form=row)


def _question_page(slug: str, form: QuestionEditor, form_id: int, question_id: int | None) -> str:
    event = _event(slug)
    row: Question | None = queries.question(event.id, question_id) if question_id else None
    form.offer_spare_choices()
    return render_template(
        "questions/question.html",
        event=event,
        form=form,
        question_form=queries.form(event.id, form_id),
        question=row,
        has_answers=row is not None and row.id in answered([row.id]),
    )
