"""What lower rooms ask about registrations without knowing them."""

from __future__ import annotations

from app.agenda.groups import register_group_size
from app.agenda.sign_ups import register_sign_ups
from app.files.services import names_files
from app.invitations.neighbours import register_closing, register_registered
from app.materials.viewers import recognises_participants
from app.questions.answered import register_answers
from app.registration import links, queries
from app.registration.queries.items import seated_by_item


def tell_lower_rooms() -> None:
    """Say who is registered, until when one can be, what was answered, and whose link opens material."""
    register_group_size(queries.capacity_of)
    register_sign_ups(seated_by_item)
    register_registered(queries.keys_with_a_place)
    register_closing(queries.closing_set)
    recognises_participants(links.is_participant)
    register_answers(queries.answered_questions)
    names_files(queries.files_in_answers)
