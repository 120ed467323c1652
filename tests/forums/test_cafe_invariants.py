"""Whatever happens around a café, its plan stays a plan."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda.rules import ItemKind
from app.forums import errors
from app.forums.inputs import CafeInput
from app.forums.models import CafeSeat
from app.forums.queries import cafe as queries
from app.forums.queries import parts
from app.forums.services import cafe as services
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.registration.services import leaving
from tests.builders import NOW, make_organisation
from tests.forums.helpers import make_forum, put_part
from tests.sheets.helpers import seat as register


@pytest.mark.parametrize("seed", range(4))
def test_people_come_and_leave_and_hosts_change_and_everybody_still_sits_once(database: Session, seed: int) -> None:
    chance = random.Random(seed)
    event = make_forum(make_organisation())
    item_id = put_part(event, ItemKind.WORLD_CAFE)
    tables, rounds = chance.randint(2, 5), chance.randint(2, 3)
    frame = CafeInput(questions=(Texts(),) * rounds, round_minutes=20, tables=tables)
    register(event, *((f"First{number}", "Esempio") for number in range(chance.randint(tables * 2, 20))))
    place = {"event_slug": event.slug, "item_id": item_id, "actor": SYSTEM, "now": NOW}
    services.set_up(values=frame, **place)
    services.seat(only_present=False, **place)
    for turn in range(8):
        here = [one.id for one in parts.confirmed(event.id)]
        match chance.choice(("come", "leave", "host", "nobody")):
            case "come":
                register(event, (f"Late{turn}", "Esempio"))
            case "leave":
                leaving.withdraw(chance.choice(here), now=NOW)
            case "host":
                _name_host(chance.choice(here), chance.randrange(tables), place)
            case "nobody":
                _name_host(None, chance.randrange(tables), place)
        services.seat(only_present=False, **place)
        _check(event.id, item_id, tables, rounds)


def _name_host(registration_id: int | None, number: int, place: dict[str, object]) -> None:
    cafe = queries.cafe(int(str(place["item_id"])))
    assert cafe
    try:
        services.name_host(table_id=cafe.tables[number].id, registration_id=registration_id, **place)
    except errors.HostsTwice:
        db.session.rollback()


def _check(event_id: int, item_id: int, tables: int, rounds: int) -> None:
    cafe = queries.cafe(item_id)
    assert cafe
    guests = {one.id for one in parts.confirmed(event_id)} - {table.host_id for table in cafe.tables}
    rows = db.session.scalars(select(CafeSeat).where(CafeSeat.item_id == item_id)).all()
    for number in range(1, rounds + 1):
        seated = [row for row in rows if row.round == number]
        assert sorted(row.registration_id for row in seated) == sorted(guests)
        counted = Counter(row.table_id for row in seated)
        sizes = [counted[table.id] for table in cafe.tables]
        assert max(sizes) - min(sizes) <= 1
        assert len(sizes) == tables
