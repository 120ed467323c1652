"""The page on which the editions of a series are compared, and the same as a sheet."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.desk.comparison import Circle, circle_of, compare, rows_of
from app.events import queries
from app.events.errors import MayNotManage
from app.events.models import EventSeries
from app.feedback import exports
from app.network.current import current_actor

bp = Blueprint("comparison", __name__, url_prefix="/manage/series/<slug>")
bp.before_request(ask_to_sign_in)


@bp.get("/comparison")
def show(slug: str) -> str:
    series, circle = _circle(slug)
    return render_template("desk/comparison.html", series=series, comparison=compare(circle) if circle.ids else None)


@bp.get("/comparison.csv")
def as_csv(slug: str) -> Response:
    _series, circle = _circle(slug)
    return _sheet(exports.as_csv(rows_of(compare(circle))), f"{slug}.csv", "text/csv; charset=utf-8")


@bp.get("/comparison.xlsx")
def as_xlsx(slug: str) -> Response:
    _series, circle = _circle(slug)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _sheet(exports.as_xlsx(rows_of(compare(circle))), f"{slug}.xlsx", kind)


def _circle(slug: str) -> tuple[EventSeries, Circle]:
    """Raises SeriesNotFound; MayNotManage for who manages none of its editions, nor their template."""
    series, actor = queries.series(slug), current_actor()
    circle = circle_of(series.id, actor)
    if not circle.ids and not actor.is_administrator:
        raise MayNotManage
    return series, circle


def _sheet(content: bytes, name: str, kind: str) -> Response:
    answer = Response(content, mimetype=None, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
