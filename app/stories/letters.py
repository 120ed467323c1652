"""The mail that a comment is shown, to whoever left an address with it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.mail.composing import Letter, composes
from app.stories.queries.comments import comment_for_mail
from app.stories.rules.commenting import CommentState
from app.stories.services.comments import APPROVED


@composes(APPROVED)
def approved(context: dict[str, Any], locale: str) -> Letter | None:
    """As long as it is shown."""
    comment = comment_for_mail(context["comment_id"])
    about = (comment.story or comment.practice) if comment else None
    if comment is None or about is None or comment.state is not CommentState.APPROVED:
        return None
    path = f"/{'stories' if comment.story else 'practices'}/{about.slug}#comments"
    return Letter(
        values={
            "name": comment.name,
            "title": about.title.wording(locale).text,
            "link": f"{current_app.config['FILO'].public_url}{path}",
        }
    )
