from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.kernel import clock
from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.network import panels, services
from app.network.actors import SYSTEM
from app.network.inputs import GroupInput, LabelInput, PhaseInput, ProgrammeInput
from app.network.rules import GroupRole, LabelLevel, OrganisationType, ProjectRole
from tests.builders import NOW, make_organisation
from tests.network.scenes import (
    give,
    make_partner,
    make_project,
    make_public_person,
    make_vocabulary,
    organisation_input,
)
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def record(project: Any, organisation: Any, share: str, *, is_public: bool) -> None:
    services.record_budget_share(
        project.id, organisation.id, Decimal(share), is_public=is_public, actor=SYSTEM, now=NOW
    )


def make_programme(code: str, sentence: str) -> int:
    data = ProgrammeInput(
        code=code,
        name=Texts(en=code.title()),
        period_from=2014,
        period_to=2020,
        fund="ERDF",
        emblem=f"{code}.svg",
        funding_sentence=Texts(en=sentence),
    )
    return services.add_programme(data, actor=SYSTEM).id


def test_a03_a_missing_language_falls_back_and_says_so(client: FlaskClient) -> None:
    project = make_project(title=Texts(en="Innovation model", it="Modello di innovazione"))
    assert "Modello di innovazione" in page(client, f"/projects/{project.slug}?lang=it")
    german = page(client, f"/projects/{project.slug}?lang=de")
    assert '<span lang="en">Innovation model</span>' in german
    assert 'class="in-language"' in german


def test_a04_b03_emblem_and_sentence_are_those_of_the_own_programme_and_of_no_other(client: FlaskClient) -> None:
    alpine = make_project(programme_id=make_programme("alpine-space-2014", "Paid by the Alps."))
    central = make_project("Cluster-Cord", programme_id=make_programme("central-europe-2007", "Paid by the centre."))
    shown = page(client, f"/projects/{alpine.slug}")
    assert "Paid by the Alps." in shown
    assert "emblems/alpine-space-2014.svg" in shown
    assert "Paid by the centre." not in shown
    assert "Paid by the centre." in page(client, f"/projects/{central.slug}")
    assert "Paid by" not in page(client, "/network")


def test_a05_the_acting_unit_stands_beside_its_organisation_once(client: FlaskClient) -> None:
    project, pat = make_project(), make_organisation("Provincia autonoma di Trento", short_name="PAT")
    unit = make_organisation("Dipartimento della Conoscenza", unit_of_id=pat.id)
    give(project, pat, acting_unit_id=unit.id)
    assert page(client, f"/projects/{project.slug}").count("PAT – Dipartimento della Conoscenza</a>") == 1
    assert "S3-4AlpClusters" in page(client, f"/organisations/{unit.slug}")


@pytest.mark.parametrize(("lang", "sum_"), [("en", "€342,000"), ("it", "342.000\xa0€")])
def test_a07_the_sum_names_the_partners_without_a_figure(client: FlaskClient, lang: str, sum_: str) -> None:
    project = make_project(total_budget=Decimal("2521964.00"))
    partners = [make_partner(project, f"Partner {number}") for number in range(14)]
    record(project, partners[0], "120000.00", is_public=True)
    record(project, partners[1], "222000.00", is_public=True)
    shown = page(client, f"/projects/{project.slug}?lang={lang}")
    assert f"<b>{sum_}</b>" in shown
    assert ("13.6" if lang == "en" else "13,6") in shown
    if lang == "en":
        assert "12 partners: no figure entered" in shown


def test_a06_a_share_for_partners_only_is_shown_to_partners_only(client: FlaskClient) -> None:
    project = make_project()
    partner, observer = make_partner(project, "Partner"), make_partner(project, "Watcher", ProjectRole.OBSERVER)
    record(project, partner, "120000.00", is_public=False)
    address = f"/projects/{project.slug}?lang=en"
    everybody = page(client, address)
    assert "120,000" not in everybody
    assert "1 share is for partners only" in everybody
    sign_in_manager(client, observer, "observer@filo.example")
    assert "120,000" not in page(client, address)
    sign_in_manager(client, partner, "partner@filo.example")
    assert "€120,000 (partners only)" in page(client, address)


def test_a08_objectives_stand_as_a_list(client: FlaskClient) -> None:
    project = make_project(objectives=Texts(en="Services for SMEs\nLearn from each other"))
    assert "<li>Services for SMEs</li>" in page(client, f"/projects/{project.slug}")


