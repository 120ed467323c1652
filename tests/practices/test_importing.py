from __future__ import annotations

import io
import struct
import zipfile

import pytest
from flask.testing import FlaskClient

from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.practices import queries, services
from app.practices.errors import SheetUnreadable
from app.practices.inputs import PracticeInput
from app.practices.rules.columns import over
from app.practices.rules.tables import read_table
from tests.builders import NOW, make_organisation
from tests.forms import hidden_values, send
from tests.signing_in import sign_in_manager

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
