from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem, AgendaPerson
from app.kernel.db import db
from app.network.models import Country, Organisation, Person, Project, Region, Sector
from app.practices.errors import PracticeNotFound, UseNotFound
from app.practices.models import Practice, PracticeAim, PracticeAuthor, PracticeFile, PracticeUse
from app.practices.rules import Act, Aim, PracticeFilter
from app.search.queries import refs
from app.studies.models import ClusterService


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    rows: Sequence[Any]
    total: int


def practice_id(slug: str) -> int:
    """Raises PracticeNotFound."""
    found = db.session.scalar(select(Practice.id).where(Practice.slug == slug))
    if found is None:
        raise PracticeNotFound(slug=slug)
    return found


def practice(practice_id: int) -> Practice:
    """A practice with what its search document says; raises PracticeNotFound."""
    query = select(Practice).where(Practice.id == practice_id)
    found = db.session.scalar(
        query.options(
            joinedload(Practice.owner),
            joinedload(Practice.sector),
            selectinload(Practice.aim_rows),
            selectinload(Practice.files).joinedload(PracticeFile.file),
        )
    )
    if found is None:
        raise PracticeNotFound(practice_id=practice_id)
    return found


def with_file(file_id: int) -> Sequence[int]:
    """The ids of practices that a file belongs to."""
    return db.session.scalars(select(PracticeFile.practice_id).where(PracticeFile.file_id == file_id)).all()


def public_name_of(account_id: int) -> str:
    """The name of an account's person who agreed to be shown; empty for any other."""
    person = db.session.scalar(select(Person).where(Person.account_id == account_id, Person.is_public.is_(True)))
    return person.full_name if person else ""


def practice_of_form(form_key: str) -> Practice | None:
    return db.session.scalar(select(Practice).where(Practice.form_key == form_key))


def practice_for_page(slug: str) -> Practice:
    """A practice with its journey, in a fixed number of queries; raises PracticeNotFound."""
    item = selectinload(Practice.uses).joinedload(PracticeUse.agenda_item)
    query = (
        select(Practice)
        .where(Practice.slug == slug)
        .options(
            joinedload(Practice.owner).joinedload(Organisation.country),
            joinedload(Practice.sector),
            joinedload(Practice.region),
            joinedload(Practice.project).joinedload(Project.programme),
            joinedload(Practice.group),
            joinedload(Practice.study),
            selectinload(Practice.aim_rows),
            selectinload(Practice.cluster_services).options(
                joinedload(ClusterService.organisation), selectinload(ClusterService.studies)
            ),
            selectinload(Practice.authors).options(
                joinedload(PracticeAuthor.person), joinedload(PracticeAuthor.organisation)
            ),
            selectinload(Practice.files).joinedload(PracticeFile.file),
            selectinload(Practice.uses).joinedload(PracticeUse.event),
            item.selectinload(AgendaItem.persons).joinedload(AgendaPerson.person),
        )
    )
    found = db.session.scalar(query)
    if found is None:
        raise PracticeNotFound(slug=slug)
    return found


def to_compare(slugs: Sequence[str]) -> list[Practice]:
    """Published practices, in the order asked for."""
    query = (
        select(Practice)
        .where(Practice.slug.in_(slugs), Practice.is_published)
        .options(
            joinedload(Practice.owner),
            joinedload(Practice.region),
            joinedload(Practice.project),
            joinedload(Practice.group),
            selectinload(Practice.aim_rows),
        )
    )
    found = {row.slug: row for row in db.session.scalars(query)}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def with_whole_form(owner_ids: frozenset[int] | None) -> Sequence[Practice]:
    """Practices of these owners, or of all, for a table: by slug."""
    query = select(Practice).options(
        joinedload(Practice.owner), joinedload(Practice.project), selectinload(Practice.aim_rows)
    )
    if owner_ids is not None:
        query = query.where(Practice.owner_id.in_(owner_ids))
    return db.session.scalars(query.order_by(Practice.slug)).all()


def by_slugs(slugs: Collection[str]) -> dict[str, Practice]:
    """Practices with their whole form, by slug."""
    query = select(Practice).where(Practice.slug.in_(slugs)).options(selectinload(Practice.aim_rows))
    return {row.slug: row for row in db.session.scalars(query)}


def countries() -> Sequence[Country]:
    return db.session.scalars(select(Country)).all()


def country(code: str) -> Country | None:
    return db.session.get(Country, code)


