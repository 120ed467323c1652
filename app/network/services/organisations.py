from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network import permissions, queries, rules
from app.network.actors import Actor
from app.network.errors import (
    EndsBeforeStart,
    MayNotEdit,
    MemberOfItself,
    OrganisationNotFound,
    RegionElsewhere,
    UnknownChoice,
)
from app.network.facts import OrganisationChanged
from app.network.inputs import LabelInput, OrganisationInput
from app.network.models import ExcellenceLabel, Membership, Organisation, OrganisationTypeRow
from app.network.services import searching
from app.network.services.slugs import free_slug


@transactional
def add_organisation(
    data: OrganisationInput, *, actor: Actor, now: datetime, slug: str | None = None, demonstration: bool = False
) -> Organisation:
    """Enter an organisation.

    Raises MayNotEdit, and Invalid with the field: NameMissing, TypeMissing, PrimaryTypeElsewhere, UnknownChoice,
    RegionElsewhere, HalfAPin, PinTurnedRound, PinOutsideCountry, NotAWebAddress.
    """
    if not permissions.may_add_organisations(actor):
        raise MayNotEdit
    _check(data, organisation_id=None)
    organisation = Organisation(
        slug=slug or free_slug(Organisation, data.short_name or data.name), demonstration=demonstration
    )
    _write(organisation, data)
    db.session.add(organisation)
    _write_types(organisation, data)
    searching.index_organisation(organisation)
    audit.note("organisation.added", subject=f"organisation:{organisation.slug}", account_id=actor.account_id, now=now)
    return organisation


@transactional
def edit_organisation(organisation_id: int, data: OrganisationInput, *, actor: Actor, now: datetime) -> Organisation:
    """Change an organisation; raises as :func:`add_organisation` does, UnitOfItself and OrganisationNotFound."""
    organisation = queries.organisation(organisation_id)
    if not permissions.may_edit_organisation(actor, organisation_id):
        raise MayNotEdit
    _check(data, organisation_id=organisation_id)
    _write(organisation, data)
    _write_types(organisation, data)
    searching.index_around(organisation)
    record(OrganisationChanged(organisation_id=organisation.id))
    audit.note("organisation.edited", subject=f"organisation:{organisation.slug}", account_id=actor.account_id, now=now)
    return organisation


@transactional
def add_member(
    cluster_id: int, member_id: int, *, actor: Actor, since: date | None = None, until: date | None = None
) -> Membership:
    """Enter an organisation as member of a cluster, or correct when it was one."""
    if not permissions.may_edit_organisation(actor, cluster_id):
        raise MayNotEdit
    if cluster_id == member_id:
        raise MemberOfItself(field="member_id")
    if since and until and until < since:
        raise EndsBeforeStart(field="until")
    membership = queries.membership(cluster_id, member_id) or Membership(cluster_id=cluster_id, member_id=member_id)
    membership.since, membership.until = since, until
    db.session.add(membership)
    db.session.flush()
    return membership


@transactional
def end_membership(cluster_id: int, member_id: int, *, actor: Actor, on: date) -> Membership:
    """A member leaves on this day, its last; the membership is kept, for events of that time speak of it.

    Raises MayNotEdit, OrganisationNotFound where there is no such membership, EndsBeforeStart.
    """
    if not permissions.may_edit_organisation(actor, cluster_id):
        raise MayNotEdit
    membership = queries.membership(cluster_id, member_id)
    if membership is None:
        raise OrganisationNotFound(id=member_id)
    if membership.since and on < membership.since:
        raise EndsBeforeStart(field="until")
    membership.until = on
    return membership


@transactional
def add_label(organisation_id: int, data: LabelInput, *, actor: Actor) -> ExcellenceLabel:
    """Enter an excellence label; only administrators do, since it was awarded by others."""
    if not actor.is_administrator:
        raise MayNotEdit
    if data.valid_until < data.awarded_on:
        raise EndsBeforeStart(field="valid_until")
    label = ExcellenceLabel(
        organisation_id=queries.organisation(organisation_id).id,
        scheme=data.scheme,
        level=data.level,
        issuer=data.issuer,
        awarded_on=data.awarded_on,
        valid_until=data.valid_until,
    )
    db.session.add(label)
    db.session.flush()
    return label


def _check(data: OrganisationInput, *, organisation_id: int | None) -> None:
    rules.check_name(data.name)
    rules.check_types(data.types, data.primary_type)
    rules.check_web(data.web)
    check_place(data.country_code, data.region_code, data.latitude, data.longitude)
    _check_known(queries.sectors(data.sector_ids), data.sector_ids, "sector_ids")
    _check_known(queries.specialisations(data.specialisation_ids), data.specialisation_ids, "specialisation_ids")
    if data.unit_of_id is not None:
        if not queries.exists(Organisation, data.unit_of_id):
            raise UnknownChoice(field="unit_of_id")
        rules.check_unit(organisation_id, queries.ancestors(data.unit_of_id))


def check_place(country_code: str, region_code: str | None, latitude: float | None, longitude: float | None) -> None:
    """Refuse an unknown country, a region of another one, and a pin outside of it."""
    country = queries.find_country(country_code)
    if country is None:
        raise UnknownChoice(field="country_code")
    if region_code:
        region = queries.find_region(region_code)
        if region is None:
            raise UnknownChoice(field="region_code")
        if region.country_code != country_code:
            raise RegionElsewhere(field="region_code")
    box = rules.CountryBox(south=country.south, west=country.west, north=country.north, east=country.east)
    rules.check_pin(latitude, longitude, box)


def _check_known(found: Iterable[object], asked: tuple[str, ...], field: str) -> None:
    if len(list(found)) != len(set(asked)):
        raise UnknownChoice(field=field)


def _write(organisation: Organisation, data: OrganisationInput) -> None:
    organisation.name = data.name.strip()
    organisation.short_name = data.short_name
    organisation.aliases = list(data.aliases)
    organisation.about = data.about
    organisation.unit_of_id = data.unit_of_id
    organisation.street, organisation.postcode, organisation.city = data.street, data.postcode, data.city
    organisation.country_code, organisation.region_code = data.country_code, data.region_code or None
    organisation.latitude, organisation.longitude = data.latitude, data.longitude
    organisation.web, organisation.email = data.web, data.email
    organisation.status = data.status
    organisation.sectors = list(queries.sectors(data.sector_ids))
    organisation.specialisations = list(queries.specialisations(data.specialisation_ids))


def _write_types(organisation: Organisation, data: OrganisationInput) -> None:
    """The old primary type steps down before the new one steps up: the database allows one at a time."""
    there = {row.type: row for row in organisation.types}
    for row in organisation.types:
        row.is_primary = False
    first_the_primary = sorted(data.types, key=lambda type: (type is not data.primary_type, type))
    organisation.types = [there.get(type) or OrganisationTypeRow(type=type) for type in first_the_primary]
    db.session.flush()
    organisation.types[0].is_primary = True
    db.session.flush()
