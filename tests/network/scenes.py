"""A small world for the tests of the network: two countries, one project."""

from __future__ import annotations

from typing import Any

from app.kernel.db import db
from app.kernel.texts import Texts
from app.network import services
from app.network.actors import SYSTEM
from app.network.inputs import OrganisationInput, PersonInput, ProjectInput, ProjectPart
from app.network.models import Person, Project
from app.network.rules import CountryBox, OrganisationType, ProjectRole
from tests.builders import NOW, make_country, make_organisation


def make_project(acronym: str = "S3-4AlpClusters", **changes: Any) -> Project:
    values: dict[str, Any] = {"slug": acronym.lower(), "acronym": acronym, "title": Texts(en=f"Title of {acronym}")}
    return services.add_project(ProjectInput(**values | changes), actor=SYSTEM, now=NOW)


def give(project: Project, organisation: Any, role: ProjectRole = ProjectRole.PARTNER, **part: Any) -> None:
    services.give_project_role(project.id, organisation.id, ProjectPart(role=role, **part), actor=SYSTEM, now=NOW)


def make_partner(project: Project, name: str, role: ProjectRole = ProjectRole.PARTNER, country: str = "IT") -> Any:
    organisation = make_organisation(name, country=country)
    give(project, organisation, role)
    return organisation


def organisation_input(**changes: Any) -> OrganisationInput:
    make_country(changes.get("country_code", "IT"))
    kind = OrganisationType.CLUSTER_ORGANISATION
    values: dict[str, Any] = {
        "name": "Habitech",
        "primary_type": kind,
        "types": frozenset({kind}),
        "country_code": "IT",
    }
    return OrganisationInput(**values | changes)


def make_vocabulary() -> None:
    """Bavaria and Trentino, mechatronics, three sectors."""
    make_country("IT")
    make_country("DE")
    services.put_country("DE", Texts(en="Germany"), CountryBox(south=47, west=5, north=56, east=16), actor=SYSTEM)
    services.put_region("DE2", "DE", Texts(en="Bavaria", it="Baviera", de="Bayern"), None, actor=SYSTEM)
    services.put_region("ITH2", "IT", Texts(en="Trentino"), None, actor=SYSTEM)
    for position, sector in enumerate(("ict", "tourism", "production_technologies")):
        services.put_sector(sector, Texts(en=sector.title()), position, actor=SYSTEM)
    services.put_specialisation(
        "mechatronics", "production_technologies", Texts(en="Mechatronics", de="Mechatronik"), actor=SYSTEM
    )


def make_public_person(given: str = "Heiko", family: str = "Bartschat", **changes: Any) -> Person:
    data = PersonInput(given_name=given, family_name=family, **{"is_public": True} | changes)
    person = services.add_person(data, actor=SYSTEM, now=NOW)
    db.session.flush()
    return person
