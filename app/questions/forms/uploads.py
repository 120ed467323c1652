"""Files that answer a question, on their way into the store."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm

from app.files.errors import FileRefused, FileTooBig, PictureMoves, UnknownType
from app.files.intake import accept
from app.files.models import StoredFile
from app.files.rules import Accepted
from app.kernel.form_checks import put_beside_field
from app.questions.forms.answering import answers_of
from app.questions.rules import Asked, Kind

# an answer is a file and nothing else, so nobody is told to put it elsewhere and to add a link
_WITHOUT_A_LINK: dict[type[FileRefused], str] = {
    FileTooBig: "questions.file_too_big",
    UnknownType: "questions.file_of_unknown_type",
    PictureMoves: "questions.file_moves",
}


def asks_for_files(questions: Sequence[Asked]) -> bool:
    """Whether the form has to be sent as ``multipart/form-data``, and its view marked with ``takes_files``."""
    return any(one.kind is Kind.FILE for one in questions)


def accept_uploads(form: FlaskForm) -> dict[int, Accepted] | None:
    """Put what was uploaded with a validated form of form_for() into the store, outside any transaction.

    By the question's id; None when a file is refused, and then the refusal stands beside its field. The verb makes
    the row with ``files.services.keep`` and answers with :func:`kept_file`; what is never kept is swept.
    """
    taken: dict[int, Accepted] = {}
    answers = answers_of(form)
    for one in form.asked:
        upload = answers[one.id] if one.kind is Kind.FILE else None
        if upload is None:
            continue
        try:
            taken[one.id] = accept(upload.stream, upload.filename)
        except FileRefused as refusal:
            refusal.details["field"] = one.field
            refusal.code = _WITHOUT_A_LINK.get(type(refusal), refusal.code)
            put_beside_field(form, refusal)
    return None if form.errors else taken


def kept_file(row: StoredFile) -> dict[str, str]:
    """The answer that points to a stored file."""
    return {"file": row.public_id, "name": row.name}
