from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.dates import RoughDate
from app.kernel.db import db
from app.kernel.errors import Invalid
from app.kernel.texts import Texts
from app.network import queries, services
from app.network.actors import ANYBODY, SYSTEM
from app.network.errors import (
    CoordinatedAlready,
    EndsBeforeStart,
    MayNotEdit,
    MemberOfItself,
    NoShareWithoutPart,
    NotItsUnit,
    UnitOfItself,
    UnknownChoice,
    UnknownPhase,
)
from app.network.inputs import GroupInput, PersonInput, ProjectPart
from app.network.models import ProjectRoleRow
from app.network.rules import GroupRole, OrganisationType, ProjectRole
from app.search.queries import found
from tests.builders import NOW, make_country, make_manager, make_organisation
from tests.network.scenes import (
    give,
    make_partner,
    make_project,
    make_public_person,
    make_vocabulary,
    organisation_input,
)

CLUSTER, PARK, COMPANY = (
    OrganisationType.CLUSTER_ORGANISATION,
    OrganisationType.SCIENCE_PARK,
    OrganisationType.COMPANY,
)


def test_b09_types_can_be_changed_and_one_stays_first(database: Session) -> None:
    data = organisation_input(types=frozenset({CLUSTER, PARK}), primary_type=CLUSTER)
    organisation = services.add_organisation(data, actor=SYSTEM, now=NOW)
    changed = organisation_input(types=frozenset({PARK, COMPANY}), primary_type=COMPANY)
    services.edit_organisation(organisation.id, changed, actor=SYSTEM, now=NOW)
    db.session.expire_all()
    again = queries.organisation(organisation.id)
    assert again.primary_type is COMPANY
    assert {row.type for row in again.types} == {PARK, COMPANY}


def test_two_of_one_name_get_addresses_of_their_own(database: Session) -> None:
    first = services.add_organisation(organisation_input(name="Città & Müller"), actor=SYSTEM, now=NOW)
    second = services.add_organisation(organisation_input(name="Citta Muller"), actor=SYSTEM, now=NOW)
    nameless = services.add_organisation(organisation_input(name="Кластер"), actor=SYSTEM, now=NOW)
    assert (first.slug, second.slug) == ("citta-muller", "citta-muller-2")
    assert nameless.slug


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"country_code": "IT", "region_code": "DE2"}, "region_code"),
        ({"region_code": "XX"}, "region_code"),
        ({"latitude": 60.0, "longitude": 11.0}, "latitude"),
        ({"sector_ids": ("magic",)}, "sector_ids"),
        ({"specialisation_ids": ("magic",)}, "specialisation_ids"),
        ({"unit_of_id": 999_999}, "unit_of_id"),
        ({"web": "javascript:alert(1)"}, "web"),
        ({"types": frozenset()}, "types"),
    ],
)
def test_what_an_organisation_cannot_be_is_refused_beside_its_field(
    database: Session, changes: dict[str, Any], field: str
) -> None:
    make_vocabulary()
    with pytest.raises(Invalid) as caught:
        services.add_organisation(organisation_input(**changes), actor=SYSTEM, now=NOW)
    assert caught.value.details["field"] == field


def test_an_unknown_country_is_refused(database: Session) -> None:
    with pytest.raises(UnknownChoice):
        services.add_organisation(replace(organisation_input(), country_code="XX"), actor=SYSTEM, now=NOW)


def test_a_unit_cannot_become_the_parent_of_its_parent(database: Session) -> None:
    parent = services.add_organisation(organisation_input(name="PAT"), actor=SYSTEM, now=NOW)
    unit = services.add_organisation(organisation_input(name="Unit", unit_of_id=parent.id), actor=SYSTEM, now=NOW)
    with pytest.raises(UnitOfItself):
        services.edit_organisation(parent.id, organisation_input(name="PAT", unit_of_id=unit.id), actor=SYSTEM, now=NOW)


def test_a05_a_unit_is_found_by_the_name_of_its_organisation(database: Session) -> None:
    pat = services.add_organisation(
        organisation_input(name="Provincia autonoma di Trento", short_name="PAT"), actor=SYSTEM, now=NOW
    )
    unit = services.add_organisation(
        organisation_input(name="Dipartimento della Conoscenza", unit_of_id=pat.id), actor=SYSTEM, now=NOW
    )
    assert {ref for _subject, ref in found("PAT", 10)} == {pat.id, unit.id}
    services.edit_organisation(pat.id, organisation_input(name="Land Trient", short_name="LT"), actor=SYSTEM, now=NOW)
    assert found("PAT", 10) == []
    assert {ref for _subject, ref in found("Land Trient", 10)} == {pat.id, unit.id}


