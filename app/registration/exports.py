"""Participants as a sheet. What people typed must never become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from flask_babel import gettext as _

from app.kernel.phrases import say
from app.registration.models import Registration

# what spreadsheets take for the beginning of a formula, full-width forms included (OWASP, CSV injection)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def defuse(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def participants_csv(registrations: Iterable[Registration], *, event_title: str) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    for row in _rows(registrations, event_title):
        writer.writerow([defuse(cell) for cell in row])
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def participants_xlsx(registrations: Iterable[Registration], *, event_title: str) -> bytes:
    """A workbook in which every cell is text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Participants"))
        bold = book.add_format({"bold": True})
        for line, row in enumerate(_rows(registrations, event_title)):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, bold if line == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


def _rows(registrations: Iterable[Registration], event_title: str) -> Iterable[Sequence[str]]:
    yield [
        _("Number"), _("State"), _("Given name"), _("Family name"), _("E-mail"), _("Organisation"), _("Type"),
        _("Country"), _("Diet"), _("Access needs"), _("Message"), _("Registered at (UTC)"), _("Event"),
    ]  # fmt: skip
    for one in registrations:
        yield [
            str(one.number), say(one.place), one.given_name, one.family_name, one.email, one.organisation,
            say(one.org_type), one.country_code, one.diet or "", one.access or "", one.message or "",
            one.created_at.strftime("%Y-%m-%d %H:%M"), event_title,
        ]  # fmt: skip
