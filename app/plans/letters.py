"""The mail about an action that is overdue."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.kernel import clock
from app.kernel.date_words import day_words
from app.mail.composing import Letter, composes
from app.plans.queries import actions as queries
from app.plans.rules.actions import is_overdue
from app.plans.services.acting import OVERDUE


@composes(OVERDUE)
def overdue(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as it is open and its day is over."""
    row = queries.action_for_mail(context["action_id"])
    if row is None or not is_overdue(row.state, row.due, clock.now().date()):
        return None
    return Letter(
        values={
            "action_title": row.title.wording(locale).text,
            "organisation": row.owner.name,
            "group_name": row.group.name.wording(locale).text,
            "due_day": day_words(row.due),
            "actions_link": f"{current_app.config['FILO'].public_url}/groups/{row.group.slug}/actions",
        }
    )
