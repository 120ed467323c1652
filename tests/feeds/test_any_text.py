"""Any text in any field: five parsers that share no code read the same words and the same instants.

``make fuzz`` goes on for FILO_FUZZ_SECONDS with new texts; the ordinary tests try a few.

What our writer itself makes of a text, because parsers differ otherwise, stands in :mod:`app.calendars.text`: line
breaks and blanks, a backslash before an n or r, byte order marks, separators in a category.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.agenda.models import AgendaPerson
from app.agenda.rules import AgendaRole
from app.calendars import text
from app.calendars.calendar import calendar_head, join
from app.calendars.entries import CalendarEntry
from app.calendars.vevent import vevent, zones_of
from app.kernel.texts import Texts
from app.network.models import Sector
from tests.builders import make_organisation, make_person, make_room, make_venue
from tests.calendars.entries import CHANGED, PLANNED
from tests.feeds.world import add_item, publish
from tests.readers import ALL_READERS, Seen, read_by_all, readers_here
from tests.texts import LINES, PARAGRAPHS

pytestmark = pytest.mark.readers
FUZZ_SECONDS = float(os.environ.get("FILO_FUZZ_SECONDS", "0"))
ZONES = ("Europe/Rome", "Europe/London", "Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "UTC")
INSTANTS = st.integers(1_767_225_600, 2_082_758_400).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WORDS = LINES.filter(text.line)


def check_often(check: Callable[[], None]) -> None:
    """Once with a few examples; for as long as was asked, with ever new ones."""
    until = time.monotonic() + FUZZ_SECONDS
    check()
    while time.monotonic() < until:
        check()


def some(few: int) -> Any:
    """Settings of a check."""
    return settings(
        deadline=None,
        max_examples=max(few, 100) if FUZZ_SECONDS else few,
        suppress_health_check=list(HealthCheck),
    )


def test_all_five_parsers_are_here() -> None:
    assert readers_here() == ALL_READERS


@st.composite
def entries(draw: Any) -> CalendarEntry:
    starts = draw(INSTANTS)
    return CalendarEntry(
        uid="any@filo.example",
        sequence=draw(st.integers(0, 99)),
        created_at=PLANNED,
        changed_at=CHANGED,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=draw(st.integers(1, 3000))),
        timezone=draw(st.sampled_from(ZONES)),
        ends_timezone=draw(st.none() | st.sampled_from(ZONES)),
        in_utc=draw(st.booleans()),
        summary=draw(LINES),
        description=(words := draw(PARAGRAPHS)),
        description_html=text.html([words, draw(PARAGRAPHS)]),
        url=f"https://filo.example/{draw(LINES)}",
        location=draw(LINES),
        location_title=draw(LINES),
        latitude=45.9,
        longitude=11.0,
        categories=tuple(draw(st.lists(LINES, max_size=3))),
        conference=(f"https://partner.example/{draw(LINES)}", draw(LINES)),
        image=(f"https://partner.example/{draw(LINES)}", "image/png"),
        parent_uid=draw(st.none() | WORDS),
    )


def test_any_entry_in_a_calendar_of_any_name() -> None:
    @some(few=25)
    @given(entry=entries(), name=LINES, about=PARAGRAPHS)
    def check(entry: CalendarEntry, name: str, about: str) -> None:
        data = join(calendar_head(name, about, "en"), zones_of(entry), [vevent(entry)])
        assert read_by_all(data) == [
            Seen(
                uid=entry.uid,
                start=entry.starts_at,
                end=entry.ends_at,
                summary=text.line(entry.summary),
                status="CONFIRMED",
                location=text.line(entry.location),
                sequence=entry.sequence,
                description=text.paragraphs(entry.description),
                categories=frozenset(filter(None, map(text.category, entry.categories))),
            )
        ]

    check_often(check)


def test_any_event_with_a_part_as_organisers_type_it(client: FlaskClient) -> None:
    one = st.fixed_dictionaries(dict.fromkeys(("title", "part", "place", "room", "organiser", "person"), WORDS))
    more = st.fixed_dictionaries({"summary": PARAGRAPHS, "street": LINES, "city": LINES, "sector": WORDS})

    @some(few=8)
    @given(one=one, more=more)
    def check(one: dict[str, str], more: dict[str, str]) -> None:
        data = client.get(f"/events/{_event_of(one, more)}.ics?sessions=1").data
        event, part = sorted(read_by_all(data), key=lambda seen: seen.start)
        assert event.summary == text.line(one["title"])
        assert part.summary == text.line(f"{one['part']} – {one['title']}")
        assert event.location.startswith(text.line(one["place"]))
        assert part.location.startswith(text.line(one["room"]))
        assert text.category(more["sector"]) in event.categories & part.categories
        assert text.paragraphs(one["organiser"]) in event.description
        assert text.paragraphs(one["person"]) in part.description
        assert text.paragraphs(more["summary"]) in event.description

    check_often(check)


def _event_of(one: dict[str, str], more: dict[str, str]) -> str:
    """The slug of an event with these words."""
    venue = make_venue(one["place"], street=more["street"] or None, city=more["city"])
    room = make_room(venue, one["room"])
    (event,) = publish(
        "Any",
        title=Texts(en=one["title"]),
        summary=Texts(en=more["summary"]),
        venue=venue,
        organiser=make_organisation(one["organiser"]),
        sectors=[Sector(id=f"any-{room.id}", name=Texts(en=more["sector"]), position=room.id)],
    )
    person = make_person(one["person"], "", is_public=True)
    slug = event.slug
    speaker = AgendaPerson(person_id=person.id, role=AgendaRole.SPEAKER)
    add_item(event.id, one["part"], room_id=room.id, persons=[speaker])
    return slug
