"""What lies on the pages of events that were held: slides, minutes, a photo, a recording; for all or for some."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from app.agenda import queries as agenda
from app.agenda.rules import ItemKind
from app.events import queries as events
from app.files.intake import accept
from app.materials import services
from app.materials.inputs import MaterialInput
from app.materials.rules import MaterialKind, Visibility
from app.network.actors import SYSTEM

HELD = {"E2": "de", "E5": "en"}  # and the language that was spoken
PRESENTED = "E1"
_GROUND, _HILL, _SUN = (223, 236, 240), (47, 111, 94), (236, 178, 64)
MINUTES = {
    "de": "Protokoll\n\n1. Die Kurse tragen sich, wenn Betriebe die Themen setzen.\n2. Jeder Tisch nennt eine Kollegin.\n",
    "en": "Minutes\n\n1. The pilot lines are open to foreign start-ups.\n2. Each guest names one question for the lab.\n",
}


def load_materials(key: str, event_id: int) -> None:
    """Put them there in the days after the event."""
    if key == PRESENTED:
        _hand_out(event_id)
    if key not in HELD:
        return
    event, spoken = events.event(event_id), HELD[key]
    at = event.ends_at + timedelta(days=2)
    files = (
        ("slides.pdf", _slides(), MaterialKind.SLIDES, Visibility.PUBLIC),
        ("minutes.txt", MINUTES[spoken].encode(), MaterialKind.MINUTES, Visibility.PARTICIPANTS),
        ("photo.jpg", _photo("JPEG"), MaterialKind.PHOTO, Visibility.PUBLIC),
    )
    for name, content, kind, visibility in files:
        values = _values(kind, visibility, spoken)
        accepted = accept(io.BytesIO(content), name)
        services.upload(event_id=event_id, accepted=accepted, values=values, actor=SYSTEM, now=at)
    _link(event_id, key, spoken, at)


def _hand_out(event_id: int) -> None:
    """The slides of the expert, with his part of the agenda."""
    item = next(one for one in agenda.items(event_id) if one.kind is ItemKind.PRACTICE_PRESENTATION)
    values = replace(_values(MaterialKind.SLIDES, Visibility.PUBLIC, "en"), agenda_item_id=item.id)
    accepted = accept(io.BytesIO(_slides()), "services-to-our-members.pdf")
    at = events.event(event_id).ends_at + timedelta(days=2)
    services.upload(event_id=event_id, accepted=accepted, values=values, actor=SYSTEM, now=at)


def _link(event_id: int, key: str, spoken: str, at: datetime) -> None:
    values = _values(MaterialKind.RECORDING, Visibility.PARTICIPANTS, spoken)
    services.link(
        event_id=event_id, url=f"https://video.filo.example/{key.lower()}", values=values, actor=SYSTEM, now=at
    )


def _values(kind: MaterialKind, visibility: Visibility, spoken: str) -> MaterialInput:
    return MaterialInput(
        kind=kind,
        language=spoken,
        visibility=visibility,
        credit="Gaia Modello" if kind is MaterialKind.PHOTO else None,
        permission_by="Gaia Modello" if visibility is Visibility.PUBLIC else None,
    )


def _slides() -> bytes:
    return _photo("PDF")


def _photo(form: str) -> bytes:
    """A hill with a sun: nobody can be recognised on it."""
    picture = Image.new("RGB", (640, 400), _GROUND)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((430, 60, 520, 150), fill=_SUN)
    draw.polygon(((0, 400), (220, 140), (360, 270), (470, 200), (640, 400)), fill=_HILL)
    content = io.BytesIO()
    picture.save(content, form)
    return content.getvalue()
