from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from app.printing import emblem_file, qr_drawing, render
from tests.papers import font_names, fonts_without_their_file, pages, reader, text

HOSTILE = (
    "#show: none",
    '#eval("1 + 1")',
    '#read("/etc/passwd")',
    "$x^2$ *bold* _it_ `raw`",
    "C:\\path\\@ref <label>",
    "= Heading // no comment",
    "{{ 7 * 7 }} </script>",
    '", "rows": [',
    "Łukasz Świątek",
    "Jiří Dvořák",
    "Őry Gergő",
    "Γιώργος Παπαδόπουλος",
    "Дмитрий Иванов",
    "O’Brien-Müller",
)


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def paper(*names: str, **changes: Any) -> dict[str, Any]:
    rows = [
        {"number": str(number), "name": name, "organisation": "Company Example", "type": "Company", "home": "Italy"}
        for number, name in enumerate(names, 1)
    ]
    return {
        "title": "Participants: Workshop",
        "lang": "en",
        "name": "Participants",
        "event": {"title": "Workshop", "kind": "study_visit", "when": "18 March 2027", "place": "Rovereto"},
        "funding": None,
        "more": [],
        "columns": ["No.", "Name", "Organisation", "Type", "Country"],
        "rows": rows,
        "nobody": "Nobody yet.",
    } | changes


@pytest.mark.parametrize("name", HOSTILE)
def test_every_name_is_printed_as_it_was_written(name: str) -> None:
    assert name in text(render("participants", paper(name)))


@pytest.mark.parametrize(
    "name",
    ["محمد علي", "דוד כהן", "😀 Ada 🎉", "李小龙", "a\0b\x1b", "\ud800", "\u202eevil", "x" * 200, "W" * 200, "   ", ""],
)
def test_no_name_stops_a_paper(name: str) -> None:
    assert len(pages(render("participants", paper(name, "Ada Esempio")))) == 1


def test_what_turns_text_round_is_left_out() -> None:
    assert "abc" in text(render("participants", paper("a\u202eb\u2066c")))


def test_letters_that_no_font_has_leave_the_rest_searchable_and_tagged() -> None:
    printed = render("participants", paper("李小龙", "Ada Esempio"))
    assert "Ada Esempio" in text(printed)
    assert "/StructTreeRoot" in reader(printed).trailer["/Root"]
    assert b"pdfuaid" not in printed


def test_a_paper_is_accessible_and_says_what_it_is() -> None:
    printed = render("participants", paper("Ada Esempio", lang="de"))
    root, facts = reader(printed).trailer["/Root"], reader(printed).metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert facts is not None
    assert (facts.title, facts.author) == ("Participants: Workshop", "Filò")
    assert facts.creation_date is None


def test_fonts_are_our_own_and_embedded() -> None:
    printed = render("participants", paper("Łukasz", "محمد", "דוד", "😀"))
    assert fonts_without_their_file(printed) == set()
    assert {"SourceSans3-Regular", "NotoSansArabic-Regular", "NotoSansHebrew-Regular"} <= font_names(printed)


def test_equal_data_give_equal_bytes() -> None:
    assert render("participants", paper("Ada", "Max")) == render("participants", paper("Ada", "Max"))
    assert render("participants", paper("Ada")) != render("participants", paper("Max"))


@pytest.mark.parametrize("page_of", ["Page {page} of {pages}", "Pagina {page} di {pages}", "{pages} Seiten, {page}."])
def test_every_page_says_which_of_how_many_it_is(page_of: str) -> None:
    printed = pages(render("participants", paper(*["Ada Esempio"] * 45, page_of=page_of)))
    assert len(printed) == 2
    for number, page in enumerate(printed, 1):
        assert page_of.format(page=number, pages=2) in page
        assert "Organisation" in page  # the head of the table is repeated


def test_the_phrase_at_the_foot_is_of_the_language_in_force() -> None:
    with force_locale("en"):
        assert "Page 1 of 1" in text(render("participants", paper("Ada")))


def test_a_template_may_not_reach_out() -> None:
    for template in Path("templates/print").glob("*.typ"):
        assert "@preview" not in template.read_text()
        assert "eval(" not in template.read_text()


def test_the_emblem_stands_beside_the_sentence_and_on_every_page() -> None:
    funding = {"emblem": "alpine-space-2014.svg", "name": "Alpine Space", "sentence": "Co-funded by the ERDF."}
    printed = render("participants", paper(*["Ada"] * 45, funding=funding))
    assert "Co-funded by the ERDF." in pages(printed)[0]
    assert all("European Union" in page for page in pages(printed))
    assert "European Union" not in text(render("participants", paper("Ada")))


@pytest.mark.parametrize("name", ["../favicon.svg", "nowhere.svg", "", None, "/etc/passwd"])
def test_only_emblems_that_stand_there_are_named(name: str | None) -> None:
    assert emblem_file(name) is None
    assert emblem_file("alpine-space-2014.svg") == "alpine-space-2014.svg"


def test_a_code_is_drawn_with_a_dark_square_in_three_corners() -> None:
    drawing = qr_drawing("m3p7r2t9k4")
    size = int(re.search(r'viewBox="0 0 (\d+) ', drawing)[1])  # type: ignore[index]
    assert size in {21, 25}
    assert "M0 0h7v1H0z" in drawing
    assert f"M{size - 7} 0h7v1H{size - 7}z" in drawing
    assert f"M0 {size - 1}h7v1H0z" in drawing
