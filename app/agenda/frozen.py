"""An item's values as plain JSON, to be kept and to be read again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.rules import AgendaRole, ItemKind, PhotoPolicy, Slot, TravelMode
from app.events.rules import Audience
from app.kernel.texts import Texts

Frozen = dict[str, Any]


def frozen(values: ItemInput) -> Frozen:
    """The end of a leg is kept as the clock shows it where it departs."""
    slot = values.slot
    return {
        "day": slot.day,
        "start": slot.start_minute,
        "end": slot.end_minute,
        "zone": slot.zone,
        "kind": str(values.kind),
        "title": dict(values.title),
        "abstract": dict(values.abstract),
        "audience": str(values.audience) if values.audience else None,
        "track": values.track,
        "room": values.room_id,
        "capacity": values.capacity,
        "persons": [[part.person_id, str(part.role), part.organisation_id] for part in values.persons],
        "stop": _stop(values.stop) if values.stop else None,
        "leg": asdict(values.leg) | {"mode": str(values.leg.mode)} if values.leg else None,
    }


def thawed(kept: Frozen) -> ItemInput:
    """What :func:`frozen` was made of."""
    stop, leg = kept["stop"], kept["leg"]
    return ItemInput(
        slot=Slot(day=kept["day"], start_minute=kept["start"], end_minute=kept["end"], zone=kept["zone"]),
        kind=ItemKind(kept["kind"]),
        title=Texts(kept["title"]),
        abstract=Texts(kept["abstract"]),
        audience=Audience(kept["audience"]) if kept["audience"] else None,
        track=kept["track"],
        room_id=kept["room"],
        capacity=kept["capacity"],
        persons=tuple(
            PersonInput(person_id=person_id, role=AgendaRole(role), organisation_id=organisation_id)
            for person_id, role, organisation_id in kept["persons"]
        ),
        stop=StopInput(**_typed_stop(stop)) if stop else None,
        leg=LegInput(**leg | {"mode": TravelMode(leg["mode"])}) if leg else None,
    )


def _stop(stop: StopInput) -> Frozen:
    return asdict(stop) | {
        "protective_equipment": list(stop.protective_equipment),
        "photo_policy": str(stop.photo_policy),
    }


def _typed_stop(kept: Frozen) -> Frozen:
    return kept | {
        "protective_equipment": tuple(kept["protective_equipment"]),
        "photo_policy": PhotoPolicy(kept["photo_policy"]),
    }
