"""The mails about a practice: what its review says, whether an author agrees to be named, what somebody writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.mail.composing import Letter, composes
from app.practices import links
from app.practices.models import Practice, PracticeChange
from app.practices.phrases import NEWS, NEWS_SUBJECTS, PARTS
from app.practices.queries import people, reviewing
from app.practices.rules.consent import Consent
from app.practices.rules.news import Circle, Happening
from app.practices.rules.states import PUBLIC, State, Step
from app.practices.services.authoring import AUTHOR_ASKED
from app.practices.services.contacting import MESSAGE
from app.practices.services.telling import NEWS as NEWS_MAIL


@composes(NEWS_MAIL)
def news(context: dict[str, Any], locale: str) -> Letter | None:
    """Steps that were taken, comments that are still open, an opinion that is still asked for; nothing of the rest."""
    practice = people.practice_for_mail(context["practice_id"])
    if practice is None:
        return None
    circle = Circle(context["circle"])
    steps = list(_steps(practice, people.changes(context["change_ids"])))
    comments = people.open_comments(context["comment_ids"])
    is_asked = context["asked_id"] is not None and reviewing.expert(practice.id, context["asked_id"]) is not None
    if not (steps or comments or is_asked):
        return None
    about = Happening.ASKED if is_asked else steps[-1].step if steps else Happening.COMMENTED
    title = practice.title.wording(locale).text
    return Letter(
        values={
            "title": title,
            "heading": str(NEWS_SUBJECTS[about] % {"title": title}),
            "steps": [{"words": str(NEWS[one.step]), "reason": one.reason, "by": one.by} for one in steps],
            "comments": [
                {"part": str(PARTS[one.part]), "quote": one.quote or "", "text": one.text, "by": one.by}
                for one in comments
            ],
            "is_asked": is_asked,
            "may_judge": circle is Circle.EXPERT and practice.state is State.PUBLISHED,
            "circle": str(circle),
            "link": _link(practice, circle),
        }
    )


@composes(AUTHOR_ASKED)
def author_asked(context: dict[str, Any], locale: str) -> Letter | None:
    """The only place where the personal link stands."""
    row = people.author_for_mail(context["practice_id"], context["person_id"])
    if row is None or row.person is None:
        return None
    return Letter(
        values={
            "title": row.practice.title.wording(locale).text,
            "organisation": row.organisation.name,
            "own_link": links.url(row),
            "is_named": row.consent is Consent.AGREED,
        }
    )


@composes(MESSAGE)
def message(context: dict[str, Any], locale: str) -> Letter | None:
    """What somebody wrote, with the address for the answer; nothing once it is erased or the practice taken back."""
    contact = people.contact(context["contact_id"])
    if contact is None or contact.digest != context["digest"] or not contact.practice.is_published:
        return None
    return Letter(
        values={
            "title": contact.practice.title.wording(locale).text,
            "link": f"{links.public_url()}/practices/{contact.practice.slug}",
            "name": contact.name,
            "organisation": contact.organisation,
            "text": contact.text,
        },
        headers={"Reply-To": contact.email},
    )


def _steps(practice: Practice, changes: Sequence[PracticeChange]) -> Iterator[PracticeChange]:
    """Nobody is asked to decide about what was decided meanwhile."""
    for change in changes:
        if change.step is not Step.SUBMIT or practice.state is State.SUBMITTED:
            yield change


def _link(practice: Practice, circle: Circle) -> str:
    """The page of the review; authors who take no part in it get the public one, if there is one."""
    if circle is not Circle.AUTHOR:
        return f"{links.public_url()}/manage/practices/{practice.slug}/review"
    is_shown = practice.state in PUBLIC | {State.RETIRED}
    return f"{links.public_url()}/practices/{practice.slug}" if is_shown else ""
