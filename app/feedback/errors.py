from __future__ import annotations

from app.kernel.errors import Conflict, NotFound


class FeedbackNotFound(NotFound):
    code = "feedback.not_found"


class AnsweredOnce(Conflict):
    code = "feedback.answered_once"


class NotAsked(Conflict):
    """Feedback asks those who had a place, or those who were there."""

    code = "feedback.not_asked"


class NotYetOpen(Conflict):
    code = "feedback.not_yet_open"


class OverAlready(Conflict):
    code = "feedback.over"


class TooFewReplies(Conflict):
    """``least``: from how many replies on anonymous answers are shown."""

    code = "feedback.too_few"
