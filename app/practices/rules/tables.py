"""Reading a table of practices: CSV as spreadsheets write it, or the first sheet of an XLSX file. Plain Python.

An XLSX file is a ZIP archive of XML (ECMA-376, part 1): only its strings and cells are read, never a formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from app.kernel.formulas import defuse
from app.practices.errors import SheetTooLong, SheetUnreadable

MOST_ROWS = 500
MOST_BYTES = 5_000_000
MOST_UNPACKED = 30_000_000
MOST_COLUMNS = 100
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"[A-Z]{1,3}")
# a locked workbook is a RuntimeError to zipfile, an unknown packing a NotImplementedError, a torn one the two last
_UNREADABLE = (
    ValueError, LookupError, csv.Error, zipfile.BadZipFile, ET.ParseError, OSError, RuntimeError, EOFError, zlib.error
)  # fmt: skip
Table = list[list[str]]


def read_table(content: bytes) -> Table:
    """Rows of cells, as many as hold something; raises SheetUnreadable or SheetTooLong."""
    if len(content) > MOST_BYTES:
        raise SheetTooLong(field="files")
    try:
        rows = _workbook(content) if content[:2] == b"PK" else _lines(content)
    except _UNREADABLE as error:
        raise SheetUnreadable(field="files") from error
    table = [[undefused(cell.strip()) for cell in row[:MOST_COLUMNS]] for row in rows]
    while table and not any(table[-1]):
        table.pop()
    if not table:
        raise SheetUnreadable(field="files")
    if len(table) > MOST_ROWS + 1:
        raise SheetTooLong(field="files")
    return table


def undefused(cell: str) -> str:
    """Without the sign that kept a spreadsheet from working a text out."""
    return cell[1:] if cell.startswith("'") and defuse(cell[1:]) == cell else cell


def _lines(content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    if "\0" in text:
        raise ValueError(text[:1])
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _workbook(content: bytes) -> Table:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise SheetTooLong(field="files")
        names = archive.namelist()
        strings = _strings(archive.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
        sheet = min(name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        return list(_rows(_tree(archive.read(sheet)), strings))


def _tree(content: bytes) -> ET.Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # no spreadsheet writes them, bombs need them
        raise ValueError("doctype")
    return ET.fromstring(content)  # noqa: S314 – without entities there is nothing to blow up


def _strings(content: bytes) -> list[str]:
    return [_text(entry) for entry in _tree(content).findall(f"{_NAMESPACE}si")]


def _rows(sheet: ET.Element, strings: list[str]) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter(f"{_NAMESPACE}row")):
        if number > MOST_ROWS + 1:
            raise SheetTooLong(field="files")
        cells: list[str] = []
        for cell in row.findall(f"{_NAMESPACE}c"):
            place = _place(cell.get("r", ""), len(cells))
            if place >= MOST_COLUMNS:
                break
            cells += [""] * (place - len(cells)) + [_words(cell, strings)]
        yield cells


def _place(reference: str, following: int) -> int:
    """``AB7`` stands in column 27, counted from 0; a cell without reference follows the one before."""
    found = _COLUMN.match(reference)
    if found is None:
        return following
    place = 0
    for sign in found[0]:
        place = place * 26 + ord(sign) - 64
    return place - 1


def _words(cell: ET.Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_NAMESPACE}v", "")
    if kind == "s":
        return strings[int(value)]
    return value.removesuffix(".0") if kind == "n" else value


def _text(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{_NAMESPACE}t"))
