"""Comments as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.kernel.date_words import day_words
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.stories.models import Comment
from app.stories.queries import comments as queries
from app.stories.rules.commenting import CommentState


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    name: str
    text: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The comments under a text. ``url`` takes a new one; ``form`` is None where none is taken."""

    url: str
    comments: list[CommentView]
    form: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentToDecide:
    """A comment for moderators. An address is shown to nobody."""

    id: int
    name: str
    text: str
    day: str
    state: CommentState
    reason: str
    about: Wording
    url: str


def shown(*, story_id: int | None = None, practice_id: int | None = None) -> list[CommentView]:
    """What was approved, the oldest first."""
    rows = queries.approved(story_id=story_id, practice_id=practice_id)
    return [CommentView(name=row.name, text=row.text, day=day_words(row.at.date())) for row in rows]


def to_decide(rows: Sequence[Comment]) -> list[CommentToDecide]:
    lang = language()
    return [
        CommentToDecide(
            id=row.id,
            name=row.name,
            text=row.text,
            day=day_words(row.at.date()),
            state=row.state,
            reason=say(row.suspicion) if row.suspicion and row.state is CommentState.SPAM else "",
            about=_about(row).title.wording(lang),
            url=f"/{'stories' if row.story else 'practices'}/{_about(row).slug}",
        )
        for row in rows
    ]


def _about(row: Comment) -> Any:
    return row.story or row.practice
