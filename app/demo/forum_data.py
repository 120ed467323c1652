"""What the exchange forum has prepared: a café with its seats, pitches, stands, two who exchange contacts."""

from __future__ import annotations

from datetime import datetime

from app.agenda.rules import ItemKind
from app.demo.queries import people_with_place
from app.events import queries as events
from app.forums.inputs import CafeInput, CardInput, PitchInput, SessionInput
from app.forums.queries import parts
from app.forums.services import cafe, contacts, fair, outputs, pitches
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.practices import queries as practices
from app.registration.rules import Place

EVENT, NETWORKING = "E8", "E3"
QUESTIONS = (
    Texts(
        en="What do our companies need that one district alone cannot give?",
        it="Di che cosa hanno bisogno le nostre imprese che un solo distretto non può dare?",
        de="Was brauchen unsere Unternehmen, das ein Cluster allein nicht bieten kann?",
    ),
    Texts(
        en="Which service could two regions offer together within a year?",
        it="Quale servizio potrebbero offrire insieme due regioni entro un anno?",
        de="Welche Leistung könnten zwei Regionen binnen eines Jahres gemeinsam anbieten?",
    ),
    Texts(
        en="What would make it fail, and who can prevent that?",
        it="Che cosa lo farebbe fallire, e chi può evitarlo?",
        de="Woran würde es scheitern, und wer kann das verhindern?",
    ),
)
PITCHES = (
    PitchInput(
        title="Water from whey", speaker="Max Mustermann", organisation="Cluster Ernährung", ask="A dairy for a pilot"
    ),
    PitchInput(title="Soil sensors to share", speaker="Eva Minta", ask="Three farms for one season", minutes=5),
    PitchInput(title="Packaging that composts at home", speaker="Jozef Vzor", ask="A region that tries it out"),
)
INTERESTED = 5  # at the first stand; one fewer at each of the next


def load_forum(event_id: int, now: datetime) -> None:
    """After practices and places are there."""
    slug = events.event(event_id).slug
    items = {row.kind: row.id for row in parts.formats_of(event_id)}
    people = people_with_place(event_id, Place.CONFIRMED)
    asked = CafeInput(questions=QUESTIONS, round_minutes=20)
    item_id = items[ItemKind.WORLD_CAFE]
    cafe.set_up(event_slug=slug, item_id=item_id, values=asked, actor=SYSTEM, now=now)
    cafe.seat(event_slug=slug, item_id=item_id, only_present=False, actor=SYSTEM, now=now)
    item_id = items[ItemKind.PITCH]
    pitches.set_up(event_slug=slug, item_id=item_id, values=SessionInput(minutes=4), actor=SYSTEM, now=now)
    for one in PITCHES:
        pitches.add(event_slug=slug, item_id=item_id, values=one, actor=SYSTEM, now=now)
    _load_stands(slug, items[ItemKind.FAIR], people, now)
    outputs.renew_link(event_slug=slug, item_id=items[ItemKind.WORKING_TABLE], actor=SYSTEM, now=now)


def load_cards(event_id: int, now: datetime) -> None:
    """Two participants of an event with networking exchange contacts."""
    for person in people_with_place(event_id, Place.CONFIRMED)[:2]:
        contacts.share(person, values=CardInput(about="Looks for partners in other regions"), now=now)


def _load_stands(slug: str, item_id: int, people: list[int], now: datetime) -> None:
    for place, practice in enumerate(practices.choices()):
        stand_id = fair.add_stand(event_slug=slug, item_id=item_id, practice_id=practice.id, actor=SYSTEM, now=now)
        for person in people[: max(INTERESTED - place, 0)]:
            fair.tap(person, stand_id=stand_id, item_id=item_id, is_interested=True, now=now)
