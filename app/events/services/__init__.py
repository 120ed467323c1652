"""What can be done with events. Every verb decides who may, by ``actor``."""

from __future__ import annotations

from app.events.services.access import check_manageable, manageable_event, organising_ids, visible_event
from app.events.services.inputs import EventInput, values_of
from app.events.services.keeping import move_with_venue, reindex
from app.events.services.parts import add_organisation, add_person, remove_organisation, remove_person
from app.events.services.regional import RegionInput, replicate
from app.events.services.series import create_series, edit_series, editable_series, plan_regions
from app.events.services.steps import archive, call_off, hold, postpone, publish, readiness, take_back
from app.events.services.writing import copy, copy_monthly, create, delete_draft, edit

__all__ = [
    "EventInput",
    "RegionInput",
    "add_organisation",
    "add_person",
    "archive",
    "call_off",
    "check_manageable",
    "copy",
    "copy_monthly",
    "create",
    "create_series",
    "delete_draft",
    "edit",
    "edit_series",
    "editable_series",
    "hold",
    "manageable_event",
    "move_with_venue",
    "organising_ids",
    "plan_regions",
    "postpone",
    "publish",
    "readiness",
    "reindex",
    "remove_organisation",
    "remove_person",
    "replicate",
    "take_back",
    "values_of",
    "visible_event",
]
