"""Put material at an event, say who sees it, take it away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from app.audit import services as audit
from app.events.models import Event
from app.events.services.access import hold_for_change
from app.files import services as files
from app.files.rules import Accepted
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import opaque_id
from app.materials import queries
from app.materials.errors import AlreadyThere, TooMuchMaterial, UnknownItem
from app.materials.facts import MaterialsChanged
from app.materials.inputs import MaterialInput
from app.materials.models import Material
from app.materials.rules import MOST, MaterialKind, Visibility, check_address, check_permission, title_of
from app.network.actors import Actor
from app.search import services as search
from app.search.facets import Facets


@transactional
def upload(*, event_id: int, accepted: Accepted, values: MaterialInput, actor: Actor, now: datetime) -> Material:
    """Add a file that was accepted.

    Raises MayNotManage, PermissionMissing, UnknownItem, TooMuchMaterial, and AlreadyThere for the same content again.
    """
    event = hold_for_change(event_id, actor)
    if same := queries.same_content(event_id, accepted.sha256):
        raise AlreadyThere(field="files", name=accepted.name, title=same.title)
    row = _added(event, values, values.title or title_of(accepted.name), actor, now)
    row.file = files.keep(accepted, now=now)
    return _told(row)


@transactional
def link(*, event_id: int, url: str, values: MaterialInput, actor: Actor, now: datetime) -> Material:
    """Add what lies elsewhere on the web, a recording say. Raises NoAddress and what :func:`upload` raises."""
    event = hold_for_change(event_id, actor)
    check_address(url)
    if same := queries.same_link(event_id, url):
        raise AlreadyThere(field="url", name=url, title=same.title)
    row = _added(event, values, values.title or url, actor, now)
    row.url = url
    return _told(row)


@transactional
def edit(*, event_id: int, material_id: int, values: MaterialInput, actor: Actor, now: datetime) -> Material:
    """Say something else of a material. Raises MayNotManage, MaterialNotFound, PermissionMissing, UnknownItem."""
    event, row = hold_for_change(event_id, actor), queries.material(event_id, material_id)
    was_public = row.visibility is Visibility.PUBLIC
    row.title = values.title or row.title
    _describe(row, values, now)
    if was_public != (row.visibility is Visibility.PUBLIC):
        _note(event, row, actor, now)
    reindex(row)
    record(MaterialsChanged(event_id=event_id))
    return row


@transactional
def publish(*, event_id: int, material_id: int, permission_by: str, actor: Actor, now: datetime) -> None:
    """Show a material to everybody, as somebody permitted. Raises PermissionMissing, MayNotManage, MaterialNotFound."""
    event, row = hold_for_change(event_id, actor), queries.material(event_id, material_id)
    _open_to(row, Visibility.PUBLIC, permission_by, now)
    _note(event, row, actor, now)
    reindex(row)
    record(MaterialsChanged(event_id=event_id))


@transactional
def unpublish(*, event_id: int, material_id: int, actor: Actor, now: datetime) -> None:
    """Leave a material to the organisers; the permission lapses, its trace is in the audit log."""
    event, row = hold_for_change(event_id, actor), queries.material(event_id, material_id)
    _open_to(row, Visibility.ORGANISERS, None, now)
    _note(event, row, actor, now)
    reindex(row)
    record(MaterialsChanged(event_id=event_id))


@transactional
def remove(*, event_id: int, material_id: int, actor: Actor, now: datetime) -> None:
    """Take a material away; its address is empty at once, its content is swept later."""
    event, row = hold_for_change(event_id, actor), queries.material(event_id, material_id)
    _note(event, row, actor, now, action="material.removed")
    search.forget("material", row.id)
    db.session.delete(row)
    record(MaterialsChanged(event_id=event_id))


@transactional
def move_up(*, event_id: int, material_id: int, actor: Actor) -> None:
    """Put a material before the one that stands before it; the first stays where it is."""
    hold_for_change(event_id, actor)
    row = queries.material(event_id, material_id)
    if before := queries.the_one_before(row):
        row.position, before.position = before.position, row.position
        record(MaterialsChanged(event_id=event_id))


@transactional
def reindex(row: Material) -> None:
    """Put the search document anew: what it is called and, of a document, says. Only what is public can be found."""
    db.session.flush()
    if row.visibility is not Visibility.PUBLIC or row.kind is MaterialKind.PHOTO:
        search.forget("material", row.id)
        return
    event = row.event
    texts = [*event.title.all_words(), *(files.words_of([row.file]) if row.file else ())]
    facets = Facets(languages=(row.language,), years=(event.starts_at.year,))
    search.index("material", row.id, names=[row.title], texts=texts, facets=facets)


@transactional
def note_mailed(material_ids: Collection[int], *, now: datetime) -> None:
    """Remember that a mail pointed to these."""
    db.session.execute(update(Material).where(Material.id.in_(material_ids)).values(mailed_at=now))


def _added(event: Event, values: MaterialInput, title: str, actor: Actor, now: datetime) -> Material:
    if queries.count(event.id) >= MOST:
        raise TooMuchMaterial(most=MOST)
    row = Material(
        public_id=opaque_id(),
        event_id=event.id,
        title=title[:200],
        account_id=actor.account_id,
        created_at=now,
        position=queries.last_position(event.id) + 1,
    )
    _describe(row, values, now)
    if row.visibility is Visibility.PUBLIC:
        _note(event, row, actor, now)
    return row


def _told(row: Material) -> Material:
    db.session.add(row)
    reindex(row)
    record(MaterialsChanged(event_id=row.event_id))
    return row


def _describe(row: Material, values: MaterialInput, now: datetime) -> None:
    if values.agenda_item_id and not queries.has_item(row.event_id, values.agenda_item_id):
        raise UnknownItem(field="agenda_item_id")
    row.kind, row.language, row.credit = values.kind, values.language, values.credit
    row.agenda_item_id = values.agenda_item_id
    _open_to(row, values.visibility, values.permission_by, now)


def _open_to(row: Material, visibility: Visibility, permission_by: str | None, now: datetime) -> None:
    check_permission(visibility, permission_by)
    if permission_by != row.permission_by:
        row.permission_by, row.permission_at = permission_by, now if permission_by else None
    row.visibility = visibility


def _note(event: Event, row: Material, actor: Actor, now: datetime, action: str = "material.shown") -> None:
    audit.note(
        action,
        subject=f"event:{event.slug}",
        account_id=actor.account_id,
        now=now,
        material=row.public_id,
        visibility=row.visibility,
        permission_by=row.permission_by,
    )
