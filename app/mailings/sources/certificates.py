"""The certificate of attendance of a participant."""

from __future__ import annotations

from app.certificates.queries import certificate_url
from app.mailings.filling import Link
from app.mailings.registry import Scene, placeholder


@placeholder("certificate")
def certificate(scene: Scene) -> Link:
    """Of those who have one; it opens by the reader's own link."""
    if scene.has_nobody:
        return Link(f"{scene.public_url}/registrations/…/certificate.pdf")
    number = scene.reader.registration_id
    return Link(scene.personal(certificate_url(number)) if number else "")
