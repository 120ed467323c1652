"""The mails of the board: an answer came, somebody writes, does it still stand."""

from __future__ import annotations

from typing import Any

from app.board import links, queries
from app.board.errors import PostNotFound
from app.board.models import BoardPost
from app.board.rules import PostState, reminder_due, state_of
from app.board.services import ANSWERED, MESSAGE, REMINDER
from app.kernel import clock
from app.kernel.date_words import day_words
from app.kernel.phrases import say
from app.mail.composing import Letter, composes


@composes(REMINDER)
def reminder(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as it is about to end on that day."""
    try:
        post = queries.post(context["post_id"])
    except PostNotFound:
        return None
    today = clock.now().date()
    is_due = str(post.expires_on) == context["expires_on"] and reminder_due(post.expires_on, today)
    if post.closed_at is not None or not is_due:
        return None
    return Letter(values={**_about(post), "day": day_words(post.expires_on), "own_link": links.url(post)})


@composes(ANSWERED)
def answered(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as the answer stands there."""
    reply = queries.reply_for_mail(context["reply_id"])
    if reply is None:
        return None
    return Letter(
        values={
            **_about(reply.post),
            "organisation": reply.organisation.name,
            "text": reply.text,
            "takes_part": context.get("takes_part", False),
        }
    )


@composes(MESSAGE)
def message(context: dict[str, Any], locale: str) -> Letter | None:
    """What somebody wrote, with the address for the answer; nothing once it is erased or the post was closed."""
    contact = queries.contact_for_mail(context["contact_id"])
    if contact is None:
        return None
    post = contact.post
    state = state_of(post.expires_on, is_closed=post.closed_at is not None, today=clock.now().date())
    if state is not PostState.OPEN:
        return None
    return Letter(
        values={**_about(post), "name": contact.name, "organisation": contact.organisation, "text": contact.text},
        headers={"Reply-To": contact.email},
    )


def _about(post: BoardPost) -> dict[str, str]:
    return {"kind": say(post.kind), "title": post.title, "link": f"{links.public_url()}/board/{post.slug}"}
