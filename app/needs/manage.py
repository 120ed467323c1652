"""Needs of an event for its organiser, and needs that clusters state themselves."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.gate import ask_to_sign_in
from app.events.services import manageable_event
from app.kernel import clock
from app.kernel.errors import Invalid, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.needs import queries, services
from app.needs.errors import MayNotState
from app.needs.forms import GatesForm, HideForm, MergeForm, NeedForm, PublishForm
from app.needs.models import Need, NeedCollection
from app.needs.presenters import as_csv, choices_to_merge, managed_parts, votes_words
from app.needs.rules import Gate
from app.network import queries as network
from app.network.current import current_actor

bp = Blueprint("manage_needs", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)
PATH = "/events/<slug>/needs"


@bp.route(PATH, methods=["GET", "POST"])
def event_needs(slug: str) -> AnyResponse:
    """What was said, part by part; ticked ones are shown to everybody or kept back."""
    event = manageable_event(slug, current_actor())
    form = PublishForm()
    if request.method == "GET":
        return _page(slug)
    form.needs.choices = [(need.public_id, need.text) for need in queries.of_event(event.id)]
    if not form.validate():
        return _page(slug, said=_("Tick needs of this list."), status=422)
    is_public = form.public.data != "no"
    changed = services.publish(
        form.needs.data or [], event_slug=slug, is_public=is_public, actor=current_actor(), now=clock.now()
    )
    if not changed:
        flash(_("Nothing was ticked that would change."), "")
    elif is_public:
        flash(ngettext("%(num)d need is public now.", "%(num)d needs are public now.", changed), "ok")
    else:
        flash(ngettext("%(num)d need is kept back now.", "%(num)d needs are kept back now.", changed), "ok")
    return _back(slug)


@bp.get(f"{PATH}.csv")
def needs_csv(slug: str) -> Response:
    event = manageable_event(slug, current_actor())
    answer = Response(as_csv(queries.of_event(event.id)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="needs-{slug}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post(f"{PATH}/parts/<int:item_id>/gates")
def set_gates(slug: str, item_id: int) -> AnyResponse:
    form = GatesForm()
    form.offer()
    manageable_event(slug, current_actor())
    if not form.validate():
        return _page(slug, said=_("Choose one of the list."), status=422)
    services.set_gates(
        event_slug=slug,
        item_id=item_id,
        entries=Gate(form.entries.data),
        votes=Gate(form.votes.data),
        actor=current_actor(),
        now=clock.now(),
    )
    flash(_("Saved."), "ok")
    return _back(slug)


@bp.post(f"{PATH}/parts/<int:item_id>/link")
def table_link(slug: str, item_id: int) -> AnyResponse:
    """Make the link of a table; where there is one, make it anew."""
    if queries.collection(item_id) and request.form.get("anew"):
        services.renew_link(event_slug=slug, item_id=item_id, actor=current_actor(), now=clock.now())
        flash(_("The link is new. The old one opens nothing any more: print the code again."), "ok")
    else:
        services.open_table(event_slug=slug, item_id=item_id, actor=current_actor())
    return _back(slug)


@bp.post(f"{PATH}/<public_id>/hidden")
def hide(slug: str, public_id: str) -> AnyResponse:
    form = HideForm()
    if not form.validate():
        manageable_event(slug, current_actor())
        return _page(slug, said=_("Please give a reason. It is kept, and only organisers read it."), status=422)
    services.hide(public_id, event_slug=slug, reason=form.reason.data, actor=current_actor(), now=clock.now())
    flash(_("The need is hidden."), "ok")
    return _back(slug)


@bp.post(f"{PATH}/<public_id>/shown")
def show(slug: str, public_id: str) -> AnyResponse:
    services.show(public_id, event_slug=slug, actor=current_actor(), now=clock.now())
    flash(_("The need is shown again."), "ok")
    return _back(slug)


@bp.post(f"{PATH}/<public_id>/merged")
def merge(slug: str, public_id: str) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    form = MergeForm()
    form.into.choices = choices_to_merge(queries.of_event(event.id))
    if not form.validate():
        return _page(slug, said=_("Choose another need into which this one goes."), status=422)
    try:
        services.merge(public_id, into=form.into.data, event_slug=slug, actor=current_actor(), now=clock.now())
    except Invalid as refusal:
        return _page(slug, said=say(refusal.code, **refusal.details), status=422)
    flash(_("Two needs are one now; whoever voted for either counts once."), "ok")
    return _back(slug)


@bp.route("/needs/new", methods=["GET", "POST"])
def new_need() -> AnyResponse:
    actor = current_actor()
    if not (actor.is_administrator or actor.managed_ids):
        raise MayNotState
    return _edit(NeedForm(), None)


@bp.route("/needs/<public_id>", methods=["GET", "POST"])
def edit_need(public_id: str) -> AnyResponse:
    need = queries.need(public_id)
    if not services.may_change(need, current_actor()):
        raise MayNotState
    return _edit(NeedForm.of(need), need)


def _edit(form: NeedForm, need: Need | None) -> AnyResponse:
    actor = current_actor()
    own = frozenset({need.cluster_id}) if need and need.cluster_id else frozenset()
    among = None if actor.is_administrator else actor.managed_ids | own
    is_of_event = need is not None and need.event_id is not None
    form.offer(network.organisation_choices(among), nobody=_("Nobody in particular") if is_of_event else "")
    if form.validate_on_submit():
        try:
            if need is None:
                need = services.state_need(values=form.to_input(), actor=actor, now=clock.now())
            else:
                services.reword(need.public_id, values=form.to_input(), actor=actor, now=clock.now())
        except Refusal as refusal:
            if not put_beside_field(form, refusal):
                raise
        else:
            flash(_("Saved."), "ok")
            return redirect(url_for("needs.show", public_id=need.public_id), 303)
    page = render_template("needs/edit.html", form=form, need=need)
    return make_response(page, 422 if form.errors else 200)


def _page(slug: str, *, said: str = "", status: int = 200) -> AnyResponse:
    event = manageable_event(slug, current_actor())
    parts = managed_parts(event)
    gates = {part.item.id: _gates(part.collection) for part in parts}
    page = render_template(
        "needs/manage.html",
        event=event,
        parts=parts,
        gates=gates,
        said=said,
        votes_words=votes_words,
        choices_to_merge=choices_to_merge,
        now=clock.now(),
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _gates(collection: NeedCollection | None) -> GatesForm:
    entries, votes = (collection.entries, collection.votes) if collection else (Gate.BY_TIME, Gate.BY_TIME)
    form = GatesForm(formdata=None, data={"entries": str(entries), "votes": str(votes)})
    form.offer()
    return form


def _back(slug: str) -> AnyResponse:
    return redirect(url_for(".event_needs", slug=slug), 303)
