"""Services for everybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from app.kernel import clock
from app.kernel.phrases import say
from app.network import queries as network
from app.network.current import current_actor
from app.network.presenters.lists import named, page_from
from app.pilots import queries, services
from app.pilots.permissions import may_edit, may_propose
from app.pilots.presenters import lines, page_of, reach_words
from app.pilots.rules import ServiceFilter, Stage
from app.studies.rules import Target

bp = Blueprint("pilots", __name__)


@bp.get("/services")
def show_list() -> str:
    given = {name: request.args.get(name, "").strip()[:200] for name in ServiceFilter.__slots__}
    wanted = ServiceFilter(**{name: value for name, value in given.items() if value and value.isprintable()})
    page = page_from(request.args)
    found, total = queries.listed(wanted, page=page)
    first = (page - 1) * queries.PAGE + 1

    def address(number: int) -> str:
        asked: dict[str, Any] = {**wanted.parts(), **({"page": number} if number > 1 else {})}
        return url_for("pilots.show_list", **asked)

    return render_template(
        "pilots/list.html",
        lines=lines(found, clock.now().date()),
        total=total,
        wanted=wanted,
        stages=[(str(stage), say(stage)) for stage in Stage],
        targets=[(str(target), say(target)) for target in Target],
        countries=named(network.country_choices()),
        may_propose=may_propose(current_actor()),
        reach_words=reach_words,
        previous_url=address(page - 1) if page > 1 else None,
        next_url=address(page + 1) if page * queries.PAGE < total else None,
        where=_("%(first)s to %(last)s of %(total)s", first=first, last=first + len(found) - 1, total=total),
    )


@bp.get("/services/<slug>")
def show(slug: str) -> str:
    service = queries.service(slug)
    return render_template(
        "pilots/show.html",
        page=page_of(service, clock.now().date()),
        reach_words=reach_words,
        may_edit=may_edit(current_actor(), services.editing_ids(service)),
    )
