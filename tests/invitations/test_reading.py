"""Lists as spreadsheets and people make them."""

from __future__ import annotations

import pytest

from app.invitations.errors import (
    BrokenLine,
    EmptyList,
    NoAddressColumn,
    NotAList,
    NotUtf8,
    TooManyLines,
    UnreadableList,
)
from app.invitations.reading import MOST_LINES, Entry, as_table, sheet_of, split_name
from app.invitations.rules import Encoding, Fault

ADA = ("ada@company.example", "Ada", "Esempio")


def read(content: str | bytes, *, pasted: bool = False) -> list[Entry]:
    data = content.encode() if isinstance(content, str) else content
    return sheet_of(data, pasted=pasted).entries(0, 100)


def brief(entry: Entry) -> tuple[str, str, str]:
    return entry.email, entry.given_name, entry.family_name


@pytest.mark.parametrize(
    "content",
    [
        "E-mail,Given name,Family name\nada@company.example,Ada,Esempio\n",
        "Cognome;Nome;Indirizzo e-mail\r\nEsempio;Ada;ada@company.example\r\n",
        "Vorname\tNachname\tE-Mail-Adresse\nAda\tEsempio\tada@company.example",
        "Vorname;Name;E-Mail\nAda;Esempio;ada@company.example",
        "Nome;E-mail\nAda Esempio;ada@company.example",
        'Full name,Email\n"Esempio, Ada",ada@company.example',
        "\ufeffNome e cognome;MAIL\nAda Esempio;ada@company.example",
        "Ada Esempio;ada@company.example\n",
        "ada@company.example,Ada Esempio",
        "\n\nE-mail;Given name;Family name\n\n;;\nada@company.example;Ada;Esempio\n;;\n",
        'E-mail;Given name;Family name;Comment\nmailto:ada@company.example;Ada;Esempio;"two\nlines; here"',
    ],
)
def test_columns_are_found_in_three_languages_and_with_any_separator(content: str) -> None:
    assert [brief(entry) for entry in read(content)] == [ADA]
    assert read(content)[0].fault is None


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyList),
        (b"\xef\xbb\xbf \n", EmptyList),
        (b"E-mail;Name\n", EmptyList),
        (b"Vorname;E-Mail\nJ\x8fan;j@company.example", NotUtf8),
        ("Vorname;E-Mail\nJürgen;j@company.example\n".encode() + "Jürgen;k@x.example".encode("latin-1"), NotUtf8),
        (b"\xef\xbb\xbfVorname;E-Mail\nJ\xfcrgen;j@company.example", NotUtf8),
        (b"\xff\xfeE\x00-\x00m", NotUtf8),
        ("E-mail\nada@company.example".encode("utf-32"), NotAList),
        (b"PK\x03\x04 a workbook", NotAList),
        (b"%PDF-1.7 paper", NotAList),
        (b"\x89PNG\r\n\x1a\n", NotAList),
        (b"<!DOCTYPE html><p>ada@company.example", NotAList),
        (b"E-mail\nada\0@company.example", NotAList),
        (b"Name;City\nAda;Trento", NoAddressColumn),
        (b'E-mail;Name\nada@company.example;"' + b"x" * 140_000, BrokenLine),
        (b"E-mail\n" + b"ada@company.example\n" * (MOST_LINES + 1), TooManyLines),
    ],
)
def test_what_is_no_list_is_refused_whole(content: bytes, refusal: type[UnreadableList]) -> None:
    with pytest.raises(refusal) as refused:
        read(content)
    assert refused.value.details["field"] == "file"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", Encoding.UTF_8),
        ("utf-8-sig", Encoding.UTF_8),
        ("utf-16", Encoding.UTF_16),
        ("latin-1", Encoding.WINDOWS_1252),
        ("cp1252", Encoding.WINDOWS_1252),
    ],
)
def test_a_file_is_read_in_the_letters_that_can_be_told_and_says_which(codec: str, encoding: Encoding) -> None:
    sheet = sheet_of("Vorname;Nachname;E-Mail\r\nJürgen;Æsøp;j@company.example\r\n".encode(codec), pasted=False)
    assert sheet.encoding is encoding
    assert [brief(one) for one in sheet.entries(0, 9)] == [("j@company.example", "Jürgen", "Æsøp")]
    assert sheet_of(b"ada@company.example", pasted=True).encoding is None


def test_what_was_read_comes_back_as_a_table_that_reads_the_same() -> None:
    entries = read('E-mail;Given name;Family name\nada@company.example;"A;da";Esempio\n=1;Eva;E\n')
    again = read(as_table(entries))
    assert [(brief(one), one.fault) for one in again] == [(brief(one), one.fault) for one in entries]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";Ada;E", Fault.NO_ADDRESS),
        ("ada@;Ada;E", Fault.BAD_ADDRESS),
        ("ada@company.example\u2028Bcc:x@x.example;Ada;E", Fault.BAD_ADDRESS),
        ("Ada <ada@company.example>;Ada;E", Fault.BAD_ADDRESS),
        ("ada@company.example;=HYPERLINK(1);E", Fault.FORMULA),
        ("=1+1;Ada;E", Fault.FORMULA),
        (f"ada@company.example;{'x' * 121};E", Fault.TOO_LONG),
        ("ada@company.example;A\u202eda;E", Fault.HIDDEN_SIGNS),
        ("ada@company.example", None),
        ("süd@köln.example;Ada;E", None),
        ("o'neill+tag@company.example;Ada;+Plus", None),
    ],
)
def test_a_line_that_cannot_be_used_is_marked_with_its_number(row: str, fault: Fault | None) -> None:
    [first, second] = read(f"E-mail;Given name;Family name\nfirst@company.example;F;F\n{row}\n")
    assert (first.fault, second.line, second.fault) == (None, 3, fault)


def test_people_are_pasted_as_mail_programs_show_them() -> None:
    text = 'Ada Esempio <ada@company.example>; "Muster, Max" <max@company.example>,\n\neva@company.example\nnobody'
    people = read(text, pasted=True)
    assert [brief(one) for one in people[:3]] == [
        ADA,
        ("max@company.example", "Max", "Muster"),
        ("eva@company.example", "", ""),
    ]
    assert (people[3].line, people[3].fault) == (4, Fault.BAD_ADDRESS)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Ada", ("Ada", "")),
        ("Ada Maria Esempio", ("Ada Maria", "Esempio")),
        ("Esempio, Ada Maria", ("Ada Maria", "Esempio")),
        ("", ("", "")),
    ],
)
def test_a_whole_name_is_split(whole: str, parts: tuple[str, str]) -> None:
    assert split_name(whole) == parts
