"""Among the services that a study found: which are practices, and which of them are selected, by what and why."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.errors import Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.practices import presenters, services
from app.practices.errors import MayNotIdentify
from app.practices.forms import StepForm
from app.practices.manage.shared import bp, reviewable
from app.practices.permissions import may_choose
from app.practices.presenters.origin import Outcome
from app.practices.queries.origin import VERDICTS
from app.practices.queries.reviewing import lead_ids
from app.practices.rules.states import State, Step
from app.studies import queries as studies
from app.studies.models import Study


@bp.get("/studies/<slug>/selection")
def selection(slug: str) -> Response:
    return _page(_selectable(slug))


@bp.post("/studies/<slug>/services/<int:service_id>/practice")
def identify(slug: str, service_id: int) -> Response:
    """A surveyed service becomes a practice that can be selected."""
    practice = services.identify(study_slug=slug, service_id=service_id, actor=current_actor(), now=clock.now())
    flash(_("Identified as a practice. Now it can be described, and selected."), "ok")
    study = studies.study(slug)
    if _may_select(study):
        return redirect(f"/manage/studies/{slug}/selection#service-{service_id}", 303)
    return redirect(f"/manage/practices/{practice.slug}", 303)


@bp.post("/studies/<slug>/selection/<practice_slug>")
def decide(slug: str, practice_slug: str) -> Response:
    """Select one, or not: by which criteria and why; on behalf of who conducted the study."""
    study = _selectable(slug)
    practice, _parties = reviewable(practice_slug)
    form = _form(study, practice.id)
    step = form.to_step()
    if step not in VERDICTS:
        abort(422)
    if not form.validate():
        return _page(study, practice.id, form, 422)
    try:
        services.take_step(
            practice_id=practice.id, step=step, values=form.to_input(), actor=current_actor(), now=clock.now()
        )
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return _page(_selectable(slug), practice.id, form, 422)
    chosen = say(State.SELECTED) if step is Step.SELECT else _("Not selected")
    flash(_("Noted: %(state)s.", state=chosen), "ok")
    return redirect(f"/manage/studies/{slug}/selection#practice-{practice.id}", 303)


def _selectable(slug: str) -> Study:
    study = studies.study_for_page(slug)
    if not _may_select(study):
        raise MayNotIdentify(slug=slug)
    return study


def _may_select(study: Study) -> bool:
    return may_choose(current_actor(), study.author_ids, lead_ids(study.project_id))


def _page(study: Study, wrong_id: int = 0, wrong: StepForm | None = None, status: int = 200) -> Response:
    outcomes = presenters.outcomes_of(study, current_actor())
    beside = presenters.beside_services(study, outcomes)
    others = presenters.other_outcomes(study, outcomes)
    verdicts = [one.verdict for one in outcomes if one.verdict]
    criteria = max(verdicts, key=lambda one: (one.at, one.id)).criteria if verdicts else ""
    forms = {
        one.id: wrong if wrong is not None and one.id == wrong_id else _empty_form(study, one, criteria)
        for one in outcomes
        if one.steps
    }
    return make_response(
        render_template(
            "practices/selection.html", study=study, beside=beside, others=others, forms=forms, wrong=wrong
        ),
        status,
    )


def _form(study: Study, practice_id: int) -> StepForm:
    form = StepForm(prefix=f"p{practice_id}")
    form.offer([(row.organisation_id, row.organisation.name) for row in study.authors])
    return form


def _empty_form(study: Study, outcome: Outcome, criteria: str) -> StepForm:
    """``criteria``: those of the newest decision about the study stand there already."""
    own = [row.organisation_id for row in study.authors if row.organisation_id in current_actor().managed_ids]
    form = StepForm(
        formdata=None,
        prefix=f"p{outcome.id}",
        data={
            "criteria": outcome.verdict.criteria if outcome.verdict else criteria,
            "reason": outcome.verdict.reason if outcome.verdict else "",
            "organisation_id": next(iter(own), study.authors[0].organisation_id),
        },
    )
    form.offer([(row.organisation_id, row.organisation.name) for row in study.authors])
    return form
