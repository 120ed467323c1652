"""A feed with a filter shows what the list with that filter shows, as far as the window goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import icalendar
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events.models import EventLanguage
from app.events.rules import Audience, Filter, Kind, Status
from app.feeds import services
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.network.models import Project, ThematicGroup
from app.search.services import index
from app.site.queries import page_of_events
from app.site.rules import When
from tests.builders import NOW, make_venue
from tests.feeds.world import make_sector, publish

FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([*Kind]).map(str),
        "sector": st.sampled_from(["tourism", "ict"]),
        "group": st.just("green"),
        "project": st.just("alps"),
        "country": st.sampled_from(["IT", "DE"]),
        "place": st.sampled_from(["Rovereto", "Reggio Emilia"]),
        "language": st.sampled_from(["it", "sl"]),
        "q": st.sampled_from(["work", "WÖRK", "odd", "nothing like it", "!"]),
    },
)


def test_feed_and_list_agree(client: FlaskClient) -> None:
    services.move_window(NOW)
    _build()

    @settings(max_examples=80, deadline=None)
    @given(FILTERS)
    def agree(parts: dict[str, str]) -> None:
        answer = client.get(f"/events.ics?{urlencode(parts)}")
        assert answer.status_code == 200, answer.text
        shown = [str(entry["url"]) for entry in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]
        assert sorted(shown) == sorted(_listed(parts))

    agree()


def _listed(parts: dict[str, str]) -> list[str]:
    """The addresses of what the list shows, upcoming and past, of the days that feeds show."""
    lines = [
        line
        for when in When
        for line in page_of_events(Filter(**parts), when, NOW, limit=1000, after=None, before=None)
    ]
    return [
        f"http://localhost/events/{line.slug}"
        for line in lines
        if line.date_precision is DatePrecision.DAY and line.ends_at >= NOW.replace(hour=0) - timedelta(days=90)
    ]


def _build() -> None:
    """Twenty-four events in which the parts of filters meet in many ways, some of them hidden, some long past."""
    sectors = [make_sector("tourism"), make_sector("ict")]
    project = Project(slug="alps", acronym="Alps", title={}, objectives={})
    group = ThematicGroup(slug="green", name={"en": "Green"}, position=1, project=project)
    venues = [
        make_venue(),
        make_venue("Sala", city="Reggio Emilia"),
        make_venue("Halle", country="DE", city="Augsburg"),
    ]
    db.session.add_all([project, group])
    for number in range(24):
        _publish(number, sectors, project, group, venues)
    db.session.commit()


def _publish(number: int, sectors: list[Any], project: Any, group: Any, venues: list[Any]) -> None:
    (event,) = publish(
        f"Wörk {number}",
        kind=[*Kind][number % 3],
        venue=venues[number % 3 - number % 2],
        sectors=sectors[: number % 4] if number % 4 < 3 else [sectors[1]],
        project=project if number % 5 else None,
        groups=[group] if number % 2 else [],
        languages=[EventLanguage(language="it" if number % 3 else "sl")],
        starts_at=NOW + timedelta(days=number * 12 - 130),
        status=[Status.PUBLISHED, Status.CALLED_OFF, Status.DRAFT, Status.HELD][number % 7 % 4],
        audience=Audience.INTERNAL if number == 20 else Audience.PUBLIC,
        date_precision=DatePrecision.MONTH if number == 15 else DatePrecision.DAY,
    )
    index("event", event.id, names=[f"Wörk {'odd' if number % 2 else 'even'}"])
