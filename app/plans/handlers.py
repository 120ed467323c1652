"""Public documents of a group are found by what they say, once it was read."""

from __future__ import annotations

from app.files.facts import TextRead
from app.kernel.facts import on
from app.plans.queries import groups
from app.plans.services.documents import reindex


@on(TextRead)
def find_by_words(fact: TextRead) -> None:
    for row in groups.with_file(fact.file_id):
        reindex(row)
