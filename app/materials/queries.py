from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem, AgendaPerson
from app.events.models import EventOrganisation, EventPerson
from app.files.models import StoredFile
from app.kernel.db import db
from app.materials.errors import MaterialNotFound
from app.materials.models import Material
from app.materials.rules import MAILED, Visibility


def materials(event_id: int, seen: Collection[Visibility] = frozenset(Visibility)) -> Sequence[Material]:
    """The material of an event with one of these visibilities, in its order, with files and items: one query."""
    query = (
        select(Material)
        .where(Material.event_id == event_id, Material.visibility.in_(seen))
        .options(joinedload(Material.file), joinedload(Material.agenda_item))
        .order_by(Material.position, Material.id)
    )
    return db.session.scalars(query).all()


def material(event_id: int, material_id: int) -> Material:
    """A material of this event; raises MaterialNotFound."""
    query = select(Material).where(Material.event_id == event_id, Material.id == material_id)
    found = db.session.scalar(query.options(joinedload(Material.file)))
    if found is None:
        raise MaterialNotFound(material_id=material_id)
    return found


def with_file(file_id: int) -> Sequence[Material]:
    """The material that a file is, with its event."""
    return db.session.scalars(
        select(Material)
        .where(Material.file_id == file_id)
        .options(joinedload(Material.event), joinedload(Material.file))
    ).all()


def file_material(public_id: str, name: str) -> Material:
    """The material whose file has this address, with its event; raises MaterialNotFound."""
    query = (
        select(Material)
        .join(Material.file)
        .where(Material.public_id == public_id, StoredFile.name == name)
        .options(joinedload(Material.file), joinedload(Material.event))
    )
    found = db.session.scalar(query)
    if found is None:
        raise MaterialNotFound(public_id=public_id)
    return found


def materials_to_mail(event_id: int) -> Sequence[Material]:
    """What participants may see and no mail has pointed to yet, in its order, with files."""
    query = (
        select(Material)
        .where(Material.event_id == event_id, Material.visibility.in_(MAILED), Material.mailed_at.is_(None))
        .options(joinedload(Material.file))
        .order_by(Material.position, Material.id)
    )
    return db.session.scalars(query).all()


def public_in_items(item_ids: Sequence[int]) -> Sequence[Any]:
    """``agenda_item_id, public_id, title, url, name`` of what everybody sees in these items."""
    query = (
        select(Material.agenda_item_id, Material.public_id, Material.title, Material.url, StoredFile.name)
        .outerjoin(Material.file)
        .where(Material.agenda_item_id.in_(item_ids), Material.visibility == Visibility.PUBLIC)
        .order_by(Material.position, Material.id)
    )
    return db.session.execute(query).all()


def same_content(event_id: int, sha256: str) -> Material | None:
    query = select(Material).join(Material.file).where(Material.event_id == event_id, StoredFile.sha256 == sha256)
    return db.session.scalar(query.limit(1))


def same_link(event_id: int, url: str) -> Material | None:
    return db.session.scalar(select(Material).where(Material.event_id == event_id, Material.url == url).limit(1))


def last_position(event_id: int) -> int:
    return db.session.scalar(select(func.max(Material.position)).where(Material.event_id == event_id)) or 0


def count(event_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Material.event_id == event_id)) or 0


def the_one_before(material: Material) -> Material | None:
    query = select(Material).where(Material.event_id == material.event_id, Material.position < material.position)
    return db.session.scalar(query.order_by(Material.position.desc(), Material.id.desc()).limit(1))


def has_item(event_id: int, item_id: int) -> bool:
    query = select(AgendaItem.id).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id)
    return db.session.scalar(query) is not None


def has_part(event_id: int, person_id: int | None, organisation_ids: Collection[int]) -> bool:
    """Whether a person, or one of the organisations, has a part in the event or a person one in its agenda."""
    parts = (
        select(EventPerson.id).where(EventPerson.event_id == event_id, EventPerson.person_id == person_id),
        select(AgendaPerson.id)
        .join(AgendaItem)
        .where(AgendaItem.event_id == event_id, AgendaPerson.person_id == person_id),
        select(EventOrganisation.id).where(
            EventOrganisation.event_id == event_id, EventOrganisation.organisation_id.in_(organisation_ids)
        ),
    )
    return db.session.scalar(parts[0].union_all(*parts[1:]).limit(1)) is not None
