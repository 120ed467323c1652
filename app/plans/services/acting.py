"""Fundamental actions: put one down, change it, say where it stands, tell its owner once that it is overdue."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.agenda.findings import Finding, findings_at
from app.invitations.queries import managers_of
from app.kernel.db import db, transactional
from app.kernel.texts import LANGUAGES
from app.mail import services as mail
from app.network.actors import Actor
from app.network.models import ThematicGroup
from app.network.queries import group_for_page
from app.plans import permissions
from app.plans.errors import FindingNotFound, MayNotMoveAction, StepNotPossible, TitleMissing, UnknownChoice
from app.plans.inputs import ActionInput
from app.plans.models import PlanAction
from app.plans.queries import actions as queries
from app.plans.queries import groups
from app.plans.rules import actions as rules
from app.plans.rules.actions import ActionStep
from app.plans.services import access
from app.plans.services.choosing import check_organisations

OVERDUE = "action_overdue"
USUAL_TIME = timedelta(days=90)  # of an action that is made of a note
AT_ONCE = 100


@transactional
def add(*, group_slug: str, values: ActionInput, actor: Actor, now: datetime) -> int:
    """Put an action down; one that comes from a note keeps its words and its event. Gives the id.

    The same of the same note is one action, however often it is sent.

    Raises GroupNotFound, MayNotDraft, TitleMissing, UnknownChoice, FindingNotFound.
    """
    group = access.drafted(group_slug, actor)
    if values.source and (made := queries.same_action(group.id, values.source, values.title)):
        return made
    row = PlanAction(group_id=group.id, created_at=now, source=values.source)
    _write(row, group, values, now)
    if values.source:
        found = finding(group, values.source)
        row.event_id, row.note = found.event_id, values.note or found.text
    db.session.add(row)
    db.session.flush()
    access.note("action.added", group, actor, now, action_id=row.id, source=values.source)
    return row.id


@transactional
def change(action_id: int, *, group_slug: str, values: ActionInput, actor: Actor, now: datetime) -> None:
    """Mend it. A new due day may become overdue anew. Raises what :func:`add` raises, ActionNotFound."""
    group = access.drafted(group_slug, actor)
    row = queries.action(group.id, action_id)
    event_id = row.event_id
    _write(row, group, values, now)
    if row.source:
        row.event_id = event_id
    access.note("action.changed", group, actor, now, action_id=row.id)


@transactional
def move(action_id: int, *, group_slug: str, step: str, actor: Actor, now: datetime) -> None:
    """Say where it stands: those who write the plan, and its owner.

    Raises GroupNotFound, ActionNotFound, MayNotMoveAction, StepNotPossible.
    """
    group = group_for_page(group_slug)
    row = queries.action(group.id, action_id)
    if not permissions.may_move_action(actor, access.circle_of(group), row.owner_id):
        raise MayNotMoveAction(slug=group_slug)
    if step not in set(ActionStep):
        raise StepNotPossible(step=step)
    row.state, row.changed_at = rules.after(row.state, ActionStep(step)), now
    access.note("action.moved", group, actor, now, action_id=row.id, state=str(row.state))


@transactional
def tell_overdue(*, now: datetime) -> int:
    """Write once to the managers of owners whose actions are overdue; how many actions were told of.

    A day is over when UTC says so. An owner without a manager is written to by its own address.
    """
    rows = queries.untold_overdue(now.date(), AT_ONCE)
    managers = managers_of({row.owner_id for row in rows})
    for row in rows:
        row.told_due = row.due
        people = [
            (account or person.email, locale or next((one for one in person.languages if one in LANGUAGES), "en"))
            for owner_id, person, account, locale in managers
            if owner_id == row.owner_id
        ]
        for address, locale in people or [(row.owner.email, "en")]:
            if address:
                mail.queue(
                    OVERDUE,
                    recipient=address,
                    locale=locale,
                    about=f"group:{row.group_id}",
                    dedupe_key=f"action-overdue:{row.id}:{row.due}:{address}",
                    now=now,
                    action_id=row.id,
                )
    return len(rows)


def finding(group: ThematicGroup, reference: str) -> Finding:
    """A note of one of the group's events; raises FindingNotFound."""
    for one in findings(group):
        if one.reference == reference:
            return one
    raise FindingNotFound(reference=reference)


def findings(group: ThematicGroup) -> list[Finding]:
    """Everything that was noted at the group's events."""
    return findings_at([row.id for row in groups.event_choices(group.id)])


def _write(row: PlanAction, group: ThematicGroup, values: ActionInput, now: datetime) -> None:
    if not values.title:
        raise TitleMissing(field="title_en")
    check_organisations([values.owner_id], field="owner")
    if values.event_id is not None and values.event_id not in {one.id for one in groups.event_choices(group.id)}:
        raise UnknownChoice(field="event")
    row.title, row.owner_id, row.due, row.note = values.title, values.owner_id, values.due, values.note
    row.event_id, row.changed_at = values.event_id, now
