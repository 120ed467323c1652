from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, true, union_all
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event, EventOrganisation
from app.events.rules import Audience, OrganisationRole
from app.kernel.db import db, table_of
from app.needs.errors import NeedCommentNotFound, NeedNotFound, NoNeedsHere, TableLinkNotFound
from app.needs.models import Need, NeedCollection, NeedComment, NeedVote
from app.needs.rules import Insider, NeedFilter, NeedState
from app.network.models import Organisation, OrganisationTypeRow, ProjectRoleRow, ThematicGroup, group_sector
from app.network.rules import OrganisationStatus, OrganisationType
from app.search.queries import refs

COLLECTING = frozenset({ItemKind.NEEDS_SESSION, ItemKind.WORKING_TABLE, ItemKind.PROPOSALS_SESSION})
PAGE = 30
_WHOLE = (
    joinedload(Need.cluster).joinedload(Organisation.region),
    joinedload(Need.sector),
    joinedload(Need.event),
    joinedload(Need.item),
)
_items, _needs = table_of(AgendaItem), table_of(Need)


def need(public_id: str) -> Need:
    """Raises NeedNotFound."""
    found = db.session.scalar(select(Need).where(Need.public_id == public_id).options(*_WHOLE))
    if found is None:
        raise NeedNotFound(public_id=public_id)
    return found


def hold_need(need_id: int) -> Need:
    """The row, locked: votes are counted under it. Raises NeedNotFound."""
    query = select(Need).where(Need.id == need_id).with_for_update()
    found = db.session.scalar(query, execution_options={"populate_existing": True})
    if found is None:
        raise NeedNotFound(id=need_id)
    return found


def need_of_form(form_key: str) -> Need | None:
    return db.session.scalar(select(Need).where(Need.form_key == form_key))


def needs_by_id(ids: Collection[int]) -> Sequence[Need]:
    return db.session.scalars(select(Need).where(Need.id.in_(ids)).options(*_WHOLE)).all()


def merged_into(need_id: int) -> Sequence[Need]:
    """What became part of a need, in the order in which it was said."""
    return db.session.scalars(
        select(Need).where(Need.merged_into_id == need_id).options(joinedload(Need.cluster)).order_by(Need.at, Need.id)
    ).all()


def part(event_id: int, item_id: int) -> AgendaItem:
    """A part of an agenda at which needs are collected; raises NoNeedsHere."""
    found = db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id, AgendaItem.id == item_id, AgendaItem.kind.in_(COLLECTING))
        .options(joinedload(AgendaItem.event))
    )
    if found is None:
        raise NoNeedsHere(item_id=item_id)
    return found


def parts_of(event_id: int) -> Sequence[AgendaItem]:
    """Those parts of an event, in the order of time."""
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id, AgendaItem.kind.in_(COLLECTING))
        .options(joinedload(AgendaItem.event))
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
    ).all()


def has_parts(event_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(_items.c.event_id == event_id, _items.c.kind.in_(COLLECTING)))))


def collection(item_id: int) -> NeedCollection | None:
    return db.session.get(NeedCollection, item_id)


def collection_of(item_id: int) -> NeedCollection:
    """One that was just made; raises NoNeedsHere."""
    found = collection(item_id)
    if found is None:
        raise NoNeedsHere(item_id=item_id)
    return found


def collection_with(public_id: str) -> NeedCollection:
    """Raises TableLinkNotFound."""
    found = db.session.scalar(
        select(NeedCollection)
        .where(NeedCollection.public_id == public_id)
        .options(joinedload(NeedCollection.item).joinedload(AgendaItem.event))
    )
    if found is None:
        raise TableLinkNotFound(public_id=public_id)
    return found


def collections_of(event_id: int) -> dict[int, NeedCollection]:
    found = db.session.scalars(select(NeedCollection).where(NeedCollection.event_id == event_id))
    return {each.item_id: each for each in found}


