"""The verbs of an agenda."""

from __future__ import annotations

from app.agenda.services.copying import apply_template
from app.agenda.services.items import add_item, edit_item, move_to_room, overrule, remove_item
from app.agenda.services.shifting import move_all

__all__ = ["add_item", "apply_template", "edit_item", "move_all", "move_to_room", "overrule", "remove_item"]
