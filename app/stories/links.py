"""The link by which an author agrees to be named, or takes the name back, without an account."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.stories.errors import AuthorNotFound
from app.stories.models import StoryAuthor
from app.stories.queries.stories import author_with_public_id

PURPOSE = "story-author"


def token(author: StoryAuthor) -> str:
    return signed_token(_key(), PURPOSE, author.public_id, 1)


def url(author: StoryAuthor) -> str:
    """The whole address, to pass on."""
    return f"{current_app.config['FILO'].public_url}/stories/authors/{token(author)}"


def open_author(token: str) -> StoryAuthor:
    """The author whom a link belongs to; raises AuthorNotFound for a forged one."""
    if not is_genuine(token, _key(), PURPOSE, 1):
        raise AuthorNotFound
    return author_with_public_id(public_id_of(token))


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
