"""The demonstration data goes through the verbs, so it keeps every rule that the verbs keep."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.demo.network_data import LoadedNetwork, load_network
from app.demo.venue_data import load_venues
from app.kernel.db import db
from app.network.models import Organisation, Person, Sector, ThematicGroup
from app.search.queries import found
from app.venues.models import Venue
from tests.builders import NOW


@pytest.fixture
def loaded(database: Session) -> LoadedNetwork:
    network = load_network(NOW)
    load_venues(network.organisations, NOW)
    return network


def test_b14_there_are_ten_sectors_in_the_words_of_the_programme(loaded: LoadedNetwork) -> None:
    names = [sector.name["it"] for sector in db.session.scalars(select(Sector).order_by(Sector.position))]
    assert names == [
        "Mobility & Logistics",
        "Servizi Professionali",
        "Ict",
        "Automotive & Aeronautica",
        "Turismo",
        "Sanità",
        "Energia e Ambiente",
        "Tecnologie di produzione",
        "Industria del Legno",
        "Industria Alimentare",
    ]


def test_b18_groups_and_sectors_are_many_to_many(loaded: LoadedNetwork) -> None:
    spans = {group.slug: {sector.id for sector in group.sectors} for group in db.session.scalars(select(ThematicGroup))}
    assert len(spans) == 5
    assert spans["agrifood"] == {"food_industry"}
    assert spans["life_sciences"] == {"healthcare", "food_industry"}


def test_loading_leaves_everything_findable_and_marked(loaded: LoadedNetwork) -> None:
    assert db.session.scalar(select(func.count()).select_from(Organisation).where(~Organisation.demonstration)) == 0
    assert db.session.scalar(select(func.count()).select_from(Venue).where(~Venue.demonstration)) == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == len(loaded.persons)
    assert ("project", loaded.projects["A"]) in found("s3 4 alp", 20)
    assert ("group", loaded.groups["life_sciences"]) in found("scienze della vita", 20)
    assert ("person", loaded.persons["heiko_bartschat"]) in found("Mechatronik", 20)
    assert ("person", loaded.persons["eva_minta"]) not in found("Minta", 20)
    assert "venue" in {subject for subject, ref in found("prom facility", 20)}
