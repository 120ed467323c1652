"""Tells an agenda which practices came up in its items."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.agenda.annotations import Annotation, register_annotation
from app.kernel.i18n import language
from app.practices import queries


@register_annotation
def practices_in(item_ids: Sequence[int]) -> dict[int, list[Annotation]]:
    """``Practice: A cluster academy`` for each item, in one query."""
    lang = language()
    found: dict[int, dict[str, Annotation]] = {}
    for row in queries.used_in(item_ids):
        label = _("Practice: %(title)s", title=row.title.wording(lang).text)
        link = Annotation(label=str(label), url=f"/practices/{row.slug}")
        found.setdefault(row.agenda_item_id, {}).setdefault(row.slug, link)
    return {item_id: list(links.values()) for item_id, links in found.items()}
