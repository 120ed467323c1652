"""Handing a stored file out, so that no browser takes it for a page of ours."""

from __future__ import annotations

from flask import Response, send_file

from app.files.errors import FileNotFound
from app.files.models import StoredFile
from app.files.store import store


def send(file: StoredFile, *, inline: bool = False) -> Response:
    """The content in blocks, as a download; a picture may be shown in place. Raises FileNotFound.

    Whoever may read it is decided before. Ranges and unchanged copies are answered as HTTP asks.
    """
    path = store().path(file.public_id)
    if not path.is_file():
        raise FileNotFound(public_id=file.public_id)
    answer = send_file(
        path,
        mimetype=file.media_type,
        as_attachment=not (inline and file.media_type.startswith("image/")),
        download_name=file.name,
        conditional=True,
        etag=file.sha256,
        last_modified=file.created_at,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
