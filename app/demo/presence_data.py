"""Who came to the events that were held, and what they got for it: lists, a walk-in, certificates."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from app.agenda.rules import ItemKind
from app.certificates import services as certificates
from app.certificates.rules import RuleInput
from app.demo.queries import items_of_kind, people_with_place
from app.events import queries as events
from app.events.models import Event
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.presence.inputs import By, ListInput, ScanInput, WalkInInput
from app.presence.rules import ListKind, Method, ScanKind, Standing
from app.presence.services.entering import walk_in
from app.presence.services.lists import add_list
from app.presence.services.marking import close_list, set_standing
from app.presence.services.scanning import deliver
from app.registration import queries as registrations
from app.registration.rules import Place

HELD = ("E2", "E5")
WITH_CERTIFICATES = "E5"
DAY = "d1"
AT_THE_DOOR = By(device="Demonstration")
LUNCH = ListInput(kind=ListKind.MEAL, label=Texts(en="Lunch", it="Pranzo", de="Mittagessen"))


def load_presence(key: str, event_id: int) -> None:
    """All but two were there; one of the two had said so. One came without a registration."""
    if key not in HELD:
        return
    event = events.event(event_id)
    begins, slug = event.starts_at, event.slug
    registered = people_with_place(event_id, Place.CONFIRMED)
    _note(event, registered[:-2], DAY, begins)
    _let_in_without_place(event)
    reason = "Called in the morning: the train did not run."
    set_standing(
        registered[-1],
        event_slug=slug,
        list_key=DAY,
        standing=Standing.EXCUSED,
        reason=reason,
        actor=SYSTEM,
        now=begins,
    )
    close_list(event_slug=slug, list_key=DAY, actor=SYSTEM, now=event.ends_at)
    if key == WITH_CERTIFICATES:
        _visit_parts(event, registered[:-2])
        rule = RuleInput(least=1, signed_by="Gaia Modello")
        certificates.set_rule(event_slug=slug, values=rule, actor=SYSTEM, now=event.ends_at)
        certificates.issue_for(slug, actor=SYSTEM, now=event.ends_at + timedelta(hours=1))


def _visit_parts(event: Event, there: list[int]) -> None:
    """A list for lunch, and one with an exit for the first stop, that some leave early."""
    stop = items_of_kind(event.id, ItemKind.SITE_VISIT)[0]
    made = ListInput(kind=ListKind.ITEM, agenda_item_id=stop, has_exit=True)
    lunch = add_list(event_slug=event.slug, values=LUNCH, actor=SYSTEM, now=event.starts_at)
    at_stop = add_list(event_slug=event.slug, values=made, actor=SYSTEM, now=event.starts_at)
    _note(event, there[:5], at_stop, event.starts_at + timedelta(hours=2))
    _note(event, there[:2], at_stop, event.starts_at + timedelta(hours=3), kind=ScanKind.OUT)
    _note(event, there, lunch, event.starts_at + timedelta(hours=4))


def _note(event: Event, people: list[int], list_key: str, at: datetime, kind: ScanKind = ScanKind.IN) -> None:
    scans = [
        ScanInput(
            id=_id(f"{event.slug}/{list_key}/{kind}/{place}"),
            list_key=list_key,
            code=person.public_id,
            kind=kind,
            at=at + timedelta(minutes=place),
            method=Method.QR,
        )
        for place, person in enumerate(registrations.registrations(people))
    ]
    deliver(event_id=event.id, scans=scans, by=AT_THE_DOOR, now=at + timedelta(hours=1))


def _let_in_without_place(event: Event) -> None:
    at = event.starts_at + timedelta(minutes=20)
    person = WalkInInput(
        id=_id(f"{event.slug}/walk-in"),
        list_key=DAY,
        given_name="Uta",
        family_name="Unverhofft",
        organisation="Musterwerk",
        at=at,
    )
    why = "Came with a colleague."
    walk_in(event_id=event.id, values=person, locale="de", reason=why, by=AT_THE_DOOR, actor=SYSTEM, now=at)


def _id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://filo.example/{name}"))
