"""A study is found by what its document says, once it was read."""

from __future__ import annotations

from app.files.facts import TextRead
from app.kernel.facts import on
from app.studies import queries
from app.studies.services import reindex


@on(TextRead)
def find_by_words(fact: TextRead) -> None:
    for row in queries.with_document(fact.file_id):
        reindex(row)
