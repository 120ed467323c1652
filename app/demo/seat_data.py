"""How places are given at the demonstration's events: companions, offers, quotas, sign-up for parts of the agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.agenda.rules import ItemKind
from app.demo.ids import DemoIds
from app.demo.queries import items_of_kind
from app.events import queries as events
from app.network.actors import SYSTEM
from app.network.rules import OrganisationType
from app.registration.inputs import PolicyInput, QuotaInput
from app.registration.rules import GroupRule, QuotaKind
from app.registration.services import item_places, seats

POLICIES = {
    "E3": PolicyInput(most_companions=1, group_rule=GroupRule.SKIP),
    "E6": PolicyInput(needs_approval=True, offer_hours=72),
    "E8": PolicyInput(most_companions=2),
}
# event → the kind of the parts that people sign up for, and how many fit
SIGN_UPS = {"E2": (ItemKind.WORKING_TABLE, 4), "E3": (ItemKind.WORKING_TABLE, 12), "E8": (ItemKind.SITE_VISIT, 8)}
# who came n-th wants the part at this place of the list; the fifth at the first table of E2 waits
WISHES = {"E2": (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2), "E3": (0,) * 11, "E8": (0,) * 5}


def prepare_seats(key: str, event_id: int, ids: DemoIds, starts_at: datetime, now: datetime) -> None:
    """Say how places are given, before anybody asks for one."""
    slug = events.event(event_id).slug
    if policy := POLICIES.get(key):
        seats.change_policy(event_slug=slug, values=policy, actor=SYSTEM, now=now)
    for item_id, capacity in _sign_ups(key, event_id):
        item_places.open_sign_up(event_slug=slug, item_id=item_id, capacity=capacity, actor=SYSTEM, now=now)
    for quota in _quotas(key, ids, starts_at):
        seats.add_quota(event_slug=slug, values=quota, actor=SYSTEM, now=now)


def wishes(key: str, event_id: int) -> list[frozenset[int]]:
    """The parts of the agenda that the first to come sign up for, in their order."""
    items = [item_id for item_id, _capacity in _sign_ups(key, event_id)]
    return [frozenset({items[place]}) for place in WISHES.get(key, ())]


def _sign_ups(key: str, event_id: int) -> list[tuple[int, int]]:
    if key not in SIGN_UPS:
        return []
    kind, capacity = SIGN_UPS[key]
    return [(item_id, capacity) for item_id in items_of_kind(event_id, kind)]


def _quotas(key: str, ids: DemoIds, starts_at: datetime) -> list[QuotaInput]:
    organisations = ids.network.organisations
    if key == "E8":
        return [
            QuotaInput(
                kind=QuotaKind.ORGANISATION_TYPE,
                size=20,
                org_type=OrganisationType.COMPANY,
                releases_at=starts_at - timedelta(days=21),
            ),
            QuotaInput(kind=QuotaKind.REGION, size=10, region_code="ITH2", releases_at=starts_at - timedelta(days=28)),
        ]
    if key == "E9":
        return [
            QuotaInput(kind=QuotaKind.ORGANISATION, size=6, organisation_id=organisations["o11"]),
            QuotaInput(
                kind=QuotaKind.CLUSTER,
                size=10,
                organisation_id=organisations["o08"],
                releases_at=starts_at - timedelta(days=14),
            ),
        ]
    return []
