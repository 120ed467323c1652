"""The mail about a service whose next step is late."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.kernel import clock
from app.kernel.date_words import day_words
from app.kernel.phrases import say
from app.mail.composing import Letter, composes
from app.pilots import queries
from app.pilots.rules import is_overdue
from app.pilots.services import OVERDUE


@composes(OVERDUE)
def overdue(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as it is open and its day is over."""
    row = queries.service_by_id(context["service_id"])
    if row is None or row.due_on is None or not is_overdue(row.stage, row.due_on, clock.now().date()):
        return None
    return Letter(
        values={
            "service_title": row.title.wording(locale).text,
            "organisation": row.owner.name,
            "stage": say(row.stage),
            "due_day": day_words(row.due_on),
            "service_link": f"{current_app.config['FILO'].public_url}/services/{row.slug}",
        }
    )
