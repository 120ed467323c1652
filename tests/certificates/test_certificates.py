"""From being present to a paper that anybody can check."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.audit.models import AuditEntry
from app.certificates import presenters, queries, services, work
from app.certificates.errors import CertificateNotFound, NothingToCorrect, ReasonMissing, TooEarly
from app.certificates.models import Certificate
from app.certificates.rules import Measure, RuleInput, Standing, shown_code
from app.events.errors import MayNotManage
from app.events.models import Event
from app.jobs.models import Job
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM
from app.network.models import Organisation
from app.presence.models import CheckList
from app.presence.rules import ListKind
from app.printing import render
from app.registration import links
from app.registration.models import Registration
from app.registration.rules import Place
from tests.builders import NOW, make_event, make_organisation
from tests.certificates.helpers import check_list, note
from tests.forms import hidden_values
from tests.papers import fonts_without_their_file, pages, text
from tests.query_counter import counted_queries
from tests.sheets.helpers import fund, seat
from tests.signing_in import sign_in_manager


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_event("Prototyping visit", organiser=organiser, starts_at=NOW - timedelta(hours=6))


def issued(event: Event) -> list[Certificate]:
    services.issue_for(event.slug, actor=SYSTEM, now=NOW)
    return list(queries.of_event(event.id))


def one_certificate(event: Event) -> Certificate:
    (person,) = seat(event, ("Ada", "Lovelace"))
    note(check_list(event), person)
    (certificate,) = issued(event)
    return certificate


def test_demand_21_only_who_was_really_checked_in_gets_a_certificate(event: Event) -> None:
    there, _away = seat(event, ("Ada", "Here"), ("Eva", "Away"))
    note(check_list(event), there)
    assert [one.registration_id for one in issued(event)] == [there]
    assert issued(event)[0].issued_at == NOW
    assert len(issued(event)) == 1  # again issues nobody a second one


def test_a_rule_may_ask_for_more_parts_and_a_meal_is_none(event: Event) -> None:
    often, once, eater = seat(event, ("A", "Often"), ("B", "Once"), ("C", "Eater"))
    morning, afternoon, lunch = check_list(event), check_list(event), check_list(event, ListKind.MEAL)
    note(morning, often, once, eater)
    note(afternoon, often)
    note(lunch, eater)
    services.set_rule(event_slug=event.slug, values=RuleInput(least=2), actor=SYSTEM, now=NOW)
    assert [(one.registration_id, one.parts) for one in issued(event)] == [(often, 2)]


def test_it_keeps_what_was_true_when_it_was_issued(event: Event) -> None:
    certificate = one_certificate(event)
    event.title = Texts(en="Another title")
    db.session.commit()
    assert queries.with_code(certificate.code).event_title == Texts(en="Prototyping visit")


def test_a_corrected_name_is_issued_anew_and_the_old_code_leads_there(event: Event, client: FlaskClient) -> None:
    old = one_certificate(event)
    with pytest.raises(NothingToCorrect):
        services.correct(old.id, event_slug=event.slug, actor=SYSTEM, now=NOW)
    db.session.get_one(Registration, old.registration_id).given_name = "Augusta"
    db.session.commit()
    new = services.correct(old.id, event_slug=event.slug, actor=SYSTEM, now=NOW)
    assert (new.name, new.parts, new.standing) == ("Augusta Lovelace", 1, Standing.VALID)
    page = client.get(f"/certificates/{old.code}").text
    assert 'data-standing="replaced"' in page
    assert shown_code(new.code) in page
    assert "Ada" not in page


def test_one_that_was_taken_back_says_so_and_no_more(event: Event, client: FlaskClient) -> None:
    certificate = one_certificate(event)
    with pytest.raises(ReasonMissing):
        services.revoke(certificate.id, event_slug=event.slug, reason=" ", actor=SYSTEM, now=NOW)
    services.revoke(certificate.id, event_slug=event.slug, reason="Left at once", actor=SYSTEM, now=NOW)
    page = client.get(f"/certificates/{certificate.code}").text
    assert 'data-standing="revoked"' in page
    assert "Left at once" not in page
    assert "Lovelace" not in page
    assert queries.certificate_url(certificate.registration_id) == ""
    assert issued(event)[0].standing is Standing.REVOKED  # issuing does not bring it back
    assert services.correct(certificate.id, event_slug=event.slug, actor=SYSTEM, now=NOW).standing is Standing.VALID


def test_anybody_verifies_a_code_and_sees_no_more_than_the_paper(event: Event, client: FlaskClient) -> None:
    certificate = one_certificate(event)
    person = db.session.get_one(Registration, certificate.registration_id)
    answer = client.get(f"/certificates/{shown_code(certificate.code).lower()}")
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    for shown in ("Ada Lovelace", "Company Example", "Prototyping visit", "13 January 2027", 'data-standing="valid"'):
        assert shown in answer.text
    for hidden in (person.email, person.public_id, event.slug):
        assert hidden not in answer.text
    asked = client.get("/certificates", query_string={"code": f" {certificate.code} "})
    assert asked.location == f"/certificates/{shown_code(certificate.code)}"


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN-PQRS", "x", "'\"><script>", "ä" * 300])
def test_an_unknown_code_is_told_what_to_do(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/certificates/{code}")
    assert answer.status_code == 404
    assert "sign by sign" in answer.text
    assert "<script>" not in answer.text


def test_the_owner_opens_the_paper_by_the_own_link_alone(event: Event, client: FlaskClient) -> None:
    certificate = one_certificate(event)
    person = certificate.registration_id
    (other,) = seat(event, ("Eva", "Away"))
    token = links.token(db.session.get_one(Registration, person))
    answer = client.get(f"/registrations/{token}/certificate.pdf")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert queries.certificate_url(person).endswith(f"/registrations/{token}/certificate.pdf")
    none = client.get(f"/registrations/{links.token(db.session.get_one(Registration, other))}/certificate.pdf")
    assert none.status_code == 404
    assert "after the event" in none.text
    assert client.get(f"/registrations/{token}x/certificate.pdf").status_code == 404


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "Co-financed by"), ("it", "Cofinanziato da"), ("de", "Co-financed by")]
)
def test_the_paper_says_everything_in_each_language(
    event: Event, organiser: Organisation, client: FlaskClient, lang: str, sentence: str
) -> None:
    fund(event)
    values = RuleInput(text=Texts(en="Twelve hours.", it="Dodici ore.", de="Zwölf Stunden."), signed_by="Eva, director")
    services.set_rule(event_slug=event.slug, values=values, actor=SYSTEM, now=NOW)
    certificate = one_certificate(event)
    address, code = f"/manage/events/{event.slug}/certificates/{certificate.id}.pdf", shown_code(certificate.code)
    sign_in_manager(client, organiser, "ada@filo.example")
    pdf = client.get(f"{address}?lang={lang}").data
    assert len(pages(pdf)) == 1
    found = text(pdf)
    for said in ("Ada Lovelace", "Company Example", "Prototyping visit", values.text[lang], "Eva, director", code):
        assert said in found
    assert sentence in found
    assert fonts_without_their_file(pdf) == set()


def test_long_names_stay_on_one_page_and_all_fit_into_one_file(
    event: Event, organiser: Organisation, client: FlaskClient
) -> None:
    fund(event)
    event.title = Texts(en="An extraordinarily long title of an event " * 4)
    words = Texts(en="x " * 290)
    services.set_rule(event_slug=event.slug, values=RuleInput(text=words), actor=SYSTEM, now=NOW)
    people = seat(event, ("#show: none", "x" * 119), ("Łukasz", "محمد"), organisation="O" * 200)
    note(check_list(event), *people)
    assert len(issued(event)) == 2
    address = f"/manage/events/{event.slug}/certificates/all.pdf"
    sign_in_manager(client, organiser, "ada@filo.example")
    assert len(pages(client.get(address).data)) == 2


def test_a_large_event_is_issued_in_bounded_batches(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    people = seat(event, *[("A", f"B{number}") for number in range(7)])
    note(check_list(event), *people)
    monkeypatch.setattr(services, "BATCH", 3)
    event_id = event.id
    assert services.issue_for(event.slug, actor=SYSTEM, now=NOW) == 3
    for _turn in range(2):
        services.go_on(event_id, now=NOW)
    assert {one.registration_id for one in queries.of_event(event_id)} == set(people)
    waiting = db.session.scalars(select(Job.payload).where(Job.kind == services.GO_ON)).all()
    assert waiting == [{"event_id": event_id}] * 2


@pytest.mark.parametrize(("is_automatic", "ended", "count"), [(True, 2, 1), (False, 2, 0), (True, 0, 0)])
def test_the_worker_issues_after_the_end_where_the_organiser_wants_it(
    organiser: Organisation, is_automatic: bool, ended: int, count: int
) -> None:
    event = make_event("Visit", organiser=organiser, starts_at=NOW - timedelta(hours=4 + ended))
    (person,) = seat(event, ("Ada", "Here"))
    note(check_list(event), person)
    services.set_rule(event_slug=event.slug, values=RuleInput(is_automatic=is_automatic), actor=SYSTEM, now=NOW)
    work.issue_after_the_end(NOW)
    assert len(queries.of_event(event.id)) == count


def test_others_neither_issue_nor_take_back(event: Event) -> None:
    certificate = one_certificate(event)
    another = make_event("Another")
    with pytest.raises(MayNotManage):
        services.issue_for(event.slug, actor=ANYBODY, now=NOW)
    with pytest.raises(CertificateNotFound):
        services.revoke(certificate.id, event_slug=another.slug, reason="x", actor=SYSTEM, now=NOW)


def test_the_organiser_issues_on_the_page_and_takes_back_with_a_reason(
    organiser: Organisation, client: FlaskClient
) -> None:
    event = make_event("Yesterday", organiser=organiser, starts_at=datetime.now(UTC) - timedelta(days=1))
    event_id = event.id
    (person,) = seat(event, ("Ada", "Lovelace"))
    note(check_list(event), person)
    sign_in_manager(client, organiser, "ada@filo.example")
    base = f"/manage/events/{event.slug}/certificates"
    hidden = hidden_values(client.get(base).text)
    assert client.post(f"{base}/issuing", data=hidden).status_code == 303
    certificate = queries.current(person)
    assert certificate
    code, revocation = shown_code(certificate.code), f"{base}/{certificate.id}/revocation"
    assert code in client.get(base).text
    assert client.post(revocation, data=hidden).status_code == 422
    assert client.post(revocation, data={**hidden, "reason": "Left"}).status_code == 303
    assert "Left" in client.get(base).text
    assert client.post(f"{base}/rule", data={**hidden, "least": "0"}).status_code == 422
    assert client.post(f"{base}/rule", data={**hidden, "least": "2", "signed_by": "Eva"}).status_code == 303
    assert queries.rule_of(event_id).least == 2
    noted = set(db.session.scalars(select(AuditEntry.action)))
    assert {"certificates.issued", "certificates.revoked", "certificates.rule_set"} <= noted


def test_the_list_asks_as_often_for_many_as_for_one(event: Event, organiser: Organisation, client: FlaskClient) -> None:
    first = check_list(event)
    sign_in_manager(client, organiser, "ada@filo.example")
    counts = []
    for _turn in range(2):
        note(first, *seat(event, ("A", "B"), ("C", "D"), place=Place.CONFIRMED))
        issued(event)
        with counted_queries() as counted:
            client.get(f"/manage/events/{event.slug}/certificates")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def agenda_item(event: Event, title: str, start: int, end: int, kind: ItemKind = ItemKind.KEYNOTE) -> int:
    row = AgendaItem(
        event_id=event.id, uid=new_uid(), day=0, start_minute=start, end_minute=end, kind=kind, title=Texts(en=title),
        abstract=Texts(), created_at=NOW, content_changed_at=NOW,
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row.id


def day_list(event: Event) -> int:
    row = CheckList(event_id=event.id, kind=ListKind.DAY, day=1, label=Texts())
    db.session.add(row)
    db.session.commit()
    return row.id


def item_list(event: Event, item_id: int) -> int:
    row = CheckList(event_id=event.id, kind=ListKind.ITEM, day=1, label=Texts(en="Part"), agenda_item_id=item_id)
    db.session.add(row)
    db.session.commit()
    return row.id


BY_HOURS = RuleInput(measure=Measure.HOURS, least=2, says_hours=True)


def test_hours_are_those_of_the_days_and_parts_at_which_somebody_was(event: Event) -> None:
    whole, lab, twice, eater = seat(event, ("A", "Whole"), ("B", "Lab"), ("C", "Twice"), ("D", "Eater"))
    talk, workshop = agenda_item(event, "Talk", 540, 600), agenda_item(event, "Lab", 590, 690)
    lunch = agenda_item(event, "Lunch", 720, 780, ItemKind.MEAL)
    note(day_list(event), whole)
    note(item_list(event, workshop), lab, twice)
    note(item_list(event, talk), twice)
    note(item_list(event, lunch), eater)
    services.set_rule(event_slug=event.slug, values=BY_HOURS, actor=SYSTEM, now=NOW)
    attended = queries.attended(event.id, NOW)
    assert {person: one.minutes for person, one in attended.items()} == {whole: 150, lab: 100, twice: 150, eater: 0}
    assert {one.registration_id: one.minutes for one in issued(event)} == {whole: 150, twice: 150}


def test_without_an_agenda_a_day_takes_as_long_as_the_event(event: Event) -> None:
    (person,) = seat(event, ("Ada", "Here"))
    note(day_list(event), person)
    services.set_rule(event_slug=event.slug, values=BY_HOURS, actor=SYSTEM, now=NOW)
    (certificate,) = issued(event)
    assert certificate.minutes == 240
    assert "4 h in all" in text(render("certificate", presenters.paper([certificate], public_url="https://x.example")))


def test_while_the_event_goes_on_only_what_is_over_counts_and_nothing_is_issued(
    client: FlaskClient, organiser: Organisation
) -> None:
    now = datetime.now(UTC)
    event = make_event("Running", organiser=organiser, starts_at=now - timedelta(hours=2, minutes=1))
    (person,) = seat(event, ("Ada", "Here"))
    note(day_list(event), person, at=now)
    services.set_rule(event_slug=event.slug, values=BY_HOURS, actor=SYSTEM, now=now)
    over = event.ends_at
    assert queries.attended(event.id, over)[person].minutes >= 239
    assert queries.attended(event.id, now - timedelta(hours=1))[person].minutes <= 62
    with pytest.raises(TooEarly):
        services.issue_for(event.slug, actor=SYSTEM, now=over - timedelta(seconds=1))
    sign_in_manager(client, organiser, "eva@organiser.example")
    address = f"/manage/events/{event.slug}/certificates"
    page = client.get(address).text
    assert "certificates can be issued after" in page
    assert "/issuing" not in page
    assert client.post(f"{address}/issuing", data=hidden_values(page)).status_code == 409
    assert services.issue_for(event.slug, actor=SYSTEM, now=over) == 1


def test_the_organiser_chooses_hours_on_the_page(client: FlaskClient, organiser: Organisation) -> None:
    event = make_event("Yesterday", organiser=organiser, starts_at=datetime.now(UTC) - timedelta(days=1))
    (person,) = seat(event, ("Ada", "Here"))
    note(day_list(event), person)
    sign_in_manager(client, organiser, "eva@organiser.example")
    page = f"/manage/events/{event.slug}/certificates"
    values = {**hidden_values(client.get(page).text), "measure": "hours", "least": "5", "says_hours": "y"}
    assert client.post(f"{page}/rule", data=values).status_code == 303
    shown = client.get(page).text
    assert "not there for long enough" in shown
    assert "4 h" in shown
    answer = client.post(f"{page}/rule", data=values | {"least": "0"})
    assert (answer.status_code, "Write a number from 1 to 60." in answer.text) == (422, True)


def test_an_archive_holds_a_file_for_each_in_the_language_in_force(
    client: FlaskClient, organiser: Organisation, event: Event
) -> None:
    people = seat(event, ("Ada", "Esempio"), ("Ada", "Esempio"), ("Žofie", "Příklad"))
    note(check_list(event), *people)
    sign_in_manager(client, organiser, "eva@organiser.example")
    address = f"/manage/events/{event.slug}/certificates/all.zip"
    assert client.get(address).status_code == 404
    first, *_others = issued(event)
    services.revoke(first.id, event_slug=event.slug, reason="Was not there.", actor=SYSTEM, now=NOW)
    answer = client.get(address, headers={"Accept-Language": "de"})
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert [one.rpartition(" ")[2] for one in archive.namelist()] == ["Esempio.pdf", "Příklad.pdf"]
        (page,) = pages(archive.read(archive.namelist()[1]))
        assert "Teilnahmebescheinigung" in page
        assert "Žofie Příklad" in page
