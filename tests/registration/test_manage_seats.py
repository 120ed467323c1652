"""Places and times: what organisers set, and quotas with their release."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.events.models import Event
from app.network.actors import SYSTEM
from app.registration import queries, work
from app.registration.inputs import QuotaInput
from app.registration.models import Quota, Registration
from app.registration.rules import GroupRule, Place, Promotion, QuotaKind
from app.registration.services import joining, seats
from tests.builders import make_event, make_organisation
from tests.forms import send
from tests.registration.helpers import person
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC).replace(microsecond=0)
POLICY = {"promotion": "automatic", "group_rule": "part", "most_companions": "0"}


@pytest.fixture
def organiser(client: FlaskClient, database: Session) -> Any:
    found = make_organisation("Own")
    sign_in_manager(client, found, "ada@filo.example")
    return found


def an_event(organiser: Any, **changes: Any) -> Event:
    return make_event(organiser=organiser, **{"starts_at": NOW + timedelta(days=10)} | changes)


def enter(event: Event, number: int, organisation: str) -> Registration:
    return joining.join(
        event_id=event.id,
        person=person(f"p{number}", organisation=organisation),
        form_key=f"form-of-{number}-{'x' * 16}",
        now=NOW + timedelta(seconds=number),
    )


def test_the_policy_is_saved_and_says_what_it_means(client: FlaskClient, database: Session, organiser: Any) -> None:
    """demand 24"""
    event = an_event(organiser)
    page = f"/manage/events/{event.slug}/seats"
    for said in ("reads that you will decide", "the place is held for so many hours", "a group may be torn apart"):
        assert said in client.get(page).text
    values = {
        "needs_approval": "y",
        "promotion": "by_hand",
        "offer_hours": "48",
        "group_rule": "skip",
        "most_companions": "2",
        "changes_until": "2027-01-20T12:00",
        "rejection_text_it": "Purtroppo no.",
    }
    assert send(client, page, values, to=f"{page}/policy").status_code == 303
    database.expire_all()
    policy = queries.policy_of(event.id)
    assert (policy.promotion, policy.offer_hours, policy.group_rule) == (Promotion.BY_HAND, 48, GroupRule.SKIP)
    assert (policy.needs_approval, policy.invited_skip_approval, policy.most_companions) == (True, False, 2)
    assert policy.changes_until == datetime(2027, 1, 20, 12, tzinfo=ZoneInfo("Europe/Rome"))
    assert policy.rejection_text["it"] == "Purtroppo no."
    assert "Purtroppo no." in client.get(page).text


@pytest.mark.parametrize(
    "changes",
    [
        {"offer_hours": "0"},
        {"most_companions": "-1"},
        {"most_companions": ""},
        {"promotion": "sometimes"},
        {"group_rule": ""},
        {"changes_until": "2027-03-28T02:30"},
        {"rejection_text_en": "x" * 2001},
    ],
)
def test_a_policy_takes_only_what_can_be(
    client: FlaskClient, database: Session, organiser: Any, changes: dict[str, str]
) -> None:
    page = f"/manage/events/{an_event(organiser).slug}/seats"
    answer = send(client, page, POLICY | changes, to=f"{page}/policy")
    assert answer.status_code == 422
    assert "needs a look" in answer.text


def test_quotas_are_kept_changed_and_released_on_the_page(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    event = an_event(organiser, capacity=10)
    cluster = make_organisation("Habitech")
    page = f"/manage/events/{event.slug}/seats"
    day = f"{NOW + timedelta(days=9):%Y-%m-%d}T12:00"
    values = {"target": f"cluster:{cluster.id}", "size": "11", "releases_at": day}
    refused = send(client, page, values, to=f"{page}/quotas")
    assert refused.status_code == 422
    assert "would be more than the event has" in refused.text
    over = send(client, page, values | {"size": "4", "releases_at": "2020-01-20T12:00"}, to=f"{page}/quotas")
    assert over.status_code == 422
    assert "This moment is over." in over.text
    assert 'value="2020-01-20T12:00"' in over.text
    assert send(client, page, values | {"size": "4"}, to=f"{page}/quotas").status_code == 303
    quota = database.scalars(select(Quota)).one()
    shown = client.get(page).text
    assert "0 of 4 used, 0 waiting" in shown
    assert f'value="{day}"' in shown
    assert send(client, page, {"size": "12"}, to=f"{page}/quotas/{quota.id}").status_code == 422
    assert send(client, page, {"size": "6"}, to=f"{page}/quotas/{quota.id}").status_code == 303
    assert "kept by quotas" in client.get(f"/manage/events/{event.slug}/participants").text
    assert send(client, page, {}, to=f"{page}/quotas/{quota.id}/release").status_code == 303
    assert "0 of 6 were used, 6 went to everybody" in client.get(page).text
    assert send(client, page, {"size": "1"}, to=f"{page}/quotas/{quota.id}").status_code == 422
    assert send(client, page, {"size": "1"}, to=f"{page}/quotas/99999").status_code == 404


@pytest.mark.parametrize("target", ["", "cluster:0", "region:XX", "planet:1", "organisation_type:emperor"])
def test_a_quota_is_for_somebody_that_the_network_knows(
    client: FlaskClient, database: Session, organiser: Any, target: str
) -> None:
    page = f"/manage/events/{an_event(organiser).slug}/seats"
    assert send(client, page, {"target": target, "size": "1"}, to=f"{page}/quotas").status_code == 422


def test_on_its_day_what_a_quota_left_goes_to_the_queue_in_its_order_and_into_the_log(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    """§3.9: quotas A=10, B=10, B has 4 used at its release: 6 places open in the pool, offered in queue order."""
    event = an_event(organiser, capacity=20, policy={"offer_hours": 24})
    one, other = make_organisation("A"), make_organisation("B")
    day = NOW + timedelta(days=1)
    for organisation, releases_at in ((one, None), (other, day)):
        seats.add_quota(
            event_slug=event.slug,
            values=QuotaInput(
                kind=QuotaKind.ORGANISATION, size=10, organisation_id=organisation.id, releases_at=releases_at
            ),
            actor=SYSTEM,
            now=NOW,
        )
    of_one = [enter(event, number, "A") for number in range(1, 14)]
    of_other = [enter(event, number, "B") for number in range(20, 24)]
    strangers = [enter(event, number, "C") for number in range(30, 38)]
    assert [row.place for row in of_one] == [Place.CONFIRMED] * 10 + [Place.WAITLISTED] * 3
    assert {row.place for row in of_other} == {Place.CONFIRMED}
    assert {row.place for row in strangers} == {Place.WAITLISTED}
    work.release_quotas(day - timedelta(minutes=1))
    assert queries.counts_by_place(event.id)[Place.WAITLISTED] == 11
    work.release_quotas(day)
    database.expire_all()
    queue = [*of_one[10:], *strangers]
    assert [queries.registration(row.id).place for row in queue] == [Place.OFFERED] * 6 + [Place.WAITLISTED] * 5
    entry = database.scalars(select(AuditEntry).where(AuditEntry.action == "quota_released")).one()
    assert (entry.details["size"], entry.details["used"], entry.details["opened"]) == (10, 4, 6)
    assert "4 of 10 were used, 6 went to everybody" in client.get(f"/manage/events/{event.slug}/seats").text
    assert queries.shown_seats([event.id])[event.id].offered == 6
