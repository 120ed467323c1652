from __future__ import annotations

from sqlalchemy import select

from app.accounts.models import Account
from app.kernel.db import db
from app.network.actors import ANYBODY, Actor
from app.network.models import Affiliation, GroupRoleRow, Person, ProjectRoleRow
from app.network.rules import ProjectRole


def actor_of(account_id: int) -> Actor:
    """Everything that permissions ask about this account; roles are those of its present organisations."""
    account = db.session.get(Account, account_id)
    if account is None or account.disabled_at:
        return ANYBODY
    person = db.session.scalar(select(Person).where(Person.account_id == account_id))
    if person is None:
        return Actor(
            account_id=account.id, name=account.email, email=account.email, is_administrator=account.is_administrator
        )
    present = db.session.execute(
        select(Affiliation.organisation_id, Affiliation.is_manager).where(
            Affiliation.person_id == person.id, Affiliation.until.is_(None)
        )
    ).all()
    organisations = frozenset(row.organisation_id for row in present)
    managed = frozenset(row.organisation_id for row in present if row.is_manager)
    roles = db.session.execute(
        select(ProjectRoleRow.project_id, ProjectRoleRow.role, ProjectRoleRow.phase_numbers).where(
            ProjectRoleRow.organisation_id.in_(organisations)
        )
    ).all()
    return Actor(
        account_id=account.id,
        person_id=person.id,
        name=person.full_name,
        email=account.email,
        is_administrator=account.is_administrator,
        organisation_ids=organisations,
        managed_ids=managed,
        project_roles=frozenset((row.project_id, row.role) for row in roles),
        observed_phases=frozenset(
            (row.project_id, phase)
            for row in roles
            if row.role is ProjectRole.OBSERVER
            for phase in row.phase_numbers or (None,)
        ),
        group_roles=frozenset(
            (row.group_id, row.role)
            for row in db.session.execute(
                select(GroupRoleRow.group_id, GroupRoleRow.role).where(GroupRoleRow.organisation_id.in_(managed))
            )
        ),
    )
