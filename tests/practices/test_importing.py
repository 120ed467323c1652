from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.kernel.dates import RoughDate
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation, Project
from app.practices import queries, services
from app.practices.errors import SheetUnreadable
from app.practices.inputs import PracticeInput
from app.practices.models import Practice
from app.practices.rules import Aim
from app.practices.rules.columns import over
from app.practices.rules.states import State
from app.practices.rules.tables import read_table
from app.practices.services.writing import input_of
from tests.builders import NOW, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

MOST_QUERIES = 12
PAGE = "/manage/practices/import"


def test_what_a_table_has_no_column_for_stays(client: FlaskClient) -> None:
    owner = make_organisation("Cluster & Co")
    sign_in_manager(client, owner, "writer@filo.example")
    practice = services.add(
        values=PracticeInput(
            title=Texts(en="Academy", it="Accademia"), owner_id=owner.id, country_code="IT",
            evidence=Texts(en="123 members"), city="Rovereto", cost_eur=12, keywords=("skills",),
        ),
        actor=SYSTEM,
        now=NOW,
    )  # fmt: skip
    table = f"slug;owner;country;title_en;cost_eur\n{practice.slug};Cluster & Co;IT;An academy;\n"
    sent = hidden_values(client.get(PAGE).text) | {"files": (io.BytesIO(table.encode()), "t.csv")}
    assert "is changed" in client.post(PAGE, data=sent).text
    assert send(client, PAGE, {}, to=f"{PAGE}/done").status_code == 303
    row = queries.practice(practice.id)
    assert dict(row.title) == {"en": "An academy", "it": "Accademia"}
    assert (row.evidence["en"], row.city, row.keywords, row.cost_eur) == ("123 members", "Rovereto", ["skills"], None)


def test_what_belongs_to_another_country_or_project_goes_with_it() -> None:
    texts = {
        name: {} for name in ("title", "summary", "problem", "body", "resources", "evidence", "lessons", "transfer")
    }
    stands = texts | {
        "country_code": "IT", "region_code": "ITH2", "latitude": 45.9, "longitude": 11.0,
        "project_id": 1, "group_id": 2, "owner_id": 3,
    }  # fmt: skip
    row = stands | {"country_code": "DE", "project_id": 4, "region_code": None, "latitude": None, "longitude": None}
    assert over(stands, stands, ["owner", "country", "project"]) == stands
    moved = over(stands, row, ["owner", "country", "project"])
    assert [moved[name] for name in ("region_code", "latitude", "longitude", "group_id")] == [None] * 4