@pytest.mark.parametrize("query", ["hit", "Hub Innovazione", "hub  INNOVAZIONE trentino"])
def test_aliases_are_found(database: Session, query: str) -> None:
    data = organisation_input(name="Hub Innovazione Trentino", short_name="HIT", aliases=("Hit",))
    organisation = services.add_organisation(data, actor=SYSTEM, now=NOW)
    assert ("organisation", organisation.id) in found(query, 10)


@pytest.mark.parametrize("query", ["s3 4 alp", "S3-4AlpClusters", "alpclusters", "Specializzazione"])
def test_a02_a_project_is_found_by_every_spelling(database: Session, query: str) -> None:
    project = make_project(aliases=("AlpClusters",), title=Texts(it="Strategia di Specializzazione Intelligente"))
    assert found(query, 5) == [("project", project.id)]


def test_only_managers_and_administrators_change_an_organisation(database: Session) -> None:
    mine, other = make_organisation("Mine"), make_organisation("Other")
    manager = make_manager(mine)
    services.edit_organisation(mine.id, organisation_input(name="Mine too"), actor=manager, now=NOW)
    for actor, organisation in ((manager, other), (ANYBODY, mine)):
        with pytest.raises(MayNotEdit):
            services.edit_organisation(organisation.id, organisation_input(name="Theirs"), actor=actor, now=NOW)
    with pytest.raises(MayNotEdit):
        services.add_organisation(organisation_input(), actor=ANYBODY, now=NOW)


def test_a09_a_cluster_is_no_member_of_itself_and_a_membership_can_end(database: Session) -> None:
    cluster, member = make_organisation("Polo Meccatronica"), make_organisation("Officine", type=COMPANY)
    services.add_member(cluster.id, member.id, actor=SYSTEM)
    assert queries.cluster_members(cluster.id, date(2027, 1, 13)) == [member]
    services.add_member(cluster.id, member.id, actor=SYSTEM, until=date(2026, 12, 31))
    assert queries.cluster_members(cluster.id, date(2027, 1, 13)) == []
    with pytest.raises(MemberOfItself):
        services.add_member(cluster.id, cluster.id, actor=SYSTEM)


def test_a12_one_organisation_has_several_roles_at_once(database: Session) -> None:
    project, confindustria = make_project(), make_organisation("Confindustria Trento")
    for role in (ProjectRole.OBSERVER, ProjectRole.PROMOTER, ProjectRole.OBSERVER):
        give(project, confindustria, role)
    rows = db.session.scalars(select(ProjectRoleRow.role)).all()
    assert sorted(rows) == [ProjectRole.OBSERVER, ProjectRole.PROMOTER]


def test_a11_an_observer_sees_every_phase_and_has_no_budget(database: Session) -> None:
    project, observer = make_project(), make_organisation("Confindustria Trento")
    give(project, observer, ProjectRole.OBSERVER)
    row = queries.find_project_role(project.id, observer.id, ProjectRole.OBSERVER)
    assert row is not None
    assert row.phase_numbers == []
    with pytest.raises(NoShareWithoutPart):
        services.record_budget_share(project.id, observer.id, Decimal(1), is_public=True, actor=SYSTEM, now=NOW)


def test_a05_the_acting_unit_must_be_one_of_the_partner(database: Session) -> None:
    project, pat = make_project(), make_organisation("PAT")
    unit, stranger = make_organisation("Dipartimento", unit_of_id=pat.id), make_organisation("Stranger")
    give(project, pat, acting_unit_id=unit.id)
    with pytest.raises(NotItsUnit):
        give(project, pat, acting_unit_id=stranger.id)


def test_a06_the_lead_records_every_share_and_a_partner_its_own(database: Session) -> None:
    project = make_project()
    lead, partner = make_partner(project, "Lead", ProjectRole.LEAD_PARTNER), make_partner(project, "Partner")
    lead_manager = make_manager(lead, "lead@filo.example")
    partner_manager = make_manager(partner, "partner@filo.example")
    for actor, organisation in ((lead_manager, lead), (lead_manager, partner), (partner_manager, partner)):
        services.record_budget_share(
            project.id, organisation.id, Decimal("120000.00"), is_public=False, actor=actor, now=NOW
        )
    for actor, organisation in ((partner_manager, lead), (ANYBODY, partner)):
        with pytest.raises(MayNotEdit):
            services.record_budget_share(project.id, organisation.id, None, is_public=True, actor=actor, now=NOW)
    row = queries.partner_role(project.id, partner.id)
    assert row is not None
    assert row.budget_share == Decimal("120000.00")


