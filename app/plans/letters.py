"""The mails about an action that is overdue, and to those who are asked about a plan."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.kernel import clock
from app.kernel.date_words import day_words
from app.mail.composing import Letter, composes
from app.network.models import Organisation
from app.plans.links import url
from app.plans.models import Consultation, ConsultationGuest
from app.plans.presenters.consultations import state_of
from app.plans.queries import actions as queries
from app.plans.queries import consultations as queries_of_asking
from app.plans.rules.actions import is_overdue
from app.plans.rules.consulting import WindowState
from app.plans.services.acting import OVERDUE
from app.plans.services.asking import ASKED


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


@composes(ASKED)
def asked(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as comments are taken; a reminder only while nobody of there answered."""
    row = queries_of_asking.for_mail(context["consultation_id"])
    if row is None or state_of(row, clock.now().date()) is not WindowState.OPEN:
        return None
    guest = next((one for one in row.guests if one.id == context.get("guest_id")), None)
    role = next((one for one in row.plan.group.roles if one.organisation_id == context.get("organisation_id")), None)
    if (guest is None or guest.revoked_at) and role is None:
        return None
    if context["reminds"] and _has_answered(row, guest, role.organisation if role else None):
        return None
    group = row.plan.group
    return Letter(
        values={
            "reminds": context["reminds"],
            "group_name": group.name.wording(locale).text,
            "number": row.version.number,
            "version_name": row.version.name,
            "first_day": day_words(row.opens_on),
            "last_day": day_words(row.closes_on),
            "asks": row.asks.wording(locale).text,
            "organisation": role.organisation.name if role else "",
            "guest_name": guest.name if guest else "",
            "link": url(guest)
            if guest
            else f"{current_app.config['FILO'].public_url}/groups/{group.slug}/plan/consultation",
        }
    )


def _has_answered(row: Consultation, guest: ConsultationGuest | None, organisation: Organisation | None) -> bool:
    if guest:
        return any(comment.guest_id == guest.id for comment in row.comments)
    return any(organisation and comment.country_code == organisation.country_code for comment in row.comments)
