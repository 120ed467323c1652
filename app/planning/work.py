"""What the worker does after a release."""

from __future__ import annotations

from app.jobs.worker import performs
from app.kernel import clock
from app.kernel.db import transactional
from app.mail.services import Letter, queue_all
from app.planning import queries
from app.registration import queries as registrations
from app.registration.queries import parts


@performs("tell_moved_speakers")
def tell_moved_speakers(release_id: int, item_ids: list[int]) -> None:
    """Write once to everybody with a part in what a release moved, but to those who are told because they signed up.

    Running twice queues nothing twice.
    """
    release = queries.release_by_id(release_id)
    if release is None:
        return
    written = {one.email_key for one in registrations.people_at_items(item_ids)}
    holders = {one for found in parts.part_holders_at(item_ids).values() for one in found}
    letters = [
        Letter(
            name="speaker_slot_moved",
            recipient=one.address,
            locale=one.locale,
            about=f"event:{release.event_id}",
            dedupe_key=f"speaker_slot_moved:{release_id}:{one.person_id}",
            context={"release_id": release_id, "person_id": one.person_id},
        )
        for one in sorted(holders, key=lambda one: one.person_id)
        if one.key not in written
    ]
    _queue(letters)


@transactional
def _queue(letters: list[Letter]) -> None:
    queue_all(letters, now=clock.now())
