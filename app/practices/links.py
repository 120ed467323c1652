"""The link by which an author agrees to be named, or withdraws, without an account."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.practices.errors import AuthorNotFound
from app.practices.models import PracticeAuthor
from app.practices.queries.reviewing import author_by_link

PURPOSE = "practice-author"
_VERSION = 2  # the first version stood on a page where writers could read it


def token(author: PracticeAuthor) -> str:
    return signed_token(_key(), PURPOSE, author.public_id, _VERSION)


def url(author: PracticeAuthor) -> str:
    """The whole address, for the mail to the author and nowhere else."""
    return f"{public_url()}/practices/authors/{token(author)}"


def author_of(token: str) -> PracticeAuthor:
    """Raises AuthorNotFound for a link that was altered, or whose author was struck out."""
    row = author_by_link(public_id_of(token))
    if row is None or not is_genuine(token, _key(), PURPOSE, _VERSION):
        raise AuthorNotFound
    return row


def public_url() -> str:
    return str(current_app.config["FILO"].public_url)


def _key() -> str:
    return str(current_app.config["FILO"].secret_key)