def test_b05_an_end_known_to_the_year_is_kept_as_such(database: Session) -> None:
    project = make_project(starts=RoughDate.parse("2010-03"), ends=RoughDate.parse("2013"))
    db.session.expire_all()
    again = queries.project_for_page(project.slug)
    assert (str(again.starts), str(again.ends)) == ("2010-03", "2013")


def test_an_end_before_the_start_is_refused(database: Session) -> None:
    with pytest.raises(EndsBeforeStart):
        make_project(starts=RoughDate.parse("2013-02"), ends=RoughDate.parse("2012"))
    make_project(starts=RoughDate.parse("2013-02"), ends=RoughDate.parse("2013"))  # may still be right


def test_b26_a_group_has_one_coordinator_and_any_number_of_supporters(database: Session) -> None:
    make_vocabulary()
    project = make_project("Cluster-Cord")
    group = services.add_group(
        project.id,
        GroupInput(slug="agrifood", name=Texts(en="Agri-food"), position=1, sector_ids=("ict", "tourism")),
        actor=SYSTEM,
    )
    milano, lodi = make_organisation("Milano Metropoli"), make_organisation("PTP")
    services.give_group_role(group.id, milano.id, GroupRole.COORDINATOR, actor=SYSTEM, now=NOW)
    services.give_group_role(group.id, lodi.id, GroupRole.SUPPORTING_BODY, actor=SYSTEM, now=NOW)
    with pytest.raises(CoordinatedAlready) as caught:
        services.give_group_role(group.id, lodi.id, GroupRole.COORDINATOR, actor=SYSTEM, now=NOW)
    assert caught.value.details == {"organisation": "Milano Metropoli"}
    with pytest.raises(MayNotEdit):
        services.give_group_role(group.id, lodi.id, GroupRole.MEMBER, actor=make_manager(lodi), now=NOW)


@pytest.mark.parametrize("query", ["Mechatronik & Automation", "mechatronik", "bavaria mechatronics", "bartschat"])
def test_a23_an_expert_is_found_by_what_his_cluster_does_and_where(database: Session, query: str) -> None:
    make_vocabulary()
    data = organisation_input(
        name="Cluster Mechatronik & Automation",
        country_code="DE",
        region_code="DE2",
        specialisation_ids=("mechatronics",),
    )
    cluster = services.add_organisation(data, actor=SYSTEM, now=NOW)
    expert = make_public_person(form_of_address="Mr")
    services.affiliate(expert.id, cluster.id, actor=SYSTEM)
    assert ("person", expert.id) in found(query, 10)


def test_who_did_not_agree_to_be_named_is_not_found(database: Session) -> None:
    person = make_public_person("Ada", "Esempio")
    hidden = PersonInput(given_name="Ada", family_name="Esempio", is_public=False)
    services.edit_person(person.id, hidden, actor=SYSTEM, now=NOW)
    assert found("Esempio", 10) == []


def test_a24_experts_are_filtered_by_region_and_specialisation(database: Session) -> None:
    make_vocabulary()
    data = organisation_input(country_code="DE", region_code="DE2", specialisation_ids=("mechatronics",))
    bavarian = services.add_organisation(data, actor=SYSTEM, now=NOW)
    expert, moved, other = (make_public_person(name) for name in ("Heiko", "Moved", "Other"))
    services.affiliate(expert.id, bavarian.id, actor=SYSTEM)
    services.affiliate(moved.id, bavarian.id, actor=SYSTEM, until=date(2020, 1, 1))
    services.affiliate(other.id, make_organisation("Elsewhere").id, actor=SYSTEM)
    wanted = queries.Wanted(region="DE2", specialisation="mechatronics")
    assert queries.listed_persons(wanted) == [expert]


def test_b13_interest_in_sectors_is_counted(database: Session) -> None:
    make_vocabulary()
    for name in ("One", "Two"):
        services.add_organisation(organisation_input(name=name, sector_ids=("ict", "tourism")), actor=SYSTEM, now=NOW)
    counts = {sector.id: count for sector, count in queries.sectors_with_interest()}
    assert counts == {"ict": 2, "tourism": 2, "production_technologies": 0}


def test_every_change_is_in_the_audit_log(database: Session) -> None:
    from app.audit.models import AuditEntry

    make_country("IT")
    services.add_organisation(organisation_input(), actor=SYSTEM, now=NOW)
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_a_role_can_be_limited_to_phases_that_the_project_has(database: Session) -> None:
    project, observer = make_project(), make_organisation()
    part = ProjectPart(role=ProjectRole.OBSERVER, phase_numbers=(1,))
    with pytest.raises(UnknownPhase):
        services.give_project_role(project.id, observer.id, part, actor=SYSTEM, now=NOW)
