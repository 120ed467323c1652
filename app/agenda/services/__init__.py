"""The verbs of an agenda."""

from __future__ import annotations

from app.agenda.services.copying import apply_template
from app.agenda.services.hosting import keep_house_terms
from app.agenda.services.items import add_item, edit_item, move_to_room, overrule, remove_item
from app.agenda.services.moving import rearrange
from app.agenda.services.shifting import move_all

__all__ = [
    "add_item",
    "apply_template",
    "edit_item",
    "keep_house_terms",
    "move_all",
    "move_to_room",
    "overrule",
    "rearrange",
    "remove_item",
]
