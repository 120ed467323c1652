from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound, TooMany


class StoryNotFound(NotFound):
    """It does not exist, or is not published and somebody else's."""

    code = "stories.not_found"


class MayNotWrite(NotFound):
    """Whoever writes for none of the organisations learns nothing of what is not published."""

    code = "stories.may_not_write"


class AuthorNotFound(NotFound):
    code = "stories.author_not_found"


class PictureNotFound(NotFound):
    code = "stories.picture_not_found"


class CommentNotFound(NotFound):
    code = "stories.comment_not_found"


class TitleMissing(Invalid):
    code = "stories.title_missing"


class UnknownChoice(Invalid):
    """``field``: what was chosen there does not exist any more."""

    code = "stories.unknown_choice"


class NotComplete(Conflict):
    """A write-up that everybody reads has a title, a standfirst and a body in one language, and an author."""

    code = "stories.not_complete"


class WrongStep(Conflict):
    code = "stories.wrong_step"


class NoVideo(Invalid):
    """No https address of a video."""

    code = "stories.no_video"


class CreditMissing(Invalid):
    code = "stories.credit_missing"


class PermissionMissing(Invalid):
    """A picture that shows people needs a word of who agreed."""

    code = "stories.permission_missing"


class EditedMeanwhile(Conflict):
    """Somebody else has saved the write-up since the form was opened."""

    code = "stories.edited_meanwhile"


class TooManyPictures(Conflict):
    """``most``: how many a write-up may have."""

    code = "stories.too_many_pictures"


class TooManyAuthors(Conflict):
    """``most``: how many a write-up may have."""

    code = "stories.too_many_authors"


class NothingToAgreeTo(Conflict):
    """There is no name to show: the organiser has to enter it again."""

    code = "stories.nothing_to_agree_to"


class CommentsClosed(Conflict):
    code = "stories.comments_closed"


class TooManyComments(TooMany):
    """``retry_after`` in seconds."""

    code = "stories.too_many_comments"