def test_a09_members_of_a_cluster_stand_by_type_with_region_and_specialisation(client: FlaskClient) -> None:
    make_vocabulary()
    cluster = services.add_organisation(organisation_input(name="Polo Meccatronica"), actor=SYSTEM, now=NOW)
    for name, kind in (("Officine", OrganisationType.COMPANY), ("Ateneo", OrganisationType.RESEARCH)):
        data = organisation_input(
            name=name,
            primary_type=kind,
            types=frozenset({kind}),
            region_code="ITH2",
            specialisation_ids=("mechatronics",),
        )
        member = services.add_organisation(data, actor=SYSTEM, now=NOW)
        services.add_member(cluster.id, member.id, actor=SYSTEM)
    shown = page(client, f"/organisations/{cluster.slug}?lang=en")
    assert shown.index("<h3>Company (1)</h3>") < shown.index("Officine")
    assert shown.index("<h3>Research &amp; technology transfer (1)</h3>") < shown.index("Ateneo")
    assert "<span>Trentino</span>" in shown
    assert "<span>Mechatronics</span>" in shown


def test_a12_both_roles_are_shown_and_the_organisation_counts_once(client: FlaskClient) -> None:
    project, confindustria = make_project(), make_organisation("Confindustria Trento")
    give(project, confindustria, ProjectRole.OBSERVER)
    give(project, confindustria, ProjectRole.PROMOTER)
    shown = page(client, f"/organisations/{confindustria.slug}")
    assert shown.count('data-role="observer"') == shown.count('data-role="promoter"') == 1
    assert page(client, f"/projects/{project.slug}").count("Confindustria Trento</a>") == 1


def test_a24_a_label_that_ran_out_is_shown_as_expired(client: FlaskClient) -> None:
    cluster, today = make_organisation("Cluster Mechatronik & Automation"), clock.now().date()
    for level, valid_until in ((LabelLevel.BRONZE, date(2018, 4, 30)), (LabelLevel.SILVER, today + timedelta(days=9))):
        label = LabelInput(
            scheme="ECEI", level=level, issuer="ESCA", awarded_on=date(2016, 5, 1), valid_until=valid_until
        )
        services.add_label(cluster.id, label, actor=SYSTEM)
    shown = page(client, f"/organisations/{cluster.slug}?lang=en")
    assert "expired on 30 April 2018" in shown
    assert shown.count("valid until") == 1
    assert "Cluster Mechatronik &amp; Automation" in shown


def test_a22_a_person_has_a_form_of_address_and_the_job_that_he_had(client: FlaskClient) -> None:
    person = make_public_person(form_of_address="Mr")
    now_at, before = make_organisation("Cluster Mechatronik"), make_organisation("Earlier Works")
    services.affiliate(person.id, now_at.id, job=Texts(en="Cluster manager"), actor=SYSTEM)
    services.affiliate(person.id, before.id, until=date(2015, 12, 31), actor=SYSTEM)
    shown = page(client, f"/people/{person.slug}?lang=en")
    assert "Mr Heiko Bartschat" in shown
    assert shown.index("Cluster Mechatronik") < shown.index("Worked for") < shown.index("Earlier Works")


def test_who_did_not_agree_has_no_page_and_stands_on_none(client: FlaskClient) -> None:
    person, organisation = make_public_person("Ada", "Esempio", is_public=False), make_organisation("HIT")
    services.affiliate(person.id, organisation.id, actor=SYSTEM)
    assert client.get(f"/people/{person.slug}").status_code == 404
    assert "Esempio" not in page(client, f"/organisations/{organisation.slug}")
    assert "Esempio" not in page(client, "/people")


def test_b11_b16_phases_show_what_is_known_of_their_dates(client: FlaskClient) -> None:
    project = make_project("Cluster-Cord")
    for number, starts in ((1, "2010-03"), (2, "2011-10-25")):
        phase = PhaseInput(number=number, name=Texts(en=f"Part {number}"), starts=RoughDate.parse(starts))
        services.add_phase(project.id, phase, actor=SYSTEM)
    shown = page(client, f"/projects/{project.slug}?lang=en")
    assert "March 2010" in shown
    assert "25 October 2011" in shown
    assert "1 March 2010" not in shown


def test_b12_a_declared_country_without_partner_is_visible_as_a_gap(client: FlaskClient) -> None:
    make_vocabulary()
    project = make_project("Cluster-Cord", country_codes=("DE", "IT"))
    make_partner(project, "HIT", country="IT")
    assert page(client, f"/projects/{project.slug}").count("data-gap") == 1


