"""What pages of lower rooms show of transfers."""

from __future__ import annotations

from app.network.current import current_actor
from app.network.panels import Panel
from app.network.queries import organisation_choices
from app.practices.models import Practice
from app.transfers import queries
from app.transfers.rules import MOVES, Uptake


def of_practice(practice: Practice) -> Panel | None:
    """Who takes it up, and the button to do so oneself."""
    if not practice.is_published:
        return None
    actor = current_actor()
    adoptions = queries.adoptions_of(practice.id)
    own = None if actor.is_administrator else actor.organisation_ids
    choices = organisation_choices(own) if actor.signed_in else []
    return "transfers/_of_practice.html", {
        "practice": practice,
        "adoptions": adoptions,
        "signed_in": actor.signed_in,
        "choices": [(key, name) for key, name in choices if key != practice.owner_id],
        "states": [state for state in Uptake if state is not Uptake.GIVEN_UP],
        "own": [row for row in adoptions if row.organisation_id in actor.organisation_ids and MOVES[row.state]],
        "moves": MOVES,
    }
