from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class NeedNotFound(NotFound):
    code = "needs.not_found"


class NoNeedsHere(NotFound):
    """There is no such part of the agenda, or none where needs are collected."""

    code = "needs.none_here"


class TableLinkNotFound(NotFound):
    """The link of a table is forged or was made anew."""

    code = "needs.table_link_not_found"


class TextMissing(Invalid):
    code = "needs.text_missing"


class UnknownCluster(Invalid):
    code = "needs.unknown_cluster"


class NeedCommentNotFound(NotFound):
    code = "needs.comment_not_found"


class MayNotComment(Forbidden):
    """Only whom a need concerns comments on it: its cluster, the partners and observers of the project, organisers."""

    code = "needs.may_not_comment"


class CommentMissing(Invalid):
    code = "needs.comment_missing"


class MergedIntoItself(Invalid):
    code = "needs.merged_into_itself"


class ReasonMissing(Invalid):
    code = "needs.reason_missing"


class NotCollected(Conflict):
    """Needs are not taken yet, or no more."""

    code = "needs.not_collected"


class NotVotedOn(Conflict):
    """Nobody votes yet, or any more, or not for this one."""

    code = "needs.not_voted_on"


class TooManyNeeds(Conflict):
    """One person, phone or table puts in so many needs and not more."""

    code = "needs.too_many"


class MayNotState(Forbidden):
    """Only who manages a cluster states its needs."""

    code = "needs.may_not_state"
