from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.stories.rules.commenting import CommentState, Suspicion
from app.stories.rules.writing import ConsentKind, StoryState

PHRASES: dict[Any, Any] = {
    StoryState.DRAFT: _("Draft"),
    StoryState.PUBLISHED: _("Published"),
    StoryState.WITHDRAWN: _("Taken back from readers"),
    ConsentKind.NAME: _("To be named as author"),
    ConsentKind.PICTURE: _("To be seen in a picture"),
    CommentState.PENDING: _("To be decided"),
    CommentState.APPROVED: _("Shown to everybody"),
    CommentState.REJECTED: _("Not shown"),
    CommentState.SPAM: _("Held back as spam"),
    Suspicion.TRAP: _("A field that people do not see was filled in."),
    Suspicion.TOO_FAST: _("It was sent faster than anybody types."),
    Suspicion.NO_PAGE: _("It was sent without opening the page, or days after."),
    Suspicion.LINKS: _("It holds many links."),
    Suspicion.NOISE: _("It repeats one sign over and over."),
    "stories.not_found": _("There is no such write-up. It may have been withdrawn; look for it in the list."),
    "stories.may_not_write": _(
        "There is no such write-up, or somebody else writes it. Sign in as who manages its owner."
    ),
    "stories.author_not_found": _("This link opens nothing. Use the whole link as you got it, or ask for a new one."),
    "stories.picture_not_found": _("This picture is not there any more."),
    "stories.comment_not_found": _("This comment is not there, or somebody else decides on it. Reload the page."),
    "stories.edited_meanwhile": _(
        "Somebody else saved this write-up meanwhile. What stands now is shown below; join both, and save again."
    ),
    "stories.title_missing": _("Give it a title in the language it is written in."),
    "stories.unknown_choice": _("What was chosen here does not exist any more. Choose again."),
    "stories.not_complete": _(
        "A write-up that everybody reads needs a title, a standfirst and a text in the language it is written in, "
        "and at least one author. Add what is missing, then publish."
    ),
    "stories.wrong_step": _("Somebody has done this already. Reload the page to see how it stands."),
    "stories.no_video": _("This is no address of a video. Paste the whole address, beginning with https://"),
    "stories.credit_missing": _("Say who took the picture."),
    "stories.permission_missing": _(
        "Say who agreed to be seen, and how: “all six, on the sheet of 12 May”, for example."
    ),
    "stories.too_many_pictures": _("A write-up has %(most)s pictures at the most. Take one away first."),
    "stories.too_many_authors": _("A write-up has %(most)s authors at the most. Take one away first."),
    "stories.nothing_to_agree_to": _("There is no name here any more. Ask the organisation to enter it again."),
    "stories.comments_closed": _("Comments are closed here. Write to the organisation instead."),
    "stories.too_many_comments": _("These are many comments in a short time. Wait an hour, then send this one again."),
}
