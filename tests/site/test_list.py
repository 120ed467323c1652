from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.events.models import EventLanguage
from app.events.rules import Audience, Filter, Format, Kind, Status
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from app.search import services as search
from app.site import queries
from app.site.presenters.listing import A_PAGE
from app.site.presenters.months import month_page
from app.site.rules import Cursor, Month, View, Wanted, When
from tests.builders import NOW, make_country, make_event, make_venue
from tests.site.scene import AGO, SOON, make_group, make_project, make_sector, put, queries_counted, soon, taken


def titles(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/events/[^"]+">\s*(?:<span[^>]*>)?([^<]+?)\s*<', html)


def main(client: FlaskClient, address: str = "/events", **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text[answer.text.index("<main") : answer.text.index("</main>")])


@pytest.mark.parametrize("address", ["/", "/events"])
def test_the_list_shows_what_is_coming_under_its_months(client: FlaskClient, address: str) -> None:
    soon("Later", starts_at=SOON + timedelta(days=62))
    event = soon("From needs to pilots")
    html = main(client, address)
    assert titles(html) == ["From needs to pilots", "Later"]
    assert html.count('class="month"') == 2
    assert "Rovereto" in html
    assert "40 of 40 places" in html
    assert "<meter" in html
    assert '<link rel="canonical" href="http://localhost/events">' in client.get(address).text
    assert event.slug in html


def test_what_is_over_stands_among_the_past_ones(client: FlaskClient, database: Session) -> None:
    soon("Coming")
    soon("Going on", starts_at=datetime.now(UTC) - timedelta(hours=1))
    soon("Last week", starts_at=AGO)
    soon("Long ago", starts_at=AGO - timedelta(days=400))
    assert titles(main(client)) == ["Going on", "Coming"]
    assert titles(main(client, "/events?when=past")) == ["Last week", "Long ago"]


@pytest.mark.parametrize(
    "changes", [{"status": Status.DRAFT}, {"listed": False}, {"audience": Audience.INTERNAL}], ids=str
)
def test_drafts_unlisted_and_internal_ones_are_on_no_list(client: FlaskClient, changes: dict[str, Any]) -> None:
    soon("Nobody sees me", **changes)
    for address in ("/events", "/events?view=month", "/events?view=map", "/sitemap.xml"):
        answer = client.get(address).text
        assert "Nobody sees me" not in answer
        assert "nobody-sees-me" not in answer


@pytest.mark.parametrize(
    ("changes", "counts", "words"),
    [
        ({"capacity": 40}, (28, 0), ["12 of 40 places", "left", 'value="28"']),
        ({"capacity": 15}, (15, 6), ["Full", "6 waiting", 'value="15"']),
        ({"capacity": None}, (3, 0), ["Open", "no limit"]),
        ({"capacity": 5, "has_waitlist": False}, (5, 0), ["Full"]),
        ({"opens_at": SOON - timedelta(days=2)}, (0, 0), ["Opens on "]),
        ({"closes_at": SOON - timedelta(days=20)}, (0, 0), ["Registration closed"]),
        ({"status": Status.CALLED_OFF}, (0, 0), ["Called off", "is-off"]),
        ({"status": Status.POSTPONED}, (0, 0), ["Postponed"]),
        ({"audience": Audience.INVITED}, (0, 0), ["By invitation"]),
        ({"format": Format.ONLINE}, (0, 0), ["Online"]),
        ({"format": Format.HYBRID}, (0, 0), ["Rovereto, and online"]),
    ],
)
def test_each_state_has_its_words(
    client: FlaskClient, changes: dict[str, Any], counts: tuple[int, int], words: list[str]
) -> None:
    taken(soon(**changes), confirmed=counts[0], waiting=counts[1])
    html = main(client)
    assert [word for word in words if word not in html] == []


def test_a03_a_title_in_another_language_says_so(client: FlaskClient, database: Session) -> None:
    soon("Tagung").title = Texts(de="Tagung der Cluster")
    database.flush()
    html = main(client, "/events?lang=it")
    assert '<span lang="de">Tagung der Cluster</span>' in html
    assert 'class="in-language"' in html


def test_spoken_languages_and_sectors_stand_beside_the_place(client: FlaskClient, database: Session) -> None:
    soon(
        sectors=[make_sector()],
        languages=[EventLanguage(language="it", position=0), EventLanguage(language="de", position=1)],
    )
    html = main(client)
    assert "in Italian and German" in html
    assert "Food industry" in html


def test_an_empty_list_says_what_to_do(client: FlaskClient, database: Session) -> None:
    assert "Subscribe to the calendar" in main(client)
    assert 'href="/events?when=past"' in main(client)


@pytest.fixture
def two(database: Session) -> dict[str, str]:
    """Two events that have nothing in common, and the values under which only the first is found."""
    project = make_project("Alpine")
    make_country("DE")
    first = soon(
        "Prototyping",
        kind=Kind.STUDY_VISIT,
        venue=make_venue("Technologiezentrum", country="DE", city="Augsburg"),
        sectors=[make_sector()],
        groups=[make_group(project)],
        project_id=project.id,
        languages=[EventLanguage(language="de")],
    )
    search.index("event", first.id, names=["Prototyping", "Prototipazione"])
    other = make_project("Danube")
    soon("Other", project_id=other.id, sectors=[make_sector("ict", "ICT")], languages=[EventLanguage(language="it")])
    return {
        "kind": "study_visit",
        "sector": "food_industry",
        "group": "agrifood",
        "project": "alpine",
        "country": "DE",
        "place": "Augsburg",
        "language": "de",
        "q": "prototipa",
    }


@pytest.mark.parametrize("view", ["list", "month", "map"])
@pytest.mark.parametrize("name", ["kind", "sector", "group", "project", "country", "place", "language", "q"])
def test_every_part_of_the_filter_narrows(client: FlaskClient, two: dict[str, str], name: str, view: str) -> None:
    month = f"&month={SOON:%Y-%m}"
    html = main(client, f"/events?{name}={two[name]}&view={view}{month}")
    assert "/events/prototyping-" in html
    assert "/events/other-" not in html
    assert f"/subscribe?{name}=" in html


def test_a_set_filter_can_be_taken_away(client: FlaskClient, two: dict[str, str]) -> None:
    html = main(client, "/events?kind=study_visit&q=prototipa")
    assert '<a class="chip" href="/events?q=prototipa">Study visit' in html
    assert '<a class="chip" href="/events?kind=study_visit">prototipa' in html
    assert "Subscribe to this event" in html


@pytest.mark.parametrize("name", ["kind", "sector", "group", "project", "country", "place", "language"])
@pytest.mark.parametrize("view", ["list", "month", "map"])
def test_an_unknown_value_finds_nothing_and_says_why(
    client: FlaskClient, two: dict[str, str], name: str, view: str
) -> None:
    html = main(client, f"/events?{name}=nonsense&view={view}")
    assert "does not exist here" in html
    assert 'href="/events"' in html
    assert "/events/prototyping-" not in html
    assert "events.ics" not in html


HOSTILE = [
    "page=-1",
    "month=9999-99&view=month",
    "month=9998-12&view=month",
    "month=0002-01&view=month",
    "month=0001-01&view=month",
    "q=" + "x" * 10_000,
    "q=%00",
    "kind=%00",
    "place=%00%ff%fe",
    "sector[]=1",
    "q=%25_%27%22<script>",
    "after=0-0",
    "after=-99999999999999999-1",
    "after=253402300799000000-999999999",
    "after=253402300799000000-999999999999999999",
    "before=-62135596800000000-1",
    "before=-62135596800000000-1&when=past",
    "lang=xx",
    "view=month&month=2027-03&when=past",
    "kind=study_visit&kind=exchange_forum",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_absurd_addresses_are_answered(client: FlaskClient, database: Session, query: str) -> None:
    soon()
    answer = client.get(f"/events?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_pages_follow_one_another_without_gaps(client: FlaskClient, database: Session) -> None:
    venue = make_venue()
    for number in range(A_PAGE * 2 + 1):
        soon(f"Event {number:03}", venue=venue, starts_at=SOON + timedelta(hours=number // 3))
    seen, address = [], "/events"
    while address:
        html = main(client, address)
        seen += titles(html)
        found = re.search(r'href="([^"]+)" rel="next"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"Event {number:03}" for number in range(A_PAGE * 2 + 1)]
    back = re.search(r'href="([^"]+)" rel="prev"', html)
    assert back
    assert titles(main(client, back[1])) == seen[A_PAGE : A_PAGE * 2]
    assert f"Subscribe to these {A_PAGE * 2 + 1} events" in main(client)


def test_past_events_are_paged_backwards(database: Session) -> None:
    venue = make_venue()
    for number in range(5):
        make_event(f"Event {number}", venue=venue, starts_at=NOW - timedelta(days=10 + number))
    first = queries.page_of_events(Filter(), When.PAST, NOW, limit=2, after=None, before=None)
    edge = _cursor(first[-1])
    second = queries.page_of_events(Filter(), When.PAST, NOW, limit=2, after=edge, before=None)
    back = queries.page_of_events(Filter(), When.PAST, NOW, limit=2, after=None, before=_cursor(second[0]))
    assert [row.title["en"] for row in (*first, *second)] == ["Event 0", "Event 1", "Event 2", "Event 3"]
    assert [row.id for row in back] == [row.id for row in first]


def _cursor(row: Any) -> Cursor:
    return Cursor(row.starts_at, row.id)


def test_a_rough_date_shows_no_day(client: FlaskClient, database: Session) -> None:
    soon(
        "Back-filled",
        starts_at=datetime(2018, 1, 1, tzinfo=UTC),
        ends_at=datetime(2018, 12, 31, 22, tzinfo=UTC),
        date_precision=DatePrecision.YEAR,
        status=Status.HELD,
    )
    html = main(client, "/events?when=past")
    assert '<h2 class="month">2018</h2>' in html
    assert "January" not in html
    assert "Back-filled" not in main(client, "/events?view=month&month=2018-01")


@pytest.mark.parametrize("view", ["list", "month", "map"])
def test_more_events_need_no_more_queries(client: FlaskClient, database: Session, view: str) -> None:
    def queries_for(how_many: int) -> int:
        for number in range(how_many):
            soon(f"Event {number}", languages=[EventLanguage(language="de")])
        with queries_counted() as seen:
            main(client, f"/events?view={view}&month={SOON:%Y-%m}")
        return len(seen)

    assert queries_for(1) == queries_for(2)


def test_the_month_has_every_day_of_an_event() -> None:
    month = month_page(Wanted(view=View.MONTH, month=Month(2027, 3)), NOW, "en", empty=True)
    assert [day.date.isoformat() for day in month.days][::34] == ["2027-03-01", "2027-04-04"]
    assert [short for short, _long in month.weekdays] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_a_visit_of_two_days_stands_on_both(client: FlaskClient, database: Session) -> None:
    starts = datetime(2027, 3, 18, 7, 30, tzinfo=UTC)
    soon("Agrifood", kind=Kind.STUDY_VISIT, starts_at=starts, ends_at=starts + timedelta(hours=30))
    html = main(client, "/events?view=month&month=2027-03")
    assert html.count('class="ev visit"') == 2
    assert "08:30" in html
    assert re.search(r'datetime="2027-03-19"(?:(?!</li>).)*Agrifood', html)
    assert "March 2027" in html
    assert "month=2027-02" in html
    assert "month=2027-04" in html


def test_the_end_of_a_month_is_that_of_the_zone(client: FlaskClient, database: Session) -> None:
    soon("Midnight", starts_at=datetime(2027, 3, 31, 22, 30, tzinfo=UTC), timezone="Europe/Rome")
    assert "Midnight" not in main(client, "/events?view=month&month=2027-03")
    assert "Midnight" in main(client, "/events?view=month&month=2027-04")


def test_today_is_marked(client: FlaskClient, database: Session) -> None:
    assert 'aria-current="date"' in main(client, "/events?view=month")


def test_the_map_has_a_pin_a_place_and_the_same_as_a_list(client: FlaskClient, database: Session) -> None:
    prom = make_venue("ProM Facility")
    soon("One", venue=prom)
    soon("Two", venue=prom)
    soon("Three", venue=make_venue("BSC", city="Kranj", latitude=46.24, longitude=14.36), kind=Kind.EXCHANGE_FORUM)
    soon("Nowhere", venue=make_venue("Unknown", latitude=None, longitude=None))
    html = main(client, "/events?view=map")
    assert html.count('class="pin"') == 2
    assert 'class="pin-count"' in html
    assert 'aria-label="2 events: ProM Facility, Rovereto"' in html
    assert re.findall(r">(One|Two|Three|Nowhere)</a>", html) == ["One", "Two", "Three", "Nowhere"]
    assert 'href="#place-1"' in html
    assert 'id="place-1"' in html


@pytest.mark.sqlite
@pytest.mark.parametrize("when", list(When))
def test_the_list_is_read_from_the_index(database: Session, when: When) -> None:
    with queries_counted() as seen:
        queries.page_of_events(Filter(), when, NOW, limit=41, after=None, before=None)
    plan = db.session.execute(text("EXPLAIN QUERY PLAN " + seen[0].replace("?", "1"))).all()
    steps = " ".join(row[3] for row in plan)
    assert "USING INDEX ix_event_on_lists" in steps
    assert "TEMP B-TREE" not in steps


def test_the_filter_form_works_without_a_script(client: FlaskClient, two: dict[str, str]) -> None:
    html = main(client, "/events?kind=study_visit&view=map")
    assert '<form class="filters" action="/events"' in html
    assert '<input type="hidden" name="kind" value="study_visit">' in html
    assert '<input type="hidden" name="view" value="map">' in html
    assert '<option value="Augsburg">Augsburg</option>' in html
    assert ">German</option>" in html


def test_scripts_in_titles_are_text(client: FlaskClient, database: Session) -> None:
    put(soon("<script>alert(1)</script>"))
    for view in ("list", "month", "map"):
        assert "<script>alert" not in main(client, f"/events?view={view}&month={SOON:%Y-%m}")
