"""What a participant has along: the page, the paper, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.questions.rules import Kind
from app.registration import links
from app.registration.models import Registration
from app.registration.rules import Place
from app.subgroups import services as groups
from app.visits.services import hosts, itinerary
from tests.builders import NOW, make_event, make_organisation
from tests.forms import hidden_values
from tests.papers import fonts_without_their_file, pages, reader, text
from tests.query_counter import counted_queries
from tests.sheets.helpers import answer, ask, fund, seat
from tests.signing_in import sign_in_manager
from tests.visits.helpers import make_visit, stop, two_days
from tests.visits.test_hosts import ASKED, SAID


@pytest.fixture
def visit(database: Session) -> Event:
    return make_visit()


@pytest.fixture
def items(visit: Event) -> dict[str, AgendaItem]:
    return two_days(visit, make_organisation("Plant Owner"))


def link(registration_id: int) -> str:
    return f"/registrations/{links.token(db.session.get_one(Registration, registration_id))}"


def confirm(visit: Event, item: AgendaItem, *, shows_contact: bool) -> None:
    request = hosts.ask(event_id=visit.id, item_id=item.id, values=ASKED, actor=SYSTEM, now=NOW)
    said = replace(
        SAID,
        protective_equipment=("helmet",),
        gate="North gate",
        access="Park behind the hall.",
        shows_contact=shows_contact,
    )
    hosts.answer(item.id, link_version=request.link_version, values=said, now=NOW)


def test_b20_every_participant_of_two_days_with_four_stops_prints_a_roadbook(
    client: FlaskClient, visit: Event, items: dict[str, AgendaItem]
) -> None:
    fund(visit)
    confirm(visit, items["second"], shows_contact=True)
    itinerary.name_emergency(event_id=visit.id, name="Olga Organiser", phone="+39 333 000", actor=SYSTEM)
    ids = seat(visit, ("Ada", "Esempio"), ("Bo", "Beispiel"), diet="vegan")
    sizes = ask(visit, "Shoe size", Kind.NUMBER)
    answer(ids[0], sizes, 39)
    groups.make(event_slug=visit.slug, size=1, actor=SYSTEM, now=NOW)
    for registration_id, name in zip(ids, ("Ada Esempio", "Bo Beispiel"), strict=True):
        found = client.get(f"{link(registration_id)}/roadbook.pdf")
        said = text(found.data)
        assert found.mimetype == "application/pdf"
        for words in (
            name,
            "Thursday 18 March 2027",
            "Friday 19 March 2027",
            "Times: Rome time",
            "First stop",
            "Fourth stop",
            "Plant, Via Esempio 1, Verona",
            "Meet: South gate",
            "Operator: Example Coaches",
            "Entrance: North gate",
            "Park behind the hall.",
            "Meets you: Uta Gastgeber, +39 0464 000",
            "Bring or wear: Helmet",
            "Ask before you take photos",
            "Stay behind the yellow line.",
            "Host: Plant Owner",
            "Olga Organiser, +39 333 000",
            "office@filo.example",
            "vegan",
            "Co-financed by the Alpine Space programme. Project: S3-4AlpClusters",
        ):
            assert words in said, words
        assert ("Shoe size" in said) is (name == "Ada Esempio")
        assert ("Group 1" in said) is (name == "Ada Esempio")
        assert not fonts_without_their_file(found.data)
        assert len(pages(found.data)) <= 3
    assert "Beispiel" not in text(client.get(f"{link(ids[0])}/roadbook.pdf").data)


def test_the_paper_is_in_the_language_that_is_asked_for(
    client: FlaskClient, visit: Event, items: dict[str, AgendaItem]
) -> None:
    (ada,) = seat(visit, ("Ada", "Esempio"))
    weekdays = {"en": "Thursday 18 March", "it": "giovedì 18 marzo", "de": "Donnerstag, 18. März"}
    for lang in LANGUAGE_NAMES:
        found = client.get(f"{link(ada)}/roadbook.pdf?lang={lang}")
        assert weekdays[lang] in text(found.data)
        assert reader(found.data).trailer["/Root"]["/Lang"] == lang


def test_the_page_says_the_same_and_leads_to_the_paper(
    client: FlaskClient, visit: Event, items: dict[str, AgendaItem]
) -> None:
    confirm(visit, items["second"], shows_contact=False)
    (ada,) = seat(visit, ("Ada", "Esempio"), diet="vegan")
    base = link(ada)
    own = client.get(base).text
    assert f'href="{base}/roadbook"' in own
    assert f'href="{base}/roadbook.pdf"' in own
    found = client.get(f"{base}/roadbook")
    for words in ("Ada Esempio", "Stay behind the yellow line.", "Meet: South gate", "vegan", "112"):
        assert words in found.text
    assert "+39 0464 000" not in found.text
    assert (found.headers["Cache-Control"], found.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    script = client.get(f"{base}/roadbook.js")
    assert (script.mimetype, script.headers["Cache-Control"]) == ("text/javascript", "no-store")


def test_a_roadbook_is_for_those_with_a_place_at_something_with_an_itinerary(
    client: FlaskClient, visit: Event, items: dict[str, AgendaItem]
) -> None:
    (waiting,) = seat(visit, ("Wanda", "Wartet"), place=Place.WAITLISTED)
    (elsewhere,) = seat(make_event("Workshop"), ("Ada", "Esempio"))
    (ada,) = seat(visit, ("Bo", "Beispiel"))
    registration = db.session.get_one(Registration, ada)
    old = link(ada)
    registration.link_version += 1
    db.session.commit()
    for address in (link(waiting), link(elsewhere), old, link(ada)[:-1] + "0x", "/registrations/x.y"):
        for tail in ("", ".pdf", ".js"):
            assert client.get(f"{address}/roadbook{tail}").status_code == 404
        assert "roadbook.pdf" not in client.get(address).text


NASTY = ("#show: none", "$x$ *b* @ref", "<script>alert(1)</script>", "😀 Γιώργος محمد", "x" * 190)


def test_whatever_hosts_write_is_only_text(client: FlaskClient, visit: Event, items: dict[str, AgendaItem]) -> None:
    request = hosts.ask(event_id=visit.id, item_id=items["first"].id, values=ASKED, actor=SYSTEM, now=NOW)
    (ada,) = seat(visit, ("Ada", "Esempio"))
    nasty = " ".join(NASTY)
    said = replace(SAID, gate=NASTY[4], access=nasty, safety=Texts(it=nasty), contact_name=NASTY[2], note=nasty)
    hosts.answer(items["first"].id, link_version=request.link_version, values=said, now=NOW)
    assert "#show: none $x$ *b* @ref" in text(client.get(f"{link(ada)}/roadbook.pdf").data)
    assert "<script>alert" not in client.get(f"{link(ada)}/roadbook").text


def test_a_longer_visit_asks_the_database_no_more(
    client: FlaskClient, visit: Event, items: dict[str, AgendaItem]
) -> None:
    (ada,) = seat(visit, ("Ada", "Esempio"))
    page = f"{link(ada)}/roadbook"
    counts = []
    for number in range(3):
        client.get(page)
        with counted_queries() as sent:
            client.get(page)
        counts.append(len(sent))
        stop(visit, f"1 1{number + 2}:00 1{number + 2}:30", f"More {number}")
    assert counts[1:] == counts[:-1]


def test_the_organiser_names_whom_to_call(client: FlaskClient, database: Session) -> None:
    organiser: Organisation = make_organisation("Organiser")
    visit = make_visit(organiser=organiser)
    two_days(visit)
    sign_in_manager(client, organiser, "ada@filo.example")
    page = f"/manage/events/{visit.slug}/itinerary"
    proof = {"csrf_token": hidden_values(client.get(page).text)["csrf_token"]}
    wrong = client.post(f"{page}/emergency", data=proof | {"name": "Olga"})
    assert wrong.status_code == 422
    assert "leave both empty" in wrong.text
    for name, phone in (("Olga", "+39 333"), ("", "")):
        assert client.post(f"{page}/emergency", data=proof | {"name": name, "phone": phone}).status_code == 303
        assert ('value="+39 333"' in client.get(page).text) is bool(name)
