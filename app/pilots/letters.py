"""The mails about a service: its next step is late, it names somebody, somebody has no part in it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.kernel import clock
from app.kernel.date_words import day_words
from app.kernel.phrases import say
from app.mail.composing import Letter, composes
from app.network.models import Organisation
from app.pilots import queries
from app.pilots.models import ServiceProposal
from app.pilots.rules import is_overdue
from app.pilots.services import DENIED, NAMED, OVERDUE, named_ids


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
            "service_link": _link(row),
        }
    )


@composes(NAMED)
def named(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the service names the organisation."""
    row, organisation = _about(context)
    if row is None or organisation is None or organisation.id not in named_ids(row):
        return None
    return Letter(
        values={
            "service_title": row.title.wording(locale).text,
            "organisation": organisation.name,
            "is_owner": row.owner_id == organisation.id,
            "proposer": row.proposer.name,
            "service_link": _link(row),
            "naming_link": f"{current_app.config['FILO'].public_url}/manage/services/{row.slug}/naming",
        }
    )


@composes(DENIED)
def denied(context: dict[str, Any], locale: str) -> Letter | None:
    row, organisation = _about(context)
    if row is None or organisation is None:
        return None
    return Letter(
        values={
            "service_title": row.title.wording(locale).text,
            "organisation": organisation.name,
            "owner": row.owner.name if context["was_owner"] and row.owner_id == row.proposer_id else "",
            "proposer": row.proposer.name,
            "service_link": _link(row),
        }
    )


def _about(context: dict[str, Any]) -> tuple[ServiceProposal | None, Organisation | None]:
    found = queries.organisations([context["organisation_id"]])
    return queries.service_by_id(context["service_id"]), found[0] if found else None


def _link(row: ServiceProposal) -> str:
    return f"{current_app.config['FILO'].public_url}/services/{row.slug}"
