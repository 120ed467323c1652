from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.kernel.texts import Wording
from app.search import asking, presenting, services
from app.search.facets import Facets
from app.search.presenting import Hit, Presentation
from app.search.quoting import excerpt, marked
from app.search.rules import PASSAGE_END, fold
from app.search.words import distance, english, forms, german, italian


@pytest.mark.parametrize(
    ("stem", "one", "other"),
    [
        (english, "clusters", "cluster"),
        (english, "companies", "company"),
        (english, "planning", "plan"),
        (english, "businesses", "business"),
        (italian, "tecnologie", "tecnologia"),
        (italian, "imprese", "impresa"),
        (italian, "turistiche", "turistico"),
        (italian, "servizi", "servizio"),
        (german, "netzwerken", "netzwerk"),
        (german, "hauser", "haus"),
        (german, "unternehmens", "unternehmen"),
    ],
)
def test_one_word_in_several_shapes_has_one_stem(stem: object, one: str, other: str) -> None:
    assert stem(one) == stem(other)  # type: ignore[operator]


@pytest.mark.parametrize(("far", "one", "other"), [(0, "lodi", "lodi"), (1, "lodi", "loid"), (2, "trento", "tranta")])
def test_mistakes_are_counted(far: int, one: str, other: str) -> None:
    assert distance(one, other) == far


def test_found_words_are_marked_and_everything_else_escaped() -> None:
    assert str(marked("<b>Qualità</b> delle imprese", ["qualita", "impresa"])) == (
        "&lt;b&gt;<mark>Qualità</mark>&lt;/b&gt; delle <mark>imprese</mark>"
    )
    assert excerpt("nothing of it", ["lodi"]) is None
    quote = str(excerpt(f"{'word ' * 60}Lodi <script>{' more' * 60}", ["lodi"]))
    assert quote.startswith("… ")
    assert "<mark>Lodi</mark> &lt;script&gt;" in quote


def test_a_quotation_does_not_run_from_one_text_into_the_next() -> None:
    """Texts of one document may be in several languages."""
    text = PASSAGE_END.join(("Un laboratorio per le imprese.", "Booked in Lodi.", "Labor für Betriebe."))
    assert str(excerpt(text, ["lodi"])) == "Booked in <mark>Lodi</mark>."


@pytest.fixture
def things(database: Session, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    hidden: set[int] = set()
    shown = Presentation(
        "thing",
        kind=lambda: "Things",
        visible=lambda ids: set(ids) - hidden,
        read=lambda ids, language: {ref: Hit(f"/things/{ref}", Wording(str(ref), language, False)) for ref in ids},
    )
    monkeypatch.setitem(presenting._presentations, "thing", shown)
    return hidden


def found(query: str, **narrowed: str) -> list[int]:
    return [ref for _entry, _subject, ref in asking.ask(query, narrowed=narrowed, seen=presenting.visible_of).page]


def test_names_come_before_texts_and_the_whole_name_first(things: set[int]) -> None:
    services.index("thing", 1, names=["Other"], texts=["wood and more wood"])
    services.index("thing", 2, names=["Wood and furniture"])
    services.index("thing", 3, names=["Long official name of it", "Wood"])
    assert found("wood") == [3, 2, 1]
    assert found("woo") == [2, 3, 1]
    assert found("furniture woods") == [2]


def test_hits_are_narrowed_and_counted_by_facets(things: set[int]) -> None:
    services.index("thing", 1, names=["Wood"], facets=Facets(sectors=("wood",), countries=("IT",), years=(2025,)))
    services.index("thing", 2, names=["Wood two"], facets=Facets(countries=("DE",), languages=("de",)))
    asked = asking.ask("wood", narrowed={}, seen=presenting.visible_of)
    assert asked.counts["country"] == {"IT": 1, "DE": 1}
    assert found("wood", country="DE") == [2]
    assert found("wood", country="DE", year="2025") == []
    things.add(1)
    assert asking.ask("wood", narrowed={}, seen=presenting.visible_of).counts["country"] == {"DE": 1}


def test_what_is_mistyped_is_found_only_when_nothing_is_spelt_so(things: set[int]) -> None:
    services.index("thing", 1, names=["Meccatronica"])
    asked = asking.ask("mecatronca", narrowed={}, seen=presenting.visible_of)
    assert (asked.corrected, asked.total) == ("meccatronica", 1)
    services.index("thing", 2, names=["Mecatronca"])
    assert found("mecatronca") == [2]
    services.forget("thing", 1)
    assert found("meccatronica") == [2]  # nearest of what is left


@pytest.mark.parametrize(
    "query", ["", "*", '"', "'", "a' | b", "NEAR(a b)", "names : x", "\x00", "ß" * 300, "( " * 90, ":*"]
)
def test_no_query_is_a_command(things: set[int], query: str) -> None:
    services.index("thing", 1, names=["Wood"])
    assert found(query) == []


def test_every_form_is_one_token() -> None:
    assert all(form.isalnum() for form in forms(fold("S3-4Alp_Überprüfung").split()[1]))