def test_b15_b18_b26_a_group_shows_its_sectors_launch_and_both_bodies(client: FlaskClient) -> None:
    make_vocabulary()
    project = make_project("Cluster-Cord")
    data = GroupInput(
        slug="life_sciences",
        name=Texts(en="Life sciences", it="Scienze naturali"),
        aliases=("Scienze della vita",),
        position=1,
        sector_ids=("ict", "tourism"),
        launched=RoughDate.parse("2011-10-25"),
    )
    group = services.add_group(project.id, data, actor=SYSTEM)
    for name, role in (("Milano Metropoli", GroupRole.COORDINATOR), ("PTP", GroupRole.SUPPORTING_BODY)):
        services.give_group_role(group.id, make_organisation(name).id, role, actor=SYSTEM, now=NOW)
    shown = page(client, "/groups/life_sciences?lang=it")
    for words in ("Scienze naturali", "Scienze della vita", "25 ottobre 2011", "Milano Metropoli", "PTP"):
        assert words in shown
    assert shown.count('href="/sectors/') == 2


def test_b13_a_sector_counts_who_is_interested(client: FlaskClient) -> None:
    make_vocabulary()
    services.add_organisation(organisation_input(name="HIT", sector_ids=("ict",)), actor=SYSTEM, now=NOW)
    shown = page(client, "/sectors/ict")
    assert 'data-interested="1"' in shown
    assert "HIT" in shown


def test_b02_an_organisation_shows_the_category_of_its_region(client: FlaskClient) -> None:
    from app.network.rules import DevelopmentCategory

    make_vocabulary()
    services.put_region("PL22", "IT", Texts(en="Silesia"), DevelopmentCategory.LESS_DEVELOPED, actor=SYSTEM)
    data = organisation_input(name="Agency", region_code="PL22")
    organisation = services.add_organisation(data, actor=SYSTEM, now=NOW)
    assert "Less developed region" in page(client, f"/organisations/{organisation.slug}?lang=en")


def test_b27_the_map_has_one_pin_a_partner_even_at_one_address(client: FlaskClient) -> None:
    project = make_project()
    for name in ("Manifattura", "Habitech", "Third"):
        organisation = make_organisation(name, latitude=45.886, longitude=11.021)
        give(project, organisation)
    shown = page(client, f"/projects/{project.slug}")
    drawn = {part.split(")")[0] for part in shown.split('transform="translate(')[1:]}
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/network?type=company", {"Officine"}),
        ("/network?country=DE", {"Mechatronik"}),
        ("/network?country=IT&type=cluster_organisation", {"Habitech"}),
        ("/network?q=mecha", set()),  # rows of builders are in no search document
        ("/network?type=nonsense", set()),
        ("/network?q=%00&page=99999999999999999999", {"Officine", "Mechatronik", "Habitech"}),
    ],
)
def test_the_overview_is_filtered_by_its_address(client: FlaskClient, address: str, names: set[str]) -> None:
    make_organisation("Officine", type=OrganisationType.COMPANY)
    make_organisation("Mechatronik", country="DE")
    make_organisation("Habitech")
    shown = page(client, address)
    assert {name for name in ("Officine", "Mechatronik", "Habitech") if f">{name}</a>" in shown} == names


def test_a_filter_stays_chosen(client: FlaskClient) -> None:
    make_organisation("Officine", type=OrganisationType.COMPANY)
    shown = page(client, "/network?type=company&country=IT&q=off")
    assert '<option value="company" selected>' in shown
    assert '<option value="IT" selected>' in shown
    assert 'value="off"' in shown


@pytest.mark.parametrize(
    "address", ["/organisations/none", "/projects/none", "/groups/none", "/sectors/none", "/people/none"]
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_markup_in_a_name_is_text(client: FlaskClient) -> None:
    organisation = make_organisation("<script>alert(1)</script>")
    shown = page(client, f"/organisations/{organisation.slug}")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_higher_rooms_add_panels_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {"organisation": [lambda subject: None, lambda subject: ("a.html", {})]})
    assert panels.panels_of("organisation", SimpleNamespace(id=1)) == [("a.html", {})]


@pytest.mark.parametrize("address", ["/network", "/people"])
def test_a_list_needs_as_many_queries_for_three_rows_as_for_one(client: FlaskClient, address: str) -> None:
    counts = []
    for names in (("One",), ("Two", "Three")):
        for name in names:
            organisation, project = make_organisation(name), make_project(name)
            person = make_public_person(name)
            services.affiliate(person.id, organisation.id, actor=SYSTEM)
            give(project, organisation)
        with counted_queries() as queries:
            page(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_project_needs_as_many_queries_for_three_partners_as_for_one(client: FlaskClient) -> None:
    project, counts = make_project(), []
    for names in (("One",), ("Two", "Three")):
        for name in names:
            make_partner(project, name)
        with counted_queries() as queries:
            page(client, f"/projects/{project.slug}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
