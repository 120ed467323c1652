"""Partners of a project and members of a group: the organisations' own addresses, and those of their managers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, case, cast, func, literal, null, select, union_all

from app.accounts.models import Account
from app.mailings.registry import audience, without_address
from app.mailings.rules import Audience, Owner
from app.network.models import (
    Affiliation,
    GroupRoleRow,
    Organisation,
    OrganisationTypeRow,
    Person,
    ProjectRoleRow,
)
from app.network.rules import PARTNER_ROLES

_SPOKEN = {"IT": "it", "DE": "de", "AT": "de"}  # what is guessed of an organisation; a person's account knows better
_OF_COUNTRY = case(_SPOKEN, value=Organisation.country_code, else_="en")
_ANSWERS_MAIL = (
    Affiliation.is_manager,
    Affiliation.until.is_(None),
    func.coalesce(Account.email, Person.email).is_not(None),
)
_TYPE = (
    select(OrganisationTypeRow.type)
    .where(OrganisationTypeRow.organisation_id == Organisation.id, OrganisationTypeRow.is_primary)
    .limit(1)
    .scalar_subquery()
)


@audience(Audience.PARTNERS, Owner.PROJECT)
def partners(project_id: int) -> Select[*tuple[Any, ...]]:
    """Lead partner and partners."""
    return _reached(_is_partner(project_id))


@without_address(Audience.PARTNERS)
def lost_partners(project_id: int) -> Select[*tuple[Any, ...]]:
    return _unreached(_is_partner(project_id))


@audience(Audience.ALL_ROLES, Owner.PROJECT)
def all_roles(project_id: int) -> Select[*tuple[Any, ...]]:
    """Every organisation with a role in the project: associated ones, observers, promoters, advisers too."""
    return _reached(_in_project(project_id))


@without_address(Audience.ALL_ROLES)
def lost_of_all_roles(project_id: int) -> Select[*tuple[Any, ...]]:
    return _unreached(_in_project(project_id))


@audience(Audience.MEMBERS, Owner.GROUP)
def members(group_id: int) -> Select[*tuple[Any, ...]]:
    """Every organisation with a role in the group."""
    return _reached(_in_group(group_id))


@without_address(Audience.MEMBERS)
def lost_members(group_id: int) -> Select[*tuple[Any, ...]]:
    return _unreached(_in_group(group_id))


def _in_group(group_id: int) -> ColumnElement[bool]:
    return Organisation.id.in_(select(GroupRoleRow.organisation_id).where(GroupRoleRow.group_id == group_id))


def _is_partner(project_id: int) -> ColumnElement[bool]:
    return _in_project(project_id, ProjectRoleRow.role.in_(PARTNER_ROLES))


def _in_project(project_id: int, *roles: ColumnElement[bool]) -> ColumnElement[bool]:
    # a unit that acts for its organisation in the project is the one to write to
    acting = func.coalesce(ProjectRoleRow.acting_unit_id, ProjectRoleRow.organisation_id)
    return Organisation.id.in_(select(acting).where(ProjectRoleRow.project_id == project_id, *roles))


def _reached(is_one: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    people = (
        select(
            (Person.id * 2 + 1).label("key"),
            func.coalesce(Account.email, Person.email).label("address"),
            func.coalesce(Account.locale, _OF_COUNTRY).label("locale"),
            Person.given_name.label("given_name"),
            Person.family_name.label("family_name"),
            *_of_organisation(),
        )
        .join(Affiliation, Affiliation.person_id == Person.id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .join(Account, and_(Account.id == Person.account_id, Account.disabled_at.is_(None)), isouter=True)
        .where(is_one, *_ANSWERS_MAIL)
    )
    organisations = select(
        (Organisation.id * 2).label("key"),
        Organisation.email.label("address"),
        _OF_COUNTRY.label("locale"),
        literal("", String).label("given_name"),
        Organisation.name.label("family_name"),
        *_of_organisation(),
    ).where(is_one, Organisation.email.is_not(None), Organisation.email != "")
    both = union_all(people, organisations).subquery()
    # a person who manages two of the organisations is one reader
    return select(
        both.c.key,
        *(func.min(column).label(column.name) for column in both.c if column.name != "key"),
    ).group_by(both.c.key)


def _unreached(is_one: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Organisations without an address of their own and without a manager who has one."""
    somebody = (
        select(Affiliation.id)
        .join(Person, Person.id == Affiliation.person_id)
        .join(Account, and_(Account.id == Person.account_id, Account.disabled_at.is_(None)), isouter=True)
        .where(Affiliation.organisation_id == Organisation.id, *_ANSWERS_MAIL)
        .correlate(Organisation)
        .exists()
    )
    return select(
        Organisation.name.label("name"),
        cast(_TYPE, String).label("org_type"),
        Organisation.country_code.label("country_code"),
    ).where(is_one, func.coalesce(Organisation.email, "") == "", ~somebody)


def _of_organisation() -> list[ColumnElement[Any]]:
    return [
        Organisation.name.label("organisation"),
        cast(_TYPE, String).label("org_type"),
        Organisation.country_code.label("country_code"),
        cast(null(), Integer).label("registration_id"),
    ]