def archive(*, locked: bool = False, packing: int | None = None, torn: bool = False) -> bytes:
    """A workbook of one sheet, and what is wrong with it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", "<worksheet/>" * 40)
    content = bytearray(written.getvalue())
    directory = content.index(b"PK\x01\x02")
    for flags, method in ((6, 8), (directory + 8, directory + 10)):
        if locked:
            struct.pack_into("<H", content, flags, 1)
        if packing is not None:
            struct.pack_into("<H", content, method, packing)
    if torn:
        start = 30 + len("xl/worksheets/sheet1.xml")
        content[start : start + 4] = b"\xff" * 4
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [archive(locked=True), archive(packing=99), archive(torn=True)],
    ids=["locked", "packed in an unknown way", "torn"],
)
def test_a_workbook_that_cannot_be_opened_is_said_to_be_unreadable(content: bytes) -> None:
    with pytest.raises(SheetUnreadable):
        read_table(content)


@pytest.fixture
def owner(client: FlaskClient) -> Organisation:
    owner = make_organisation("Cluster & Co")
    sign_in_manager(client, owner, "writer@filo.example")
    return owner


def add(owner: Organisation, title: str = "Academy") -> Practice:
    values = PracticeInput(
        title=Texts(en=title), owner_id=owner.id, country_code="IT", evidence=Texts(en="123 members"),
        aims=frozenset({Aim.COMPETITIVENESS}), keywords=("skills", "courses"), starts=RoughDate.parse("2012"),
    )  # fmt: skip
    return services.add(values=values, actor=SYSTEM, now=NOW)


def read(client: FlaskClient, content: bytes) -> str:
    sent = hidden_values(client.get(PAGE).text) | {"files": (io.BytesIO(content), "t.csv")}
    return client.post(PAGE, data=sent).text


def take_in(client: FlaskClient) -> TestResponse:
    return send(client, PAGE, {}, to=f"{PAGE}/done")


def test_what_was_exported_and_comes_back_as_it_was_changes_nothing(client: FlaskClient, owner: Organisation) -> None:
    practice = add(owner)
    page = read(client, client.get("/manage/practices/export.csv").data)
    assert "says what stands already" in page
    assert "Take 1 row in" not in page
    assert queries.practice(practice.id).version == 1


def test_a_row_names_the_columns_that_it_changes(client: FlaskClient, owner: Organisation) -> None:
    practice = add(owner)
    table = f"slug;owner;country;title_en;city;keywords\n{practice.slug};Cluster & Co;IT;Academy;Rovereto;skills\n"
    assert "is changed: city, keywords" in " ".join(read(client, table.encode()).split())


def test_what_somebody_saved_after_the_preview_is_not_overwritten(client: FlaskClient, owner: Organisation) -> None:
    practice, other = add(owner), add(owner, "Fablab")
    table = (
        "slug;owner;country;title_en\n"
        f"{other.slug};Cluster & Co;IT;A fablab\n"
        f"{practice.slug};Cluster & Co;IT;An academy\n"
    )
    assert "Take 2 rows in" in read(client, table.encode())
    values = replace(input_of(queries.practice(practice.id)), city="Augsburg")
    services.edit(practice_id=practice.id, values=values, actor=SYSTEM, now=NOW)
    refused = take_in(client)
    assert (refused.status_code, "what rows 3 are about" in refused.text) == (409, True)
    assert [queries.practice(one.id).title["en"] for one in (practice, other)] == ["Academy", "Fablab"]


def test_what_writing_would_refuse_is_seen_in_the_preview(client: FlaskClient, owner: Organisation) -> None:
    practice = db.session.get_one(Practice, add(owner).id)
    project = Project(slug="cords", acronym="Cords", aliases=[], title=Texts(), objectives=Texts())
    db.session.add(project)
    db.session.flush()
    practice.project_id, practice.state = project.id, State.SUBMITTED
    db.session.commit()
    table = (
        "slug;owner;country;project;title_en;evidence_en;starts;ends\n"
        f"{practice.slug};Cluster & Co;IT;Cords;Academy;;;\n"
        ";Cluster & Co;IT;;Fablab;;2014;2012\n"
    )
    page = read(client, table.encode())
    assert "<b>evidence_en</b>: must not be emptied" in page
    assert "<b>ends</b>: lies before the beginning" in page


def test_two_rows_about_one_practice_and_half_a_pin_are_seen_in_the_preview(
    client: FlaskClient, owner: Organisation
) -> None:
    practice = db.session.get_one(Practice, add(owner).id)
    practice.latitude, practice.longitude, practice.web = 45.886, 11.021, "no address"
    db.session.commit()
    rows = [f"{practice.slug};Cluster & Co;IT;Name {number};45.9" for number in range(2)]
    page = read(client, "\n".join(["slug;owner;country;title_en;latitude", *rows]).encode())
    assert page.count("<b>slug</b>: stands in a row above already") == 1
    assert page.count("<b>web</b>: is no address") == 2
    practice.web = None
    db.session.commit()
    page = read(client, "\n".join(["slug;owner;country;title_en;latitude", rows[0]]).encode())
    assert "is changed: title_en, latitude" in " ".join(page.split())
    page = read(client, f"slug;owner;country;title_en;latitude\n{practice.slug};Cluster & Co;IT;Name;60\n".encode())
    assert "<b>latitude</b>: does not lie in this country" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_a_table_asks_as_much_for_three_rows_as_for_one(
    client: FlaskClient, owner: Organisation, rows: int
) -> None:
    practices = [add(owner, f"Academy {number}") for number in range(3)]
    lines = [f"{one.slug};Cluster & Co;IT;New {one.slug}" for one in practices[:rows]]
    table = [line.split(";") for line in ["slug;owner;country;title_en", *lines]]
    actor = make_manager(owner, "other@filo.example")
    db.session.expire_all()
    with counted_queries() as count:
        services.read_in(table=table, actor=actor, now=NOW)
    assert len(count) <= MOST_QUERIES
