"""Everything that is kept about somebody, for a file that the person takes along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.kernel.i18n import language
from app.questions.models import Question
from app.questions.presenters import in_words
from app.registration import queries
from app.registration.models import Answer, Registration
from app.registration.own_parts import own_parts
from app.registration.presenters.own import handed_over_at
from app.registration.rules import asks_privacy

_TYPED = (
    "given_name",
    "family_name",
    "email",
    "organisation",
    "org_type",
    "country_code",
    "diet",
    "access",
    "message",
    "locale",
)


def own_data(registration: Registration, now: datetime) -> dict[str, Any]:
    """Plain values for JSON; instants are ISO 8601 in UTC."""
    event = registration.allotment.event
    standings = queries.standings_of(registration.id)
    history = queries.history(registration.id)
    is_asked = asks_privacy(registration.privacy_accepted_at, handed_over_at(history))
    return {
        "event": {
            "title": event.title.wording(language()).text,
            "starts_at": _instant(event.starts_at),
            "ends_at": _instant(event.ends_at),
            "timezone": event.timezone,
        },
        "registration": {
            "place": registration.place,
            "number": registration.number,
            "registered_at": _instant(registration.created_at),
            "privacy_notice_accepted_at": None if is_asked else _instant(registration.privacy_accepted_at),
            "address_confirmed_at": _instant(registration.verified_at),
            "needs_erased_at": _instant(registration.needs_erased_at),
            "origin": registration.origin,
        },
        "person": {name: getattr(registration, name) for name in _TYPED},
        "companions": [one.name or "" for one in registration.companions],
        "parts_of_the_agenda": [
            {"title": one.item.title.wording(language()).text, "standing": standings[one.id]}
            for one in queries.sign_ups(event.id)
            if one.item is not None and one.id in standings
        ],
        "answers": [_answer(one, one.question) for one in queries.answers_of(registration.id).values()],
        "changes": [
            {
                "at": _instant(one.at),
                "what": one.verb,
                "before": one.before,
                "after": one.after,
                "by_the_organiser": one.account_id is not None,
                "reason": one.reason,
            }
            for one in history
        ],
    } | {part.name: part.kept for part in own_parts(registration, now) if part.kept}


def _answer(row: Answer, question: Question) -> dict[str, Any]:
    return {
        "question": question.label.wording(language()).text,
        "answer": in_words(question.asked, row.value, language()),
        "kept_as": row.value,
        "version_of_the_words": row.wording_version,
        "answered_at": _instant(row.answered_at),
        "erased_at": _instant(row.erased_at),
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
