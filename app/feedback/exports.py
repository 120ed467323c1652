"""Feedback as sheets. What people typed must never become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter
from flask_babel import gettext as _

from app.feedback import presenters, queries, rules
from app.kernel.formulas import defuse
from app.kernel.i18n import language
from app.questions.models import QuestionForm

Rows = Sequence[Sequence[str]]


def summary_rows(form: QuestionForm) -> Rows:
    """A row for each bar or text; raises TooFewReplies."""
    _check(form)
    rows = [[_("Question"), _("Answer"), _("Number"), _("Answers to the question"), _("Mean")]]
    for one in presenters.summaries_of(form):
        label, total = one.question.label.wording(language()).text, str(one.answers)
        if one.is_hidden:
            rows.append([label, _("too few answers to show"), "", total, ""])
        rows += [
            [label, presenters.value_words(one.question, value), str(count), total, presenters.mean_words(one)]
            for value, count in one.bars
        ]
        rows += [[label, presenters.value_words(one.question, text), "1", total, ""] for text in one.texts]
    return rows


def reply_rows(form: QuestionForm) -> Rows:
    """A row for each reply. Of an anonymous form only questions with enough answers; raises TooFewReplies."""
    _check(form)
    shown = [one.question for one in presenters.summaries_of(form) if not one.is_hidden]
    who = [] if form.is_anonymous else [_("Name"), _("Organisation"), _("E-mail"), _("Answered on")]
    titles = [*who, *(one.label.wording(language()).text for one in shown)]
    return [titles, *presenters.reply_rows(form, shown)]


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow([defuse(cell) for cell in row])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    """A workbook in which every cell is text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_("Feedback"))
        bold = book.add_format({"bold": True})
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(line, column, cell, bold if line == 0 else None)
        page.freeze_panes(1, 0)
        page.autofit()
    return file.getvalue()


def _check(form: QuestionForm) -> None:
    replies = queries.count_replies([form.id]).get(form.id, 0)
    rules.check_shown(replies, is_anonymous=form.is_anonymous)
