"""The mails: somebody takes your practice up; how far are you?"""

from __future__ import annotations

from typing import Any

from app.mail.composing import Letter, composes
from app.transfers import links, queries
from app.transfers.models import Adoption
from app.transfers.rules import OPEN
from app.transfers.services import DECLARED, FOLLOW_UP


@composes(DECLARED)
def declared(context: dict[str, Any], locale: str) -> Letter | None:
    """Nothing where it was taken back meanwhile."""
    if "adoption_id" in context:  # queued before organisations were named
        row = queries.adoption_by_id(context["adoption_id"])
    else:
        row = queries.adoption_between(context["practice_id"], context["organisation_id"])
    return Letter(values=_about(row, locale)) if row is not None else None


@composes(FOLLOW_UP)
def follow_up(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as it is open, and was not asked again since."""
    row = queries.adoption_by_id(context["adoption_id"])
    if row is None or row.state not in OPEN or row.asked != context["number"]:
        return None
    return Letter(values={**_about(row, locale), "own_link": links.url(row)})


def _about(row: Adoption, locale: str) -> dict[str, str]:
    return {
        "title": row.practice.title.wording(locale).text,
        "organisation": row.organisation.name,
        "link": f"{links.public_url()}/practices/{row.practice.slug}",
        "exchanges": f"{links.public_url()}/practices/exchanges",
    }
