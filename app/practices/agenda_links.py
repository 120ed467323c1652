"""Tells an agenda which practices came up in its items."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.agenda.annotations import Annotation, register_annotation
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.practices import queries


@register_annotation
def practices_in(item_ids: Sequence[int]) -> dict[int, list[Annotation]]:
    """``Presented, discussed: A cluster academy`` for each item, in one query."""
    came_up: dict[tuple[int, str], tuple[Texts, list[str]]] = {}
    for row in queries.used_in(item_ids):
        came_up.setdefault((row.agenda_item_id, row.slug), (row.title, []))[1].append(say(row.act))
    found: dict[int, list[Annotation]] = {}
    for (item_id, slug), (title, acts) in came_up.items():
        label = _("%(acts)s: %(title)s", acts=", ".join(acts), title=title.wording(language()).text)
        found.setdefault(item_id, []).append(Annotation(label=str(label), url=f"/practices/{slug}"))
    return found
