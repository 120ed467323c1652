"""Places of the demonstration; the rooms are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.kernel.db import transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.venues import services
from app.venues.rules import Layout, RoomInput, VenueInput

THEATRE, CLASSROOM, TABLES, LAB = Layout.THEATRE, Layout.CLASSROOM, Layout.TABLES, Layout.LAB
NO_PHOTOS = Texts(
    en="Safety shoes in the workshop. No photographs.",
    it="Scarpe di sicurezza in officina. Vietato fotografare.",
    de="Sicherheitsschuhe in der Werkstatt. Fotografieren nicht erlaubt.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A venue as this file writes it down; ``operator`` is a key of the organisations."""

    slug: str
    operator: str
    venue: VenueInput = field(repr=False)


def _proper(name: str) -> Texts:
    """A proper name is the same in every language."""
    return Texts(en=name, it=name, de=name)


def _room(name: str, seats: int, *layouts: Layout) -> RoomInput:
    return RoomInput(name=name, seats=seats, layouts=layouts)


ITALY = VenueInput(
    name=Texts(), operator_id=0, city="Rovereto", country_code="IT", region_code="ITH2", timezone="Europe/Rome"
)

VENUES = {
    "v01": Entry(
        slug="prom-facility",
        operator="o01",
        venue=replace(
            ITALY,
            name=_proper("ProM Facility"),
            street="Via Fortunato Zeni 8",
            postcode="38068",
            latitude=45.8906,
            longitude=11.0321,
            step_free=True,
            access=Texts(
                en="Bus from Rovereto station, ten minutes. Parking at the gate of Polo Meccatronica.",
                it="Autobus dalla stazione di Rovereto, dieci minuti. Parcheggio all’ingresso del Polo Meccatronica.",
                de="Bus ab Bahnhof Rovereto, zehn Minuten. Parkplatz am Tor von Polo Meccatronica.",
            ),
            house_rules=NO_PHOTOS,
            rooms=(
                _room("Sala Piave", 80, THEATRE, CLASSROOM),
                _room("Sala Leno", 24, TABLES, Layout.U_SHAPE),
                _room("Laboratorio prototipi", 15, LAB),
            ),
        ),
    ),
    "v02": Entry(
        slug="progetto-manifattura",
        operator="o03",
        venue=replace(
            ITALY,
            name=_proper("Progetto Manifattura"),
            street="Piazza Manifattura 1",
            postcode="38068",
            latitude=45.886,
            longitude=11.021,
            step_free=True,
            access=Texts(
                en="Twenty minutes on foot from Rovereto station, along the Leno.",
                it="Venti minuti a piedi dalla stazione di Rovereto, lungo il Leno.",
                de="Zwanzig Gehminuten vom Bahnhof Rovereto, am Leno entlang.",
            ),
            rooms=(_room("Sala Zigherane", 120, THEATRE), _room("Sala Orologio", 40, TABLES, CLASSROOM)),
        ),
    ),
    "v03": Entry(
        slug="parco-tecnologico-padano",
        operator="o10",
        venue=replace(
            ITALY,
            name=_proper("Parco Tecnologico Padano"),
            street="Via Einstein, Cascina Codazza",
            postcode="26900",
            city="Lodi",
            region_code="ITC4",
            latitude=45.3042,
            longitude=9.4719,
            access=Texts(
                en="Shuttle from Milano; from Lodi station by taxi in ten minutes.",
                it="Navetta da Milano; dalla stazione di Lodi dieci minuti di taxi.",
                de="Shuttle ab Mailand; vom Bahnhof Lodi zehn Minuten mit dem Taxi.",
            ),
            house_rules=Texts(
                en="Coats and gloves in the laboratories, eight people at most.",
                it="Camice e guanti nei laboratori, al massimo otto persone.",
                de="Kittel und Handschuhe in den Laboren, höchstens acht Personen.",
            ),
            rooms=(
                _room("Auditorium", 150, THEATRE),
                _room("Sala Adda", 30, TABLES, Layout.BOARDROOM),
                _room("Laboratorio di genomica", 8, LAB),
            ),
        ),
    ),
    "v04": Entry(
        slug="bsc-kranj",
        operator="o13",
        venue=VenueInput(
            name=_proper("BSC Kranj"),
            operator_id=0,
            street="Cesta Staneta Žagarja 37",
            postcode="4000",
            city="Kranj",
            country_code="SI",
            region_code="SI04",
            timezone="Europe/Ljubljana",
            latitude=46.243,
            longitude=14.360,
            rooms=(_room("Velika dvorana", 60, THEATRE, TABLES),),
        ),
    ),
    "v05": Entry(
        slug="technologiezentrum-augsburg",
        operator="o08",
        venue=VenueInput(
            name=_proper("Technologiezentrum Augsburg"),
            operator_id=0,
            street="Am Technologiezentrum 5",
            postcode="86159",
            city="Augsburg",
            country_code="DE",
            region_code="DE2",
            timezone="Europe/Berlin",
            latitude=48.328,
            longitude=10.893,
            step_free=True,
            rooms=(_room("Forum", 90, THEATRE), _room("Werkstatt 1", 16, TABLES), _room("Werkstatt 2", 16, TABLES)),
        ),
    ),
    "v06": Entry(
        slug="sesto-san-giovanni",
        operator="o09",
        venue=replace(
            ITALY,
            name=Texts(
                en="Conference centre, Sesto San Giovanni",
                it="Centro congressi, Sesto San Giovanni",
                de="Kongresszentrum, Sesto San Giovanni",
            ),
            city="Sesto San Giovanni",
            region_code="ITC4",
            latitude=45.534,
            longitude=9.233,
            rooms=(_room("Sala plenaria", 200, THEATRE), _room("Sala 1", 40, TABLES), _room("Sala 2", 40, TABLES)),
        ),
    ),
    "v07": Entry(
        slug="region-stuttgart",
        operator="o12",
        venue=VenueInput(
            name=Texts(
                en="Stuttgart Region, Friedrichstraße",
                it="Regione di Stoccarda, Friedrichstraße",
                de="Region Stuttgart, Friedrichstraße",
            ),
            operator_id=0,
            street="Friedrichstraße 10",
            postcode="70174",
            city="Stuttgart",
            country_code="DE",
            region_code="DE1",
            timezone="Europe/Berlin",
            latitude=48.782,
            longitude=9.176,
            step_free=True,
            rooms=(_room("Saal", 140, THEATRE, TABLES), _room("B2B", 48, TABLES)),
        ),
    ),
    "v08": Entry(
        slug="hit-povo",
        operator="o05",
        venue=replace(
            ITALY,
            name=Texts(en="HIT, Povo campus", it="HIT, polo di Povo", de="HIT, Campus Povo"),
            street="Via Sommarive 18",
            postcode="38123",
            city="Trento",
            latitude=46.067,
            longitude=11.151,
            rooms=(_room("Sala Stringa", 50, THEATRE), _room("Labs", 12, LAB)),
        ),
    ),
}


@transactional
def load_venues(organisations: Mapping[str, int], now: datetime) -> dict[str, int]:
    """Every venue with its rooms, by the names that the demonstration data uses: ``v01``."""
    return {
        key: services.add_venue(
            replace(entry.venue, operator_id=organisations[entry.operator]),
            actor=SYSTEM,
            now=now,
            slug=entry.slug,
            demonstration=True,
        ).id
        for key, entry in VENUES.items()
    }
