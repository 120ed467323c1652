"""The mails to speakers and about them; worded when they are sent, from what is true then."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.events.presenters import place_line, when_line
from app.events.rules import Status
from app.kernel import clock
from app.mail.composing import Letter, composes
from app.registration.presenters import moment_words
from app.speakers import links, queries
from app.speakers.models import Speaker
from app.speakers.presenters import OwnPage, own_page_of
from app.speakers.rules import SpeakerStanding
from app.speakers.services.answering import ANSWERED
from app.speakers.services.asking import INVITATION, REMINDER

_TAKING_PLACE = frozenset({Status.DRAFT, Status.PUBLISHED, Status.POSTPONED})


@composes(INVITATION)
def invitation(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as there is something to come for and the link is good."""
    page = _page(context)
    return Letter(values=_values(page, locale)) if page else None


@composes(REMINDER)
def reminder(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as an answer is owed."""
    page = _page(context)
    if page is None or page.standing not in {SpeakerStanding.ASKED, SpeakerStanding.MOVED}:
        return None
    return Letter(values={**_values(page, locale), "has_moved": page.standing is SpeakerStanding.MOVED})


@composes(ANSWERED)
def answered(context: dict[str, Any], locale: str) -> Letter | None:
    """To the organiser: what somebody said, and what does not fit."""
    speaker = queries.speaker_for_mail(context["speaker_id"])
    if speaker is None:
        return None
    page = own_page_of(speaker, clock.now())
    values = _values(page, locale) | {
        "answers": [(part.title.text, part.role, part.standing_words, part.reason) for part in page.parts],
        "clashes": [f"{part.title.text}, {part.when}" for part in page.parts if part.is_clash],
        "link": f"{_public_url()}/manage/events/{page.event.slug}/speakers",
    }
    return Letter(values=values, headers={"Reply-To": speaker.email})


def _page(context: dict[str, Any]) -> OwnPage | None:
    speaker: Speaker | None = queries.speaker_for_mail(context["speaker_id"])
    if speaker is None or speaker.revoked_at is not None:
        return None
    page = own_page_of(speaker, clock.now())
    is_over = page.event.status not in _TAKING_PLACE or page.event.ends_at <= clock.now()
    return None if is_over or not page.parts else page


def _values(page: OwnPage, locale: str) -> dict[str, Any]:
    event = page.event
    organisers = ", ".join(
        part.organisation.name for part in event.organisations if part.role in {"organiser", "co_organiser"}
    )
    return {
        "name": page.name,
        "organisers": organisers or _("the organiser"),
        "parts": [(part.title.text, part.role, part.when, part.where) for part in page.parts],
        "event_title": event.title.wording(locale).text,
        "when": when_line(event),
        "where": place_line(event),
        "online_url": "",  # stands on the page, which is the person's own
        # a draft has no page for others
        "event_url": f"{_public_url()}/events/{event.slug}" if event.status is not Status.DRAFT else "",
        "missing": page.missing,
        "link": links.url(page.speaker),
        "answer_by": moment_words(page.answer_by, event) if page.answer_by else "",
        "contact": event.contact_email or "",
    }


def _public_url() -> str:
    return current_app.config["FILO"].public_url  # type: ignore[no-any-return]