def count_put_in(item_id: int, registration_id: int | None) -> int:
    """How many needs one participant put in at a part, or all who came by the link of its table."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Need)
            .where(Need.item_id == item_id, Need.registration_id.is_not_distinct_from(registration_id))
        )
        or 0
    )


def shown_at(item_id: int) -> Sequence[Need]:
    """What is shown of a part, the most wanted first, and of equals what was said first."""
    return db.session.scalars(
        select(Need)
        .where(Need.item_id == item_id, Need.state == NeedState.SHOWN)
        .options(joinedload(Need.cluster))
        .order_by(Need.voters.desc(), Need.at, Need.id)
    ).all()


def latest_at(item_ids: Collection[int], most: int) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """The newest needs of some parts, at most so many of each, newest first; in one query."""
    place = func.row_number().over(partition_by=Need.item_id, order_by=(Need.at.desc(), Need.id.desc())).label("place")
    ranked = (
        select(Need.id, Need.item_id, Need.text, Need.voters, Need.cluster_id, place)
        .where(Need.item_id.in_(item_ids), Need.state == NeedState.SHOWN)
        .subquery()
    )
    rows = db.session.execute(
        select(ranked.c.item_id, ranked.c.text, ranked.c.voters, Organisation.name.label("cluster"))
        .outerjoin(Organisation, Organisation.id == ranked.c.cluster_id)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.item_id, ranked.c.place)
    )
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def counts_at(item_ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(_needs.c.item_id, func.count())
        .where(_needs.c.item_id.in_(item_ids), _needs.c.state == NeedState.SHOWN)
        .group_by(_needs.c.item_id)
    )
    return dict.fromkeys(item_ids, 0) | {row[0]: row[1] for row in rows}


def version_of(event_id: int) -> tuple[int, int, datetime | None]:
    """What changes with every need and every vote of an event; one indexed query."""
    row = db.session.execute(
        select(func.count(), func.coalesce(func.sum(_needs.c.voters), 0), func.max(_needs.c.changed_at)).where(
            _needs.c.event_id == event_id
        )
    ).one()
    return (row[0], row[1], row[2])


def voted_for(voter: str, need_ids: Collection[int]) -> set[int]:
    return set(
        db.session.scalars(select(NeedVote.need_id).where(NeedVote.voter == voter, NeedVote.need_id.in_(need_ids)))
    )


def voters_of(need_ids: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in db.session.execute(select(NeedVote.need_id, NeedVote.voter).where(NeedVote.need_id.in_(need_ids))):
        found.setdefault(row.need_id, set()).add(row.voter)
    return found


def vote(need_id: int, voter: str) -> NeedVote | None:
    return db.session.get(NeedVote, (need_id, voter))


def count_voters(need_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(NeedVote).where(NeedVote.need_id == need_id)) or 0


def of_event(event_id: int) -> Sequence[Need]:
    """Everything said at an event, hidden and merged ones too, in the order of its parts."""
    return db.session.scalars(
        select(Need)
        .where(Need.event_id == event_id)
        .options(joinedload(Need.cluster), joinedload(Need.item))
        .order_by(Need.item_id, Need.voters.desc(), Need.at, Need.id)
    ).all()


def by_registration(registration_id: int) -> Sequence[Need]:
    return db.session.scalars(
        select(Need).where(Need.registration_id == registration_id).order_by(Need.at, Need.id)
    ).all()


def public_of_event(event_id: int, limit: int) -> Sequence[Need]:
    return _first(_public().where(Need.event_id == event_id), limit)


def public_of_cluster(cluster_id: int, limit: int) -> Sequence[Need]:
    return _first(_public().where(Need.cluster_id == cluster_id), limit)


def public_of_group(group_id: int, limit: int) -> Sequence[Need]:
    return _first(_public().where(_in_group(ThematicGroup.id == group_id)), limit)


def _public() -> Select[Need]:
    return select(Need).where(Need.is_public, Need.state == NeedState.SHOWN).options(*_WHOLE)


def _first(query: Select[Need], limit: int) -> Sequence[Need]:
    return db.session.scalars(query.order_by(Need.voters.desc(), Need.at.desc(), Need.id).limit(limit)).all()


def comments_on(need_id: int) -> Sequence[NeedComment]:
    """The oldest first."""
    return db.session.scalars(
        select(NeedComment).where(NeedComment.need_id == need_id).order_by(NeedComment.at, NeedComment.id)
    ).all()


def comment(need_id: int, comment_id: int) -> NeedComment:
    """Raises NeedCommentNotFound."""
    found = db.session.scalar(select(NeedComment).where(NeedComment.id == comment_id, NeedComment.need_id == need_id))
    if found is None:
        raise NeedCommentNotFound(comment_id=comment_id)
    return found


def comment_of_form(form_key: str) -> NeedComment | None:
    return db.session.scalar(select(NeedComment).where(NeedComment.form_key == form_key))


def visible_to(insider: Insider) -> ColumnElement[bool]:
    """Public needs are for everybody; the others for the clusters, partners and organisers that they concern."""
    return or_(Need.is_public, concerning(insider))


def concerning(insider: Insider) -> ColumnElement[bool]:
    """The needs of the clusters, projects and events that somebody belongs to, public or not."""
    if insider.sees_all:
        return true()
    of_project = select(Event.id).where(Event.project_id.in_(insider.project_ids))
    organised = select(EventOrganisation.event_id).where(
        EventOrganisation.organisation_id.in_(insider.organisation_ids),
        EventOrganisation.role.in_([OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER]),
    )
    seen_by_partners = and_(
        Need.event_id.in_(of_project),
        Need.event_id.not_in(select(Event.id).where(Event.audience == Audience.INTERNAL)),
    )
    return or_(
        Need.cluster_id.in_(insider.organisation_ids),
        Need.event_id.in_(organised),
        seen_by_partners,
    )


def concerns(need_id: int, insider: Insider) -> bool:
    return bool(db.session.scalar(select(exists().where(Need.id == need_id, concerning(insider)))))


def is_visible(need_id: int, insider: Insider) -> bool:
    return bool(db.session.scalar(select(exists().where(Need.id == need_id, visible_to(insider)))))


def listed(wanted: NeedFilter, insider: Insider, *, page: int = 1) -> tuple[Sequence[Need], int]:
    """One page of shown needs, the most wanted first, and how many there are in all."""
    tests = [Need.state == NeedState.SHOWN, visible_to(insider), *_conditions(wanted)]
    total = db.session.scalar(select(func.count()).select_from(Need).where(*tests)) or 0
    rows = db.session.scalars(
        select(Need)
        .where(*tests)
        .options(*_WHOLE)
        .order_by(Need.voters.desc(), Need.at.desc(), Need.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return rows, total


def _conditions(wanted: NeedFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.q:
        tests.append(or_(Need.id.in_(refs("need", wanted.q)), Need.id.in_(refs("need_inside", wanted.q))))
    if wanted.sector:
        tests.append(Need.sector_id == wanted.sector)
    if wanted.group:
        tests.append(_in_group(ThematicGroup.slug == wanted.group))
    if wanted.country:
        of_country = select(Organisation.id).where(Organisation.country_code == wanted.country)
        tests.append(Need.cluster_id.in_(of_country))
    if wanted.cluster:
        tests.append(Need.cluster_id.in_(select(Organisation.id).where(Organisation.slug == wanted.cluster)))
    if wanted.event:
        tests.append(Need.event_id.in_(select(Event.id).where(Event.slug == wanted.event)))
    return tests


def _in_group(group: ColumnElement[bool]) -> ColumnElement[bool]:
    sectors = select(group_sector.c.sector_id).join(ThematicGroup, ThematicGroup.id == group_sector.c.group_id)
    return Need.sector_id.in_(sectors.where(group))


def clusters_at(event_id: int) -> Sequence[tuple[int, str]]:
    """For whom people at an event may speak, by name: clusters, and who has a part in the event or its project."""
    here = select(EventOrganisation.organisation_id).where(EventOrganisation.event_id == event_id)
    project = select(Event.project_id).where(Event.id == event_id).scalar_subquery()
    partners = select(ProjectRoleRow.organisation_id).where(ProjectRoleRow.project_id == project)
    clusters = select(OrganisationTypeRow.organisation_id).where(
        OrganisationTypeRow.type == OrganisationType.CLUSTER_ORGANISATION
    )
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.status == OrganisationStatus.ACTIVE,
            Organisation.id.in_(union_all(here, partners, clusters)),
        )
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row.id, row.name) for row in rows]


def organises(event_id: int, organisation_ids: Collection[int]) -> bool:
    """Whether one of them is organiser or co-organiser."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    EventOrganisation.event_id == event_id,
                    EventOrganisation.organisation_id.in_(organisation_ids),
                    EventOrganisation.role.in_([OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER]),
                )
            )
        )
    )
