from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TooMany


class PostNotFound(NotFound):
    code = "board.not_found"


class ReplyNotFound(NotFound):
    code = "board.reply_not_found"


class MayNotPost(Forbidden):
    """Only members of organisations that stand in the network."""

    code = "board.may_not_post"


class MayNotChange(Forbidden):
    code = "board.may_not_change"


class UnknownChoice(Invalid):
    """``field``: what was chosen there does not exist any more."""

    code = "board.unknown_choice"


class BadExpiry(Invalid):
    """``most``: for how many days at the most a post may stand."""

    code = "board.bad_expiry"


class PostClosed(Conflict):
    """Closed or expired: nobody answers any more."""

    code = "board.closed"


class AlreadySent(Conflict):
    code = "board.already_sent"


class TooManyPosts(TooMany):
    """``retry_after`` in seconds."""

    code = "board.too_many"
