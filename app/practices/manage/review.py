"""Where a practice stands: its steps, the comments beside its text, its experts, its versions."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.network.queries import organisation_choices
from app.practices import queries, services
from app.practices.errors import FormNotFilled, SummaryMissing
from app.practices.forms import CommentForm, ExpertForm, StepForm
from app.practices.manage.shared import bp, editable, people, reviewable
from app.practices.permissions import hands_of, is_editor, may_edit
from app.practices.presenters import named_changes, review_parts
from app.practices.rules.states import MOVES, steps_from


@bp.get("/practices/<slug>/review")
def review(slug: str) -> str:
    """The text with its comments, what may be done next, and everything that was done."""
    return _page(slug)


@bp.post("/practices/<slug>/review/steps")
def take_step(slug: str) -> str | Response:
    practice, _parties = reviewable(slug)
    form = _step_form()
    step = form.to_step()
    if step is None:
        abort(422)
    if not form.validate():
        return make_response(_page(slug, step_form=form), 422)
    try:
        services.take_step(
            practice_id=practice.id, step=step, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except (FormNotFilled, SummaryMissing) as refusal:
        return make_response(_page(slug, step_form=form, sentence=say(refusal.code)), 409)
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_page(slug, step_form=form), 422)
    flash(_("Done. Who did it, when and why is kept below."), "ok")
    return redirect(url_for(".review", slug=slug), 303)


@bp.post("/practices/<slug>/review/comments")
def comment(slug: str) -> str | Response:
    practice, _parties = reviewable(slug)
    form = _comment_form()
    if not form.validate():
        return make_response(_page(slug, comment_form=form), 422)
    services.comment(practice_id=practice.id, values=form.to_input(), actor=current_actor(), now=clock.now())
    flash(_("The comment stands beside the text."), "ok")
    return redirect(url_for(".review", slug=slug, _anchor=f"part-{form.part.data}"), 303)


@bp.post("/practices/<slug>/review/comments/<int:remark_id>/settled")
def settle(slug: str, remark_id: int) -> Response:
    practice, _parties = reviewable(slug)
    services.settle(practice_id=practice.id, comment_id=remark_id, actor=current_actor(), now=clock.now())
    return redirect(url_for(".review", slug=slug), 303)


@bp.post("/practices/<slug>/review/experts")
def ask_expert(slug: str) -> str | Response:
    practice, _parties = reviewable(slug)
    form = _expert_form()
    if not form.validate():
        return make_response(_page(slug, expert_form=form), 422)
    services.ask_expert(practice_id=practice.id, person_id=form.person_id.data, actor=current_actor(), now=clock.now())
    flash(_("Asked. The practice waits for the opinion on the expert’s page of practices."), "ok")
    return redirect(url_for(".review", slug=slug), 303)


@bp.post("/practices/<slug>/review/experts/<int:expert_id>/removal")
def release_expert(slug: str, expert_id: int) -> Response:
    practice, _parties = reviewable(slug)
    services.release_expert(practice_id=practice.id, person_id=expert_id, actor=current_actor())
    return redirect(url_for(".review", slug=slug), 303)


@bp.get("/practices/<slug>/versions")
def versions(slug: str) -> str:
    practice, _parties = reviewable(slug)
    return render_template(
        "practices/versions.html",
        practice=practice,
        versions=queries.versions_of(practice.id),
        may_edit=may_edit(current_actor(), practice.owner_id),
    )


@bp.get("/practices/<slug>/versions/<int:version_number>")
def version(slug: str, version_number: int) -> str:
    """What a version changed against the one before it."""
    practice, _parties = reviewable(slug)
    shown = queries.version(practice.id, version_number)
    before = queries.version(practice.id, version_number - 1).content if version_number > 1 else {}
    return render_template(
        "practices/version.html",
        practice=practice,
        version=shown,
        changes=list(named_changes(before, shown.content)),
        may_restore=may_edit(current_actor(), practice.owner_id) and version_number < practice.version,
    )


@bp.post("/practices/<slug>/versions/<int:version_number>/restoration")
def restore(slug: str, version_number: int) -> Response:
    practice = editable(slug)
    services.restore(practice_id=practice.id, number=version_number, actor=current_actor(), now=clock.now())
    flash(_("Saved anew as it was. What stood there between is kept as a version."), "ok")
    return redirect(url_for(".versions", slug=slug), 303)


def _step_form() -> StepForm:
    form = StepForm()
    form.offer(organisation_choices())
    return form


def _comment_form() -> CommentForm:
    form = CommentForm(prefix="comment")
    form.offer()
    return form


def _expert_form() -> ExpertForm:
    form = ExpertForm(prefix="expert")
    form.offer(people())
    return form


def _page(
    slug: str,
    *,
    step_form: StepForm | None = None,
    comment_form: CommentForm | None = None,
    expert_form: ExpertForm | None = None,
    sentence: str = "",
) -> str:
    practice, parties = reviewable(slug)
    actor = current_actor()
    steps = steps_from(practice.state, hands_of(actor, parties))
    return render_template(
        "practices/review.html",
        practice=practice,
        parts=review_parts(practice, queries.comments_of(practice.id)),
        steps=[(step, MOVES[practice.state, step]) for step in steps],
        changes=queries.changes_of(practice.id),
        experts=queries.experts_of(practice.id),
        missing=services.what_is_missing(practice),
        may_edit=may_edit(actor, practice.owner_id),
        is_editor=is_editor(actor, parties),
        step_form=step_form or _step_form(),
        comment_form=comment_form or _comment_form(),
        expert_form=expert_form or _expert_form(),
        sentence=sentence,
    )
