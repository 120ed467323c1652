"""Studies: who enters them, what their page leads to, and the catalogue of services."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.search.queries import refs
from app.studies import queries, services
from app.studies.errors import MayNotWrite, PeriodReversed, TitleMissing
from app.studies.inputs import ServiceInput, StudyInput
from app.studies.models import ClusterService, Study
from app.studies.rules import Fee, ServiceFilter, ServiceState, Target
from tests.builders import make_country, make_manager, make_organisation
from tests.forms import send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def values(author: Organisation, **changes: Any) -> StudyInput:
    plain: dict[str, Any] = {
        "title": Texts(en="Services of Alpine clusters", it="Servizi dei cluster alpini"),
        "summary": Texts(),
        "findings": Texts(en="Members **meet**."),
        "author_ids": (author.id,),
        "starts": RoughDate.parse("2017"),
    }
    return StudyInput(**plain | changes)


def service_values(cluster: Organisation, **changes: Any) -> ServiceInput:
    plain: dict[str, Any] = {
        "organisation_id": cluster.id,
        "name": Texts(en="Calendar of events"),
        "about": Texts(en="Forums and meet-ups"),
        "aims": Texts(),
        "targets": frozenset({Target.SME}),
        "state": ServiceState.OFFERED,
        "fee": Fee.IN_MEMBERSHIP,
    }
    return ServiceInput(**plain | changes)


def make_study(author: Organisation | None = None, **changes: Any) -> Study:
    return services.add(values=values(author or make_organisation("HIT"), **changes), actor=SYSTEM, now=NOW)


def make_service(study: Study, cluster: Organisation, **changes: Any) -> ClusterService:
    return services.add_service(slug=study.slug, values=service_values(cluster, **changes), actor=SYSTEM, now=NOW)


def test_a13_the_page_of_the_author_leads_to_the_study_and_to_the_clusters_it_covers(
    database: Session, client: FlaskClient
) -> None:
    author, cluster = make_organisation("HIT"), make_organisation("Cluster Mechatronik", country="DE")
    make_country("DE")
    study = make_study(author, country_codes=("DE", "IT"))
    make_service(study, cluster)
    assert f"/studies/{study.slug}" in client.get(f"/organisations/{author.slug}").text
    page = client.get(f"/studies/{study.slug}").text
    for words in ("2017", "Calendar of events", f"/organisations/{cluster.slug}", "part of membership"):
        assert words in page
    assert f"/studies/{study.slug}" in client.get("/studies").text
    assert "Calendar of events" in client.get(f"/organisations/{cluster.slug}").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"a", "b", "c"}),
        ({"target": "target_sme", "state": "service_in_test"}, {"b"}),
        ({"target": "target_research"}, {"c"}),
        ({"state": "no such state"}, set()),
        ({"country": "DE"}, set()),
        ({"q": "Forums"}, {"a", "b", "c"}),
    ],
)
def test_a08_a25_services_are_filtered_by_whom_they_are_for_and_how_far_they_are(
    database: Session, asked: dict[str, str], found: set[str]
) -> None:
    cluster = make_organisation()
    study = make_study()
    make_service(study, cluster, name=Texts(en="a"))
    make_service(study, cluster, name=Texts(en="b"), state=ServiceState.IN_TEST)
    make_service(study, cluster, name=Texts(en="c"), targets=frozenset({Target.RESEARCH}), state=ServiceState.IN_TEST)
    assert {row.name["en"] for row in queries.catalogue(ServiceFilter(**asked))} == found


def test_only_managers_of_an_author_write_and_nobody_gives_a_study_away(database: Session) -> None:
    author, other = make_organisation("HIT"), make_organisation("Other")
    manager, stranger = make_manager(author), make_manager(other, "b@filo.example")
    study = services.add(values=values(author), actor=manager, now=NOW)
    with pytest.raises(MayNotWrite):
        services.edit(slug=study.slug, values=values(author), actor=stranger, now=NOW)
    with pytest.raises(MayNotWrite):
        services.edit(slug=study.slug, values=values(other), actor=manager, now=NOW)
    with pytest.raises(TitleMissing):
        services.edit(slug=study.slug, values=values(author, title=Texts()), actor=manager, now=NOW)
    with pytest.raises(PeriodReversed):
        services.edit(slug=study.slug, values=values(author, ends=RoughDate.parse("2016")), actor=manager, now=NOW)
    both = services.edit(
        slug=study.slug, values=values(author, author_ids=(other.id, author.id)), actor=manager, now=NOW
    )
    assert [row.organisation_id for row in both.authors] == [other.id, author.id]


def test_a_service_that_is_removed_is_no_longer_found(database: Session) -> None:
    study, cluster = make_study(), make_organisation()
    row = make_service(study, cluster)
    assert list(database.scalars(refs("cluster_service", "calendar"))) == [row.id]
    services.remove_service(slug=study.slug, service_id=row.id, actor=SYSTEM, now=NOW)
    assert list(database.scalars(refs("cluster_service", "calendar"))) == []


def test_a_manager_enters_a_study_and_a_service_by_form(database: Session, client: FlaskClient) -> None:
    author = make_organisation("HIT")
    sign_in_manager(client, author, "ada@filo.example")
    page = "/manage/studies/new"
    refused = send(client, page, {"title_en": "A study", "author_ids": str(author.id), "starts": "spring"})
    assert refused.status_code == 422
    assert "A study" in refused.text
    assert "2012-09" in refused.text
    saved = send(client, page, {"title_en": "A study", "author_ids": str(author.id), "starts": "2017-05"})
    assert saved.headers["Location"] == "/manage/studies/a-study"
    address = "/manage/studies/a-study/services/new"
    assert send(client, address, {"name_en": ""}).status_code == 422
    typed = {"name_en": "Lab", "organisation_id": str(author.id), "targets": "target_sme", "state": "service_in_test"}
    added = send(client, address, typed | {"fee": "fee_free"})
    assert added.status_code == 303
    assert "Lab" in client.get("/studies/services?target=target_sme&state=service_in_test").text


def test_the_catalogue_asks_the_same_few_questions_for_many_services(database: Session, client: FlaskClient) -> None:
    study = make_study()
    for number in range(3):
        make_service(study, make_organisation(f"Cluster {number}"))
    with counted_queries() as few:
        client.get("/studies/services")
    for number in range(6):
        make_service(study, make_organisation(f"Further {number}"))
    with counted_queries() as many:
        client.get("/studies/services")
    assert len(many) <= len(few)
