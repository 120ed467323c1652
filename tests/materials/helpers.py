from __future__ import annotations

import io
from typing import Any

from app.events.models import Event
from app.files.intake import accept
from app.materials import services
from app.materials.inputs import MaterialInput
from app.materials.models import Material
from app.materials.rules import MaterialKind, Visibility
from app.network.actors import SYSTEM, Actor
from tests.builders import NOW
from tests.files import samples


def said(**changes: Any) -> MaterialInput:
    plain: dict[str, Any] = {
        "kind": MaterialKind.SLIDES,
        "language": "en",
        "visibility": Visibility.PUBLIC,
        "permission_by": "Eva Beispiel",
    }
    return MaterialInput(**plain | changes)


def add(
    event: Event, content: bytes = samples.PDF, name: str = "slides.pdf", *, by: Actor = SYSTEM, **changes: Any
) -> Material:
    accepted = accept(io.BytesIO(content), name)
    return services.upload(event_id=event.id, accepted=accepted, values=said(**changes), actor=by, now=NOW)
