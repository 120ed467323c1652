"""Fundamental actions, and the notes that they are made of."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.kernel import clock
from app.kernel.i18n import language
from app.network.current import current_actor
from app.network.models import ThematicGroup
from app.network.rules import GroupRole
from app.plans.forms.actions import ActionForm
from app.plans.presenters.actions import notes_by_event
from app.plans.queries import actions as queries
from app.plans.queries import groups
from app.plans.services import access, acting
from app.plans.views.frame import carry_out, done, inside, page


@inside.get("/notes")
def notes(slug: str) -> Response:
    """What was noted at the group's events, and what became of it."""
    group = access.drafted(slug, current_actor())
    found = notes_by_event(group.id, acting.findings(group))
    return page("plans/notes.html", group=group, events=found)


@inside.route("/actions/new", methods=["GET", "POST"])
def add_action(slug: str) -> Response:
    """``?note=cafe_note-7``: everything is filled in from the note and only needs to be saved."""
    group = access.drafted(slug, current_actor())
    form = ActionForm()
    if not form.is_submitted():
        return _page(group, _filled(group))
    _offer(form, group)

    def verb() -> object:
        return acting.add(group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _page(access.drafted(slug, current_actor()), form, status=status)
    return done(_("The action is on the list."), f"/groups/{slug}/actions")


@inside.route("/actions/<int:action_id>", methods=["GET", "POST"])
def edit_action(slug: str, action_id: int) -> Response:
    group = access.drafted(slug, current_actor())
    row = queries.action(group.id, action_id)
    form = ActionForm()
    if not form.is_submitted():
        kept = ActionForm.of(row)
        _offer(kept, group, row.owner_id)
        return _page(group, kept, action_id)
    _offer(form, group, row.owner_id)

    def verb() -> None:
        acting.change(action_id, group_slug=slug, values=form.to_input(), actor=current_actor(), now=clock.now())

    status = carry_out(form, verb)
    if status:
        return _page(access.drafted(slug, current_actor()), form, action_id, status)
    return done(_("Saved."), f"/groups/{slug}/actions")


@inside.post("/actions/<int:action_id>/state")
def move_action(slug: str, action_id: int) -> Response:
    step = request.form.get("step", "")
    acting.move(action_id, group_slug=slug, step=step, actor=current_actor(), now=clock.now())
    return done(_("Saved."), f"/groups/{slug}/actions")


def _filled(group: ThematicGroup) -> ActionForm:
    owner = next((one.organisation_id for one in group.roles if one.role is GroupRole.COORDINATOR), None)
    due = (clock.now() + acting.USUAL_TIME).date()
    reference = request.args.get("note", "")
    if reference:
        form = ActionForm.of_finding(acting.finding(group, reference), owner_id=owner, due=due)
    else:
        form = ActionForm(formdata=None, owner=owner, due=due, source="")
    _offer(form, group)
    return form


def _offer(form: ActionForm, group: ThematicGroup, owner_id: int | None = None) -> None:
    lang = language()
    events = [(one.id, one.title.wording(lang).text) for one in groups.event_choices(group.id)]
    form.offer(list(groups.partners(group.project_id, owner_id)), events)


def _page(group: ThematicGroup, form: ActionForm, action_id: int | None = None, status: int = 200) -> Response:
    return page("plans/action.html", status=status, group=group, form=form, action_id=action_id)
