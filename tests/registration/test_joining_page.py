"""The form: what it says before, what it asks, and what it refuses beside the field."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Audience
from app.invitations import links as invitation_links
from app.invitations import queries as invitations
from app.invitations import services as inviting
from app.invitations.inputs import CodeInput
from app.invitations.rules import InvitationStatus
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.questions.rules import Kind
from app.registration import links, queries
from app.registration.models import Answer, Companion, Registration
from app.registration.rules import ItemStanding, Place
from app.registration.services import joining
from tests.builders import make_event, make_organisation
from tests.files import samples
from tests.forms import hidden_values, send
from tests.invitations.helpers import invite
from tests.query_counter import counted_queries
from tests.registration.asking import ask, question, table
from tests.registration.helpers import person
from tests.registration.test_views import TYPED, place_on
from tests.signing_in import sign_in_manager

SOON = datetime.now(UTC) + timedelta(days=10)


def open_event(**changes: Any) -> Event:
    return make_event(**{"starts_at": SOON} | changes)


def register(client: FlaskClient, event: Event, *, query: str = "", **typed: Any) -> Any:
    return send(client, f"/events/{event.slug}/register{query}", TYPED | typed)


def the_one() -> Registration:
    return db.session.query(Registration).one()


def code_of(event: Event, **values: Any) -> str:
    return inviting.make_code(
        event_slug=event.slug, values=CodeInput(**values), actor=SYSTEM, now=datetime.now(UTC)
    ).code


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"verifies_address": True}, "only then do we look for your place"),
        ({"needs_approval": True}, "The organiser looks at every request"),
        ({"offer_hours": 12}, "you have 12 hours to take it"),
    ],
)
def test_what_follows_is_said_before_the_form_is_filled_in(
    client: FlaskClient, database: Session, policy: dict[str, Any], said: str
) -> None:
    event = open_event(capacity=0, policy=policy)
    page = client.get(f"/events/{event.slug}/register").text
    assert said in page
    assert page.index(said) < page.index('name="given_name"')


def test_companions_take_places_of_the_event(client: FlaskClient, database: Session) -> None:
    """demand 19: three people come on one registration, so the fourth place is the last."""
    event = open_event(capacity=4, policy={"most_companions": 3})
    names = {"companions-0": "Max", "companions-1": "", "companions-2": "Eva"}
    page = client.get(f"/events/{event.slug}/register").text
    assert page.count('name="companions-') == 3
    assert place_on(client.get(register(client, event, **names).location).text) == "confirmed"
    assert [one.name for one in db.session.query(Companion)] == ["Max", "Eva"]
    pair = register(client, event, email="b@company.example", **{"companions-0": "Lea"})
    assert place_on(client.get(pair.location).text) == "waitlisted"


def test_more_companions_than_allowed_are_refused_with_what_was_typed(client: FlaskClient, database: Session) -> None:
    event = open_event(policy={"most_companions": 1})
    answer = register(client, event, **{"companions-0": "Max", "companions-1": "Eva"})
    assert answer.status_code == 422
    assert 'value="Eva"' in answer.text
    assert queries.counts_by_place(event.id) == {}


def test_companions_use_up_the_seats_of_a_chosen_option(client: FlaskClient, database: Session) -> None:
    """demand 19: three seats in the bus are two people with one companion, and one alone."""
    event = open_event(policy={"most_companions": 2})
    _form, (bus,) = ask(event, question(Kind.CHOICE, "How do you come?"))
    pair = register(client, event, **{f"q_{bus}": "bus", "companions-0": "Max"})
    assert pair.status_code == 303
    another = {f"q_{bus}": "bus", "companions-0": "Lea", "email": "b@company.example"}
    answer = register(client, event, **another)
    assert answer.status_code == 422
    assert "Not enough places are left there" in answer.text
    assert 'value="Lea"' in answer.text
    assert register(client, event, **another | {"companions-0": ""}).status_code == 303


def test_answers_are_kept_with_the_version_of_their_words(client: FlaskClient, database: Session) -> None:
    event = open_event()
    _form, (badge, photo) = ask(event, question(required=True), question(Kind.CONSENT, "Photos"))
    empty = register(client, event)
    assert empty.status_code == 422
    assert f'id="q_{badge}-error"' in empty.text
    assert 'value="ada@company.example"' in empty.text
    assert register(client, event, **{f"q_{badge}": "Ada!", f"q_{photo}": "y"}).status_code == 303
    kept = {one.question_id: (one.value, one.wording_version) for one in db.session.query(Answer)}
    assert kept == {badge: ("Ada!", 1), photo: ({"agreed": True, "wording": 1, "language": "en"}, 1)}


def test_a_file_answers_a_question_and_a_lying_one_is_refused(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation("Own")
    event = open_event(organiser=organiser)
    _form, (paper,) = ask(event, question(Kind.FILE, "Programme of your cluster", required=True))
    page = f"/events/{event.slug}/register"
    html = client.get(page).text
    assert 'enctype="multipart/form-data"' in html
    values = TYPED | hidden_values(html)
    lie = client.post(page, data=values | {f"q_{paper}": (io.BytesIO(b"MZ\x90\x00 program"), "a.pdf")})
    assert lie.status_code == 422
    assert queries.counts_by_place(event.id) == {}
    for _ in range(2):  # a double click
        assert client.post(page, data=values | {f"q_{paper}": (io.BytesIO(samples.PDF), "a.pdf")}).status_code == 303
    answer = db.session.query(Answer).one()
    assert answer.value["name"] == "a.pdf"
    assert answer.value["file"] in queries.files_in_answers()
    own = f"/registrations/{links.token(db.session.get_one(Registration, answer.registration_id))}"
    assert f'href="{own}/files/{paper}"' in client.get(own).text
    sent = client.get(f"{own}/files/{paper}")
    assert (sent.data, sent.headers["X-Content-Type-Options"]) == (samples.PDF, "nosniff")
    assert client.get(f"{own}/files/{paper + 1}").status_code == 404
    managed = f"/manage/events/{event.slug}/participants/{answer.registration_id}"
    assert client.get(f"{managed}/files/{paper}").status_code in {302, 303}
    sign_in_manager(client, make_organisation("Somebody else"), "else@filo.example")
    assert client.get(f"{managed}/files/{paper}").status_code == 403
    sign_in_manager(client, organiser, "own@filo.example")
    assert f"{managed}/files/{paper}" in client.get(managed).text
    assert client.get(f"{managed}/files/{paper}").data == samples.PDF


def test_tables_are_chosen_with_the_registration(client: FlaskClient, database: Session) -> None:
    event = open_event()
    one, other = table(event, "Agrifood", capacity=1), table(event, "Energy", start=630, end=690)
    page = client.get(f"/events/{event.slug}/register").text
    assert "10:00–11:00" in page
    assert "1 place left" in page
    clash = register(client, event, items=[str(one), str(other)])
    assert clash.status_code == 422
    assert "“Agrifood” and “Energy”" in clash.text
    assert len(re.findall(r'name="items"[^>]* checked', clash.text)) == 2
    assert register(client, event, items=[str(one)]).status_code == 303
    assert register(client, event, items=[str(one)], email="b@company.example").status_code == 303
    ids = queries.live_registration_ids(event.id)
    standings = [list(queries.standings_of(one).values()) for one in ids]
    assert standings == [[ItemStanding.SEATED], [ItemStanding.QUEUED]]
    assert "full, 1 waiting" in client.get(f"/events/{event.slug}/register").text


def test_a_free_place_that_is_too_few_for_the_first_in_the_queue_is_not_called_full(
    client: FlaskClient, database: Session
) -> None:
    event = open_event(policy={"most_companions": 1})
    item = table(event, "Agrifood", capacity=2)
    assert register(client, event, items=[str(item)]).status_code == 303
    joining.join(
        event_id=event.id,
        person=person("max"),
        form_key="k" * 20,
        now=datetime.now(UTC),
        companions=("Eva",),
        item_ids=frozenset({item}),
    )
    page = client.get(f"/events/{event.slug}/register").text
    assert "1 place free, too few for the first in the queue" in page
    assert "1 waiting" in page
    assert "full," not in page


@pytest.mark.parametrize("typed", ["999999", "x", "9" * 30])
def test_a_table_that_is_none_is_refused(client: FlaskClient, database: Session, typed: str) -> None:
    event = open_event()
    table(event)
    assert register(client, event, items=[typed]).status_code == 422
    assert queries.counts_by_place(event.id) == {}


def test_an_invitation_fills_in_the_form_opens_the_event_and_is_accepted(
    client: FlaskClient, database: Session
) -> None:
    event = open_event(audience=Audience.INVITED, policy={"needs_approval": True, "verifies_address": True})
    invitation = invite(event, now=datetime.now(UTC))
    query = f"?invitation={invitation_links.token(invitation)}"
    page = client.get(f"/events/{event.slug}/register{query}").text
    assert 'value="ada@company.example"' in page
    assert "You are invited" in page
    answer = register(client, event, query=query)
    assert place_on(client.get(answer.location).text) == "confirmed"
    found = invitations.invitation_for_mail(invitation.id)
    assert found
    assert (found.status, found.registration_id) == (InvitationStatus.ACCEPTED, the_one().id)
    second = register(client, event, query=query, email="eve@company.example")
    assert second.status_code == 409
    assert 'data-code="registration.invitation_used"' in second.text
    send(client, answer.location, {}, to=f"{answer.location}/withdrawal")
    found = invitations.invitation_for_mail(invitation.id)
    assert found
    assert found.status is InvitationStatus.DECLINED


def test_a_forwarded_invitation_proves_no_other_address(client: FlaskClient, database: Session) -> None:
    event = open_event(audience=Audience.INVITED, policy={"verifies_address": True})
    query = f"?invitation={invitation_links.token(invite(event, now=datetime.now(UTC)))}"
    answer = register(client, event, query=query, email="eve@company.example")
    assert place_on(client.get(answer.location).text) == "unverified"


@pytest.mark.parametrize("change", ["x", ""])
def test_a_forged_or_foreign_invitation_opens_nothing(client: FlaskClient, database: Session, change: str) -> None:
    event = open_event(audience=Audience.INVITED)
    foreign = invitation_links.token(invite(open_event(), now=datetime.now(UTC)))
    assert client.get(f"/events/{event.slug}/register?invitation={foreign}{change}").status_code == 404


def test_a_pass_code_opens_the_event_and_skips_approval(client: FlaskClient, database: Session) -> None:
    event = open_event(audience=Audience.INVITED, policy={"needs_approval": True})
    code = code_of(event, uses=1)
    page = f"/events/{event.slug}/register"
    assert 'name="code"' in client.get(page).text
    assert client.get(f"{page}?code=wrong").status_code == 422
    assert f'value="{code}"' in client.get(f"{page}?code={code}").text
    answer = register(client, event, query=f"?code={code}", code=code)
    assert place_on(client.get(answer.location).text) == "confirmed"
    late = register(client, event, query=f"?code={code}", code=code, email="b@company.example")
    assert late.status_code in {409, 422}


def test_a_refused_registration_uses_no_code(client: FlaskClient, database: Session) -> None:
    event = open_event(capacity=0, has_waitlist=False)
    code = code_of(event, uses=1)
    page = f"/events/{event.slug}/register"
    typed = TYPED | {"form_key": "a" * 20, "csrf_token": _token(client), "code": code}
    assert client.post(page, data=typed).status_code == 409
    assert invitations.codes(event.id)[0].uses_left == 1


def _token(client: FlaskClient) -> str:
    other = open_event(title="Other")
    return hidden_values(client.get(f"/events/{other.slug}/register").text)["csrf_token"]


def test_the_plain_form_costs_one_query_more_for_questions_and_none_for_tables(
    client: FlaskClient, database: Session
) -> None:
    event = open_event()
    page = f"/events/{event.slug}/register"
    values = TYPED | hidden_values(client.get(page).text)
    with counted_queries() as statements:
        assert client.post(page, data=values).status_code == 303
    lock = next(number for number, one in enumerate(statements) if "registration_policy" in one)
    assert sum("question" in one for one in statements[:lock]) == 1
    assert not any(word in one for one in statements for word in ("agenda_item", "item_place", "pass_code", "answer"))


def test_one_address_holds_one_place_whichever_way_it_comes(client: FlaskClient, database: Session) -> None:
    """demand 22: the second registration of an address, written otherwise, is no second place."""
    event = open_event(policy={"most_companions": 1})
    assert register(client, event).status_code == 303
    again = register(client, event, email=" ADA@company.example ", **{"companions-0": "Max"})
    assert again.status_code == 409
    assert queries.counts_by_place(event.id) == {Place.CONFIRMED: 1}
