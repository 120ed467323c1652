"""Reading a list of people: a CSV file as spreadsheets write it, or lines pasted from a mail. Plain Python.

A file is refused whole when it is no list; one line that cannot be used is only marked.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from email_validator import EmailNotValidError, validate_email

from app.invitations.encodings import decoded
from app.invitations.errors import BrokenLine, EmptyList, NoAddressColumn, TooManyLines
from app.invitations.rules import Encoding, Fault
from app.kernel.texts import LANGUAGES
from app.mail.rules import LONGEST_ADDRESS, address_key, is_mailable

MOST_LINES = 50_000
MOST_BYTES = 12_000_000
_DELIMITERS = (";", ",", "\t")
_FORMULAS = ("=", "＝")
_LONGEST = {"given_name": 120, "family_name": 120, "organisation": 200}
_HEADERS = {
    "email": "e-mail|email|mail|e-mail address|email address|address e-mail|indirizzo e-mail|indirizzo email"
    "|posta elettronica|e-mail-adresse|email-adresse|mailadresse|mail-adresse",
    "given_name": "given name|first name|forename|nome|nome proprio|vorname|rufname",
    "family_name": "family name|last name|surname|cognome|nachname|familienname|zuname",
    "name": "name|full name|nome e cognome|cognome e nome|nominativo|vor- und nachname|vorname und nachname",
    "organisation": "organisation|organization|company|institution|organizzazione|azienda|ente|impresa|società"
    "|unternehmen|firma|einrichtung|institution",
    "locale": "language|locale|lingua|sprache",
}
_FIELD_OF = {words: field for field, headers in _HEADERS.items() for words in headers.split("|")}
_LOCALES = {
    "english": "en", "inglese": "en", "englisch": "en", "italian": "it", "italiano": "it", "italienisch": "it",
    "german": "de", "tedesco": "de", "deutsch": "de",
}  # fmt: skip
_BETWEEN_PASTED = re.compile(r"(?<=>)\s*[;,]|(?<=\S)\s*;\s*")
# nearly all addresses; the whole grammar takes a hundred times as long
_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9_%+-]{1,30}(\.[A-Za-z0-9_%+-]{1,10}){0,3}@([a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?\.){1,4}[a-z]{2,14}"
)
_NAMED = re.compile(r"\s*(?P<name>.*?)\s*<\s*(?P<email>[^<>]*)>\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: a person to invite, or why nobody can be. ``line`` is counted from 1."""

    line: int
    email: str
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    locale: str = ""
    fault: Fault | None = None

    @property
    def email_key(self) -> str:
        return address_key(self.email)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a list with the line that each begins on, and where each field stands.

    ``encoding``: what a file was read as; None for what was pasted.
    """

    rows: list[tuple[int, list[str]]]
    columns: dict[str, int]
    encoding: Encoding | None = None

    def entries(self, start: int, stop: int) -> list[Entry]:
        """What stands in some of the rows; checking addresses takes time, so a long list is asked for in parts."""
        return [_entry(line, row, self.columns) for line, row in self.rows[start:stop]]


def sheet_of(content: bytes, *, pasted: bool) -> Sheet:
    """The people of a CSV file or of pasted lines. Raises UnreadableList in one of its kinds."""
    return _sheet_of_text(content.decode()) if pasted else _sheet_of_file(content)


def _sheet_of_file(content: bytes) -> Sheet:
    text, encoding = decoded(content)
    rows = list(_numbered(text, _delimiter(text)))
    columns, has_header = _columns(rows[0][1]) if rows else ({}, False)
    people = rows[1:] if has_header else rows
    if not people:
        raise EmptyList(field="file")
    if len(people) > MOST_LINES:
        raise TooManyLines(field="file", most=MOST_LINES)
    return Sheet(people, columns, encoding)


def _sheet_of_text(text: str) -> Sheet:
    """``Name <address>`` or plain addresses, by lines or semicolons."""
    people = [
        (number, _pasted(part))
        for number, line in enumerate(text.splitlines(), start=1)
        for part in _BETWEEN_PASTED.split(line)
        if part.strip(" ,;")
    ]
    if not people:
        raise EmptyList(field="people")
    if len(people) > MOST_LINES:
        raise TooManyLines(field="people", most=MOST_LINES)
    return Sheet(people, {"name": 0, "email": 1})


def as_table(entries: Sequence[Entry]) -> str:
    """The same people as lines of cells, with a first line that names the columns: to be looked at and read again."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";", lineterminator="\n")
    writer.writerow(["E-mail", "Given name", "Family name", "Organisation", "Language"])
    for one in entries:
        writer.writerow([one.email, one.given_name, one.family_name, one.organisation, one.locale])
    return sheet.getvalue()


