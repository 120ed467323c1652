"""Links to the slides and other material that participants may see."""

from __future__ import annotations

from app.mailings.filling import Links
from app.mailings.registry import Scene, placeholder
from app.materials import links, queries
from app.materials.rules import MAILED, Visibility
from app.registration import links as personal
from app.registration.queries import registration_for_mail


@placeholder("materials")
def materials(scene: Scene) -> Links:
    """What everybody may see, and for participants, by their own link, what is meant for them."""
    number = scene.reader.registration_id
    registration = registration_for_mail(number) if number else None
    token = personal.reading(registration) if registration and not scene.is_sample else ""
    seen = MAILED if registration else (Visibility.PUBLIC,)
    return Links(
        tuple((material.title, links.url(material, token)) for material in queries.materials(scene.circle.id, seen))
    )
