"""Practices as a table, in the shape that the import reads. What people typed must never become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from app.kernel.formulas import defuse
from app.kernel.texts import LANGUAGES
from app.practices.models import Practice
from app.practices.rules import Aim
from app.practices.rules.columns import COLUMNS
from app.practices.rules.form import Part


def as_csv(practices: Iterable[Practice]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in (COLUMNS, *map(_row, practices)):
        writer.writerow([defuse(cell) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_xlsx(practices: Iterable[Practice]) -> bytes:
    """A workbook in which every cell is text."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(str(_("Practices")))
        bold = book.add_format({"bold": True})
        for line, row in enumerate((COLUMNS, *map(_row, practices))):
            for column, cell in enumerate(row):
                page.write_string(line, column, cell, bold if line == 0 else None)
        page.freeze_panes(1, 0)
    return file.getvalue()


def _row(practice: Practice) -> Sequence[str]:
    cells = {
        "slug": practice.slug,
        "state": str(practice.state).removeprefix("practice_"),
        "owner": practice.owner.name,
        "country": practice.country_code,
        "region": practice.region_code or "",
        "city": practice.city or "",
        "latitude": "" if practice.latitude is None else str(practice.latitude),
        "longitude": "" if practice.longitude is None else str(practice.longitude),
        "sector": practice.sector_id or "",
        "aims": ", ".join(aim for aim in Aim if aim in practice.aims),
        "project": practice.project.acronym if practice.project else "",
        "cost_eur": "" if practice.cost_eur is None else str(practice.cost_eur),
        "starts": str(practice.starts or ""),
        "ends": str(practice.ends or ""),
        "is_ongoing": "x" if practice.is_ongoing else "",
        "did_not_work": "x" if practice.did_not_work else "",
        "keywords": ", ".join(practice.keywords),
    }
    for part in Part:
        cells |= {f"{part}_{lang}": getattr(practice, part).get(lang, "") for lang in LANGUAGES}
    for name in ("staff", "theme", "owner_other", "web", "video_url"):
        cells[name] = getattr(practice, name) or ""
    return [cells[name] for name in COLUMNS]
