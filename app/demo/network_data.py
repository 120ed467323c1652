"""Loads organisations, projects, groups and people through the same verbs that everybody uses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.demo import people_data, project_data
from app.demo.organisation_data import MEMBERS, ORGANISATIONS, PLACEHOLDER_PARTNERS
from app.demo.vocabulary_data import load_vocabulary
from app.kernel.db import transactional
from app.network import services
from app.network.actors import SYSTEM
from app.network.inputs import LabelInput, OrganisationInput, PersonInput, ProjectPart
from app.network.rules import LabelLevel, OrganisationType


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedNetwork:
    """Ids by the names that the demonstration data uses: ``o01``, ``A``, ``agrifood``, ``ada_esempio``."""

    organisations: dict[str, int]
    projects: dict[str, int]
    phases: dict[tuple[str, int], int]
    groups: dict[str, int]
    persons: dict[str, int]


@transactional
def load_network(now: datetime) -> LoadedNetwork:
    """Everything of the network that the demonstration shows, vocabulary included; for an empty database."""
    load_vocabulary()
    organisations = _load_organisations(now)
    projects, phases = _load_projects(now)
    groups = {data.slug: services.add_group(projects["B"], data, actor=SYSTEM).id for data in project_data.GROUPS}
    _give_roles(organisations, projects, groups, now)
    _load_labels(organisations, now.date())
    return LoadedNetwork(
        organisations=organisations,
        projects=projects,
        phases=phases,
        groups=groups,
        persons=_load_persons(organisations, now),
    )


def _load_organisations(now: datetime) -> dict[str, int]:
    ids: dict[str, int] = {}
    for key, entry in ORGANISATIONS.items():
        latitude, longitude = entry.pin or (None, None)
        data = OrganisationInput(
            name=entry.name,
            short_name=entry.short_name,
            aliases=entry.aliases,
            about=entry.about,
            primary_type=entry.types[0],
            types=frozenset(entry.types),
            unit_of_id=ids[entry.unit_of] if entry.unit_of else None,
            street=entry.street,
            postcode=entry.postcode,
            city=entry.city,
            country_code=entry.country,
            region_code=entry.region,
            latitude=latitude,
            longitude=longitude,
            sector_ids=entry.sectors,
            specialisation_ids=entry.specialisations,
            status=entry.status,
        )
        ids[key] = services.add_organisation(data, actor=SYSTEM, now=now, slug=entry.slug, demonstration=True).id
    for number, name, country, region, city, (latitude, longitude) in PLACEHOLDER_PARTNERS:
        data = OrganisationInput(
            name=name,
            primary_type=OrganisationType.OTHER,
            types=frozenset({OrganisationType.OTHER}),
            city=city,
            country_code=country,
            region_code=region,
            latitude=latitude,
            longitude=longitude,
        )
        ids[f"p{number:02}"] = services.add_organisation(data, actor=SYSTEM, now=now, demonstration=True).id
    for cluster, member in MEMBERS:
        services.add_member(ids[cluster], ids[member], actor=SYSTEM)
    return ids


def _load_projects(now: datetime) -> tuple[dict[str, int], dict[tuple[str, int], int]]:
    projects: dict[str, int] = {}
    phases: dict[tuple[str, int], int] = {}
    for key, data in project_data.PROJECTS.items():
        programme = services.add_programme(project_data.PROGRAMMES[key], actor=SYSTEM)
        project = services.add_project(
            replace(data, programme_id=programme.id), actor=SYSTEM, now=now, demonstration=True
        )
        projects[key] = project.id
        for phase in project_data.PHASES[key]:
            phases[key, phase.number] = services.add_phase(project.id, phase, actor=SYSTEM).id
    return projects, phases


def _give_roles(organisations: dict[str, int], projects: dict[str, int], groups: dict[str, int], now: datetime) -> None:
    for project, organisation, role, unit in project_data.PROJECT_ROLES:
        part = ProjectPart(role=role, acting_unit_id=organisations[unit] if unit else None)
        services.give_project_role(projects[project], organisations[organisation], part, actor=SYSTEM, now=now)
    for project, organisation, share in project_data.SHARES:
        services.record_budget_share(
            projects[project], organisations[organisation], share, is_public=True, actor=SYSTEM, now=now
        )
    for group, organisation, group_role in project_data.GROUP_ROLES:
        services.give_group_role(groups[group], organisations[organisation], group_role, actor=SYSTEM, now=now)


def _load_labels(organisations: dict[str, int], today: date) -> None:
    """A silver label in force and the bronze one before it, which has run out; both invented."""
    bronze = LabelInput(
        scheme="ECEI",
        level=LabelLevel.BRONZE,
        issuer="ESCA",
        awarded_on=date(2016, 5, 1),
        valid_until=date(2018, 4, 30),
    )
    silver = replace(
        bronze,
        level=LabelLevel.SILVER,
        awarded_on=today - timedelta(days=365),
        valid_until=today + timedelta(days=365),
    )
    for label in (bronze, silver):
        services.add_label(organisations["o08"], label, actor=SYSTEM)
    services.add_label(organisations["o04"], bronze, actor=SYSTEM)


def _load_persons(organisations: dict[str, int], now: datetime) -> dict[str, int]:
    ids: dict[str, int] = {}
    for key, entry in people_data.PERSONS.items():
        data = PersonInput(
            given_name=entry.given,
            family_name=entry.family,
            form_of_address=entry.form_of_address,
            email=f"{key.replace('_', '.')}@filo.example",
            languages=entry.languages,
            is_public=entry.is_public,
        )
        ids[key] = services.add_person(data, actor=SYSTEM, now=now, slug=key.replace("_", "-")).id
        services.affiliate(
            ids[key], organisations[entry.organisation], job=entry.job, is_manager=entry.is_manager, actor=SYSTEM
        )
    return ids
