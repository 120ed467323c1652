"""The form for a comment: made for a page, stamped with when it was opened."""

from __future__ import annotations

from flask import current_app

from app.kernel import clock
from app.stories.forms import CommentForm
from app.stories.presenters.comments import Thread, shown
from app.stories.rules.commenting import stamp
from app.stories.services.comments import Target


def thread_of(target: Target, url: str, *, is_open: bool, form: CommentForm | None = None) -> Thread:
    """The comments under a text, and a form where one more is taken: a new one, or what was typed."""
    comments = shown(story_id=target.story_id, practice_id=target.practice_id)
    if not is_open:
        return Thread(url=url, comments=comments)
    return Thread(url=url, comments=comments, form=form or _new(target))


def key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]


def _new(target: Target) -> CommentForm:
    form = CommentForm(formdata=None)
    form.page_stamp.data = stamp(key(), str(target), clock.now())
    return form