def conditions(wanted: PracticeFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.sector:
        tests.append(Practice.sector_id == wanted.sector)
    if wanted.country:
        tests.append(Practice.country_code == wanted.country)
    if wanted.aim:
        has_aim = select(PracticeAim.practice_id).where(PracticeAim.aim == wanted.aim)
        tests.append(Practice.id.in_(has_aim) if wanted.aim in set(Aim) else false())
    if wanted.outcome:
        tests.append(Practice.did_not_work.is_(True) if wanted.outcome == "failed" else false())
    if wanted.q:
        tests.append(Practice.id.in_(refs("practice", wanted.q)))
    return tests


def published(wanted: PracticeFilter, *, offset: int, limit: int) -> Found:
    """Published practices, the newest first, as columns: what a list shows."""
    tests = [Practice.is_published, *conditions(wanted)]
    query = (
        select(
            Practice.slug,
            Practice.title,
            Practice.summary,
            Practice.city,
            Organisation.name.label("owner"),
            Country.name.label("country"),
            Sector.name.label("sector"),
        )
        .join(Practice.owner)
        .join(Country, Country.code == Practice.country_code)
        .outerjoin(Practice.sector)
        .where(*tests)
        .order_by(Practice.created_at.desc(), Practice.id)
        .offset(offset)
        .limit(limit)
    )
    total = db.session.scalar(select(func.count()).select_from(Practice).where(*tests))
    return Found(db.session.execute(query).all(), total or 0)


def written_by(owner_ids: frozenset[int] | None) -> Sequence[Practice]:
    """Practices of these owners, or of all; unpublished ones first."""
    query = select(Practice).options(joinedload(Practice.owner))
    if owner_ids is not None:
        query = query.where(Practice.owner_id.in_(owner_ids))
    return db.session.scalars(query.order_by(Practice.is_published, Practice.changed_at.desc(), Practice.id)).all()


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(Practice.id).where(Practice.slug == slug)) is not None


def knows_owner(organisation_id: int) -> bool:
    return db.session.get(Organisation, organisation_id) is not None


def knows_sector(sector_id: str) -> bool:
    return db.session.get(Sector, sector_id) is not None


def region(code: str) -> Region | None:
    return db.session.get(Region, code)


def use(event_id: int, use_id: int) -> PracticeUse:
    """Raises UseNotFound."""
    query = select(PracticeUse).where(PracticeUse.event_id == event_id, PracticeUse.id == use_id)
    found = db.session.scalar(query)
    if found is None:
        raise UseNotFound(use_id=use_id)
    return found


def same_use(event_id: int, practice_id: int, agenda_item_id: int | None, act: Act) -> PracticeUse | None:
    """The row that already says so. The table's own constraint does not see rows without an item as equal."""
    query = select(PracticeUse).where(
        PracticeUse.event_id == event_id,
        PracticeUse.practice_id == practice_id,
        PracticeUse.agenda_item_id.is_not_distinct_from(agenda_item_id),
        PracticeUse.act == act,
    )
    return db.session.scalar(query)


def uses_at(event_id: int) -> Sequence[PracticeUse]:
    """What happened to practices at an event, in the order in which it was written down."""
    query = select(PracticeUse).where(PracticeUse.event_id == event_id).order_by(PracticeUse.id)
    return db.session.scalars(
        query.options(joinedload(PracticeUse.practice), joinedload(PracticeUse.agenda_item))
    ).all()


def events_of(practice_id: int) -> Sequence[int]:
    """The events at which something happened to a practice."""
    query = select(PracticeUse.event_id).where(PracticeUse.practice_id == practice_id).distinct()
    return db.session.scalars(query.order_by(PracticeUse.event_id)).all()


def used_in(item_ids: Sequence[int]) -> Sequence[Any]:
    """Which published practices came up in these agenda items, and how."""
    query = (
        select(PracticeUse.agenda_item_id, PracticeUse.act, Practice.slug, Practice.title)
        .join(Practice)
        .where(PracticeUse.agenda_item_id.in_(item_ids), Practice.is_published)
        .order_by(PracticeUse.id)
    )
    return db.session.execute(query).all()


def choices() -> Sequence[Any]:
    """Id, address, title and owner's name of the published practices."""
    query = (
        select(Practice.id, Practice.slug, Practice.title, Organisation.name.label("owner"))
        .join(Practice.owner)
        .where(Practice.is_published)
    )
    return db.session.execute(query.order_by(Practice.id)).all()


def pins_around(country_code: str, region_code: str | None, city: str | None) -> Sequence[tuple[float, float]]:
    """Latitude and longitude of the organisations in a town, or else of those in its region."""
    query = select(Organisation.latitude, Organisation.longitude).where(
        Organisation.country_code == country_code,
        Organisation.latitude.is_not(None),
        Organisation.longitude.is_not(None),
    )
    narrower = [Organisation.city == city] if city else []
    wider = [Organisation.region_code == region_code] if region_code else []
    for test in (*narrower, *wider):
        if found := db.session.execute(query.where(test).limit(200)).all():
            return [(row.latitude, row.longitude) for row in found]
    return []


def regions() -> dict[str, str]:
    """The country of every region."""
    return {row.code: row.country_code for row in db.session.execute(select(Region.code, Region.country_code))}
