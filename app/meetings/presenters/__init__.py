"""Meetings as people see them, in the language in force."""

from __future__ import annotations

from app.meetings.presenters.directory import A_PAGE, directory, first_of_page, mentions
from app.meetings.presenters.managing import (
    figures,
    found_grid,
    gap_words,
    is_meant,
    outcome_counts,
    partakers,
    refusal_words,
    shown_blocks,
    told_grid,
)
from app.meetings.presenters.own import (
    own_meetings,
    own_part,
    profile_values,
    schedule_of,
    slot_choices,
)
from app.meetings.presenters.papers import schedule_papers
from app.meetings.presenters.words import moment, name_of, said_topics, topic_choices

__all__ = [
    "A_PAGE",
    "directory",
    "figures",
    "first_of_page",
    "found_grid",
    "gap_words",
    "is_meant",
    "mentions",
    "moment",
    "name_of",
    "outcome_counts",
    "own_meetings",
    "own_part",
    "partakers",
    "profile_values",
    "refusal_words",
    "said_topics",
    "schedule_of",
    "schedule_papers",
    "shown_blocks",
    "slot_choices",
    "told_grid",
    "topic_choices",
]
