"""What pages and mails show of seats, registrations, and parts of the agenda with places of their own."""

from __future__ import annotations

from app.registration.presenters.follow_up import FollowUp, follow_ups_of
from app.registration.presenters.seats import EventFacts, SeatsView, facts_of, moment_words, seats_of, view_of
from app.registration.presenters.tables import ShownTable, own_tables, tables_of

__all__ = [
    "EventFacts",
    "FollowUp",
    "SeatsView",
    "ShownTable",
    "facts_of",
    "follow_ups_of",
    "moment_words",
    "own_tables",
    "seats_of",
    "tables_of",
    "view_of",
]
