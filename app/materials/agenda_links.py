"""Tells an agenda what everybody may read of its items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.agenda.annotations import Annotation, register_annotation
from app.materials import queries
from app.materials.links import file_path


@register_annotation
def materials_in(item_ids: Sequence[int]) -> dict[int, list[Annotation]]:
    """The titles of public material for each item, in one query."""
    found: dict[int, list[Annotation]] = defaultdict(list)
    for row in queries.public_in_items(item_ids):
        url = row.url or file_path(row.public_id, row.name)
        found[row.agenda_item_id].append(Annotation(label=row.title, url=url, drawing="file-text"))
    return found
