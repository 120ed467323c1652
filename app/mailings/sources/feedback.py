"""The feedback form of an event."""

from __future__ import annotations

from app.feedback.queries import feedback_url
from app.kernel import clock
from app.mailings.filling import Link
from app.mailings.registry import Scene, placeholder


@placeholder("feedback")
def feedback(scene: Scene) -> Link:
    """For those whom it asks and who have not answered; it opens by the reader's own link."""
    if scene.has_nobody:
        return Link(f"{scene.public_url}/registrations/…/feedback")
    number = scene.reader.registration_id
    return Link(scene.personal(feedback_url(number, clock.now())) if number else "")