def _delimiter(text: str) -> str:
    """The sign whose columns hold an address: the header or, without one, the first line tells."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=lambda sign: (_finds_address(first, sign), first.count(sign)))


def _finds_address(line: str, delimiter: str) -> bool:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return any(_FIELD_OF.get(_plain(cell)) == "email" or is_address(cell.strip()) for cell in cells)


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line that it begins on; never many more than may come."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for row in islice(reader, 2 * MOST_LINES):
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BrokenLine(field="file", line=begins) from error


def _columns(first: Sequence[str]) -> tuple[dict[str, int], bool]:
    """Where each field stands, and whether the first row is a header. Raises NoAddressColumn."""
    known = {field: place for place, cell in reversed(list(enumerate(first))) if (field := _FIELD_OF.get(_plain(cell)))}
    if "email" in known:
        if "given_name" in known and "name" in known and "family_name" not in known:
            known["family_name"] = known.pop("name")
        elif "given_name" in known and "family_name" not in known:
            known["name"] = known.pop("given_name")  # a lone "Nome" holds the whole name
        return known, True
    place = next((place for place, cell in enumerate(first) if is_address(cell.strip())), None)
    if place is None:
        raise NoAddressColumn(field="file")
    rest = [other for other in range(len(first)) if other != place]
    return {"email": place, **dict(zip(("name", "organisation"), rest, strict=False))}, False


def _plain(cell: str) -> str:
    return " ".join(cell.strip().strip("*:").casefold().replace("_", " ").split())


def _entry(line: int, row: Sequence[str], columns: dict[str, int]) -> Entry:
    cells = {field: row[place].strip() if place < len(row) else "" for field, place in columns.items()}
    given, family = cells.get("given_name", ""), cells.get("family_name", "")
    if whole := cells.get("name", ""):
        given, family = split_name(whole)
    return _checked(
        line,
        cells["email"].removeprefix("mailto:"),
        {"given_name": given, "family_name": family, "organisation": cells.get("organisation", "")},
        _locale(cells.get("locale", "")),
    )


def _pasted(part: str) -> list[str]:
    named = _NAMED.fullmatch(part)
    name, email = (named["name"], named["email"]) if named else ("", part)
    return [name.strip("\"' "), email.strip(" ,;")]


def _checked(line: int, email: str, names: dict[str, str], locale: str) -> Entry:
    """What may be kept of a line; names are cut to what the table holds once they are faulty."""
    fault = _fault(email, names)
    kept = {field: _visible(value)[: _LONGEST[field]] for field, value in names.items()}
    return Entry(line=line, email=_visible(email)[:254], locale=locale, fault=fault, **kept)


def _fault(email: str, names: dict[str, str]) -> Fault | None:
    if any(value.startswith(_FORMULAS) for value in (email, *names.values())):
        return Fault.FORMULA
    if not email:
        return Fault.NO_ADDRESS
    if not is_address(email):
        return Fault.BAD_ADDRESS
    if any(value != _visible(value) for value in names.values()):
        return Fault.HIDDEN_SIGNS
    if any(len(value) > _LONGEST[field] for field, value in names.items()):
        return Fault.TOO_LONG
    return None


def _visible(text: str) -> str:
    """Without controls, breaks and marks of direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})


def is_address(text: str) -> bool:
    """Whether a mail can be sent there, as far as the writing tells."""
    if _PLAIN_ADDRESS.fullmatch(text) and len(text) <= LONGEST_ADDRESS:
        return True
    if "@" not in text or not is_mailable(text):
        return False
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def split_name(whole: str) -> tuple[str, str]:
    """``Esempio, Ada`` and ``Ada Esempio`` → given and family name; of three words the last is the family's."""
    family, comma, given = whole.partition(",")
    if comma:
        return given.strip(), family.strip()
    given, _, family = whole.strip().rpartition(" ")
    return (given.strip(), family) if given else (family, "")


def _locale(text: str) -> str:
    code = text.casefold().strip()
    short = code.replace("_", "-").partition("-")[0]
    return short if short in LANGUAGES else _LOCALES.get(code, "")
