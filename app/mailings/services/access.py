"""Who may reach the mailings of an event, a project or a group."""

from __future__ import annotations

from app.events.services import check_manageable, manageable_event
from app.mailings import permissions, queries
from app.mailings.circles import Circle
from app.mailings.errors import MailingNotFound, MayNotWrite
from app.mailings.models import Mailing
from app.mailings.rules import Owner
from app.network.actors import Actor
from app.network.errors import GroupNotFound, ProjectNotFound


def writable_circle(owner: Owner, slug: str, actor: Actor) -> Circle:
    """What somebody writes for; raises MayNotWrite, MayNotManage, or that there is no such thing."""
    circle = _circle(owner, slug, actor)
    check_may_write(circle, actor)
    return circle


def writable_mailing(circle: Circle, mailing_id: int) -> Mailing:
    """A mailing of this circle; raises MailingNotFound for one of another."""
    mailing = queries.mailing(mailing_id)
    if getattr(mailing, circle.column) != circle.id:
        raise MailingNotFound(mailing=mailing_id)
    return mailing


def hold_for_change(mailing_id: int, actor: Actor) -> tuple[Mailing, Circle]:
    """A mailing, locked, for somebody who may write for its circle."""
    mailing = queries.lock_mailing(mailing_id)
    circle = queries.circle_of(mailing)
    check_may_write(circle, actor)
    return mailing, circle


def check_may_write(circle: Circle, actor: Actor) -> None:
    """Raises MayNotWrite, or MayNotManage for an event."""
    if circle.event:
        check_manageable(circle.event, actor)
        return
    if not may_write(circle, actor):
        raise MayNotWrite(slug=circle.slug)


def may_write(circle: Circle, actor: Actor) -> bool:
    """Whether somebody writes to the partners of this project, or to the members of this group."""
    assert circle.project is not None  # noqa: S101 (a group has one too)
    writing_ids = queries.organisations_with(circle.project.id, permissions.WRITING_ROLES)
    if circle.group:
        return permissions.may_write_to_group(actor, writing_ids, queries.coordinators(circle.group.id))
    return permissions.may_write_to_project(actor, writing_ids)


def _circle(owner: Owner, slug: str, actor: Actor) -> Circle:
    if owner is Owner.EVENT:
        event = manageable_event(slug, actor)
        return Circle(owner=owner, event=event, project=event.project)
    if owner is Owner.GROUP:
        group = queries.group_with_slug(slug)
        if group is None:
            raise GroupNotFound(slug=slug)
        return Circle(owner=owner, group=group, project=group.project)
    project = queries.project_with_slug(slug)
    if project is None:
        raise ProjectNotFound(slug=slug)
    return Circle(owner=owner, project=project)
