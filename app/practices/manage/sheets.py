"""Practices out to a spreadsheet and in from one."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import ngettext

from app.files.gate import takes_files
from app.kernel import clock
from app.kernel.errors import Invalid, Refusal
from app.kernel.form_checks import put_beside_field
from app.kernel.phrases import say
from app.network.current import current_actor
from app.practices import exports, queries, services
from app.practices.errors import ImportOvertaken
from app.practices.forms import SheetForm
from app.practices.manage.shared import bp, own_ids
from app.practices.rules.columns import COLUMNS, NEEDED, ReadRow
from app.practices.rules.tables import MOST_BYTES, read_table

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/practices/export.csv")
def export_csv() -> Response:
    return _file(exports.as_csv(queries.with_whole_form(own_ids())), "text/csv; charset=utf-8", "practices.csv")


@bp.get("/practices/export.xlsx")
def export_xlsx() -> Response:
    return _file(exports.as_xlsx(queries.with_whole_form(own_ids())), _XLSX, "practices.xlsx")


@bp.route("/practices/import", methods=["GET", "POST"])
@takes_files(most=MOST_BYTES + 100_000, allowed=lambda: current_actor().signed_in)
def import_table() -> str | Response:
    """A table is read and shown with its faults; nothing is written yet."""
    own_ids()
    form = SheetForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return make_response(_page(form), 422)
    try:
        table = read_table(form.files.data.stream.read(MOST_BYTES + 1))
        rows = services.read_in(table=table, actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        if not put_beside_field(form, refusal):
            raise
        return make_response(_page(form), 422)
    return _page(SheetForm(formdata=None), rows)


@bp.post("/practices/import/done")
def carry_out() -> Response:
    own_ids()
    try:
        done = services.carry_out(actor=current_actor(), now=clock.now())
    except (Invalid, ImportOvertaken) as refusal:
        form = SheetForm(formdata=None)
        form.form_errors.append(say(refusal.code, **refusal.details))
        return make_response(_page(form), 409)
    flash(ngettext("%(num)d practice was taken in.", "%(num)d practices were taken in.", done), "ok")
    return redirect(url_for(".show"), 303)  # type: ignore[return-value]


def _page(form: SheetForm, rows: list[ReadRow] | None = None) -> str:
    return render_template("practices/import.html", form=form, rows=rows, columns=COLUMNS, needed=NEEDED)


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
