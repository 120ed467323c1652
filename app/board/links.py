"""The link in a reminder, by which a post is renewed or closed without signing in."""

from __future__ import annotations

from flask import current_app

from app.board import queries
from app.board.errors import PostNotFound
from app.board.models import BoardPost
from app.kernel.ids import is_genuine, public_id_of, signed_token

PURPOSE = "board-post"


def token(post: BoardPost) -> str:
    return signed_token(_key(), PURPOSE, str(post.id), 1)


def url(post: BoardPost) -> str:
    """The whole address, for mails."""
    return f"{public_url()}/board/posts/{token(post)}"


def open_post(token: str) -> BoardPost:
    """The post that a link belongs to; raises PostNotFound for a forged one."""
    number = public_id_of(token)
    if not is_genuine(token, _key(), PURPOSE, 1) or not number.isdecimal():
        raise PostNotFound
    return queries.post(int(number))


def public_url() -> str:
    return current_app.config["FILO"].public_url  # type: ignore[no-any-return]


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
