"""What the page of an organisation shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import url_for

from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.texts import Texts
from app.network import queries
from app.network.actors import Actor
from app.network.models import Affiliation, ExcellenceLabel, Organisation
from app.network.permissions import may_edit_organisation
from app.network.rules import OrganisationType, is_valid_label


@dataclass(frozen=True, slots=True)
class Part:
    """What an organisation is in a project or group, each role once."""

    url: str
    name: str | Texts
    roles: list[StrEnum]
    for_whom: str = ""  # the partner, where the organisation acts as its unit


@dataclass(frozen=True, slots=True)
class LabelLine:
    label: ExcellenceLabel
    is_valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    organisation: Organisation
    projects: list[Part]
    groups: list[Part]
    units: Sequence[Organisation]
    clusters: Sequence[Organisation]
    members: list[tuple[OrganisationType, list[Organisation]]]
    labels: list[LabelLine]
    persons: Sequence[Affiliation]
    map: OutlineMap | None
    may_edit: bool

    @property
    def member_count(self) -> int:
        return sum(len(members) for _type, members in self.members)


def organisation_page(slug: str, actor: Actor, today: date) -> OrganisationPage:
    """Raises OrganisationNotFound."""
    organisation = queries.organisation_for_page(slug)
    is_cluster = OrganisationType.CLUSTER_ORGANISATION in {row.type for row in organisation.types}
    return OrganisationPage(
        organisation=organisation,
        projects=_projects(organisation),
        groups=_groups(organisation.id),
        units=queries.units_of(organisation.id),
        clusters=queries.clusters_of(organisation.id, today),
        members=_by_type(queries.cluster_members(organisation.id, today)) if is_cluster else [],
        labels=[
            LabelLine(label, is_valid_label(label.awarded_on, label.valid_until, today))
            for label in organisation.labels
        ],
        persons=queries.public_persons_of(organisation.id, today),
        map=_map(organisation),
        may_edit=may_edit_organisation(actor, organisation.id),
    )


def _projects(organisation: Organisation) -> list[Part]:
    parts: dict[tuple[int, int], Part] = {}
    for row in queries.project_roles_of(organisation.id):
        partner = row.organisation
        part = parts.setdefault(
            (row.project_id, partner.id),
            Part(
                url_for("network.project", slug=row.project.slug),
                row.project.acronym,
                [],
                "" if partner.id == organisation.id else partner.short_name or partner.name,
            ),
        )
        if row.role not in part.roles:
            part.roles.append(row.role)
    return list(parts.values())


def _groups(organisation_id: int) -> list[Part]:
    parts: dict[int, Part] = {}
    for row in queries.group_roles_of(organisation_id):
        url = url_for("network.group", slug=row.group.slug)
        parts.setdefault(row.group_id, Part(url, row.group.name, [])).roles.append(row.role)
    return list(parts.values())


def _by_type(members: Iterable[Organisation]) -> list[tuple[OrganisationType, list[Organisation]]]:
    by_type: dict[OrganisationType, list[Organisation]] = {}
    for member in members:
        by_type.setdefault(member.primary_type, []).append(member)
    order = list(OrganisationType)
    return sorted(by_type.items(), key=lambda entry: order.index(entry[0]))


def _map(organisation: Organisation) -> OutlineMap | None:
    if organisation.latitude is None or organisation.longitude is None:
        return None
    there = pin(organisation.latitude, organisation.longitude, label=organisation.name)
    return outline([there], countries=[organisation.country_code])
