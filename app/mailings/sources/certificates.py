"""The certificate of attendance of a participant."""

from __future__ import annotations

from app.certificates.queries import certificate_url
from app.mailings.filling import Link
from app.mailings.registry import Scene, placeholder


@placeholder("certificate")
def certificate(scene: Scene) -> Link:
    """Of those who have one; it opens by the reader's own link."""
    number = scene.reader.registration_id
    return Link(certificate_url(number) if number and not scene.is_sample else "")
