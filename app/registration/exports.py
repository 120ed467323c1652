"""Participants as a sheet. What people typed must never become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from app.events.models import Event
from app.kernel.formulas import defuse
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.questions.models import Question
from app.questions.presenters import in_words
from app.registration.manage_presenters import PersonRow, title_of
from app.registration.queries import managing, sign_ups
from app.registration.rules import ItemStanding

Rows = Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A first row of titles, and the rows below."""

    titles: Sequence[str]
    rows: Rows


def participants_csv(sheet: Sheet) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in (sheet.titles, *sheet.rows):
        writer.writerow([defuse(cell) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def participants_xlsx(sheet: Sheet) -> bytes:
    """A workbook in which every cell is text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_("Participants"))
        bold = book.add_format({"bold": True})
        for line, row in enumerate((sheet.titles, *sheet.rows)):
            for column, cell in enumerate(row):
                page.write_string(line, column, cell, bold if line == 0 else None)
        page.freeze_panes(1, 0)
        page.autofit()
    return file.getvalue()


def sheet_of(event: Event, people: Sequence[PersonRow], *, questions: Sequence[Question], title: str) -> Sheet:
    """Everything known of these people; ``questions`` are those whose answers the reader may see."""
    items = [one.item for one in sign_ups(event.id) if one.item is not None]
    given = managing.answers_to([one.id for one in questions]) if questions else {}
    titles = [
        _("Number"), _("State"), _("Given name"), _("Family name"), _("E-mail"), _("Organisation"), _("Type"),
        _("Country"), _("Diet"), _("Access needs"), _("Message"), _("Registered at (UTC)"), _("Event"),
        _("Place in the queue"), _("Offered until"), _("Mail does not arrive"), _("Companions"), _("Places"),
        _("Quota"), _("Delegation"), _("Origin"),
        *(title_of(item) for item in items),
        *(one.label.wording(language()).text for one in questions),
    ]  # fmt: skip
    return Sheet(titles, _rows(people, [title_of(item) for item in items], questions, given, title))


def _rows(
    people: Sequence[PersonRow],
    items: Sequence[str],
    questions: Sequence[Question],
    given: dict[tuple[int, int], Any],
    title: str,
) -> Iterator[Sequence[str]]:
    lang = language()
    asked = [one.asked for one in questions]
    for row in people:
        one = row.registration
        at = {item: _standing(standing, queue) for item, standing, queue in row.items}
        yield [
            str(one.number), say(one.place), one.given_name, one.family_name, one.email, one.organisation,
            say(one.org_type), one.country_code, one.diet or "", one.access or "", one.message or "",
            one.created_at.strftime("%Y-%m-%d %H:%M"), title,
            str(row.position or ""), row.until, _("yes") if row.bounces else "",
            ", ".join(name or "–" for name in row.companions), str(one.seats),
            row.quota, row.delegation, say(one.origin),
            *(at.get(item, "") for item in items),
            *(in_words(question, given.get((one.id, question.id)), lang) for question in asked),
        ]  # fmt: skip


def _standing(standing: ItemStanding, queue: int | None) -> str:
    if standing is ItemStanding.QUEUED:
        return _("waits, number %(number)s", number=queue)
    return _("yes") if standing is ItemStanding.SEATED else _("chosen")
