"""A practice is found by what its documents say, once they were read."""

from __future__ import annotations

from app.files.facts import TextRead
from app.kernel.facts import on
from app.practices.queries import finding
from app.practices.services.reading import reindex


@on(TextRead)
def find_by_words(fact: TextRead) -> None:
    for practice_id in finding.with_file(fact.file_id):
        reindex(practice_id)
