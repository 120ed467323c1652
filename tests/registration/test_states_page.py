"""docs/states.md says what the rules do."""

from __future__ import annotations

from app.registration.errors import WrongPlace
from app.registration.rules import Place, Verb, place_after
from scripts import states


def test_the_page_about_places_shows_the_table_of_the_rules() -> None:
    text = states.PAGE.read_text("utf-8")
    assert states.page(text) == text, "Run scripts/states.py"


def test_every_cell_of_the_page_is_what_the_rules_answer() -> None:
    rows = [line.strip("| ").split(" | ") for line in states.table().splitlines()[2:]]
    for verb, (name, *cells) in zip(Verb, rows, strict=True):
        assert name == f"`{verb}`"
        for place, cell in zip([None, *Place], cells, strict=True):
            assert {to for to in Place if _leads(verb, place, to)} == _named(cell, place), (verb, place)


def _leads(verb: Verb, place: Place | None, to: Place) -> bool:
    try:
        return place_after(verb, place, to) is to
    except WrongPlace:
        return False


def _named(cell: str, place: Place | None) -> set[Place]:
    if cell == "stays" and place:
        return {place}
    return set() if cell == "–" else {Place(one) for one in cell.split(", ")}
