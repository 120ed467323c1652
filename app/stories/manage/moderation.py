"""Comments for those who decide on them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.gate import ask_to_sign_in
from app.kernel import clock
from app.kernel.phrases import say
from app.network.current import current_actor
from app.stories.errors import CommentNotFound
from app.stories.manage.writing import own_ids
from app.stories.presenters.comments import to_decide
from app.stories.queries import comments as queries
from app.stories.rules.commenting import ADDRESS_KEPT, HELD_KEPT, CommentState
from app.stories.services import comments

bp = Blueprint("comments_manage", __name__, url_prefix="/manage/comments")
bp.before_request(ask_to_sign_in)


@bp.get("")
def show() -> str:
    """Those that wait, or those in another state."""
    state = _state(request.args.get("state", "")) or CommentState.PENDING
    return render_template(
        "stories/moderation.html",
        comments=to_decide(queries.to_moderate(own_ids(), state)),
        state=state,
        states=[(f"/manage/comments?state={one}", say(one), one is state) for one in CommentState],
        address_days=ADDRESS_KEPT.days,
        held_days=HELD_KEPT.days,
    )


@bp.post("/<int:comment_id>/decision")
def decide(comment_id: int) -> Response:
    state = _state(request.form.get("state", ""))
    if state is None:
        raise CommentNotFound(comment_id=comment_id)
    comments.decide(comment_id=comment_id, state=state, actor=current_actor(), now=clock.now())
    flash(_("Done: %(state)s.", state=say(state)), "ok")
    return redirect(url_for(".show"), 303)


def _state(typed: str) -> CommentState | None:
    return CommentState(typed) if typed in set(CommentState) else None
