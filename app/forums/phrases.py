from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.forums.rules.cafe import Notes, NoteTag
from app.forums.rules.pitches import Vote
from app.forums.rules.review import FindingKind, Missing, TodoState

# members of different enumerations are equal where their values are, so each has a mapping of its own
TAGS: dict[Any, Any] = {
    NoteTag.IDEA: _("Idea"),
    NoteTag.NEED: _("Need"),
    NoteTag.OBSTACLE: _("Obstacle"),
    NoteTag.NEXT_STEP: _("Next step"),
}
NOTES: dict[Any, Any] = {
    Notes.EARLY: _("Notes can be written from the day of the café on."),
    Notes.OPEN: _("Notes are being taken."),
    Notes.OVER: _("The café is over. What was noted is with the organiser."),
}
VOTES: dict[Any, Any] = {
    Vote.NONE: _("No vote"),
    Vote.NOT_YET: _("The vote is not open yet"),
    Vote.OPEN: _("The vote is open"),
    Vote.CLOSED: _("The vote is closed"),
}
FINDINGS: dict[Any, Any] = {
    FindingKind.STRENGTH: _("Strength"),
    FindingKind.CHALLENGE: _("Challenge"),
    FindingKind.RECOMMENDATION: _("Recommendation"),
}
TODOS: dict[Any, Any] = {
    TodoState.OPEN: _("To do"),
    TodoState.DOING: _("Being done"),
    TodoState.DONE: _("Done"),
    TodoState.DROPPED: _("Dropped"),
}
MISSING: dict[Any, Any] = {
    Missing.HOST: _("The host: the organisation whose region is reviewed."),
    Missing.COUNTRIES: _("Peers from at least two countries other than the host’s."),
    Missing.DAYS: _("Two days: put a part of kind “Peer review” on two days of the agenda."),
}
REFUSALS = {
    "forums.not_found": _("This is no longer part of the agenda. Go back and reload the page."),
    "forums.rounds_out_of_range": _("Write from %(least)s to %(most)s rounds."),
    "forums.minutes_out_of_range": _("Write a number of minutes from %(least)s to %(most)s."),
    "forums.tables_out_of_range": _("Write a number of tables from %(least)s to %(most)s."),
    "forums.frame_has_notes": _("Notes stand in a round or at a table that would go. Remove them first."),
    "forums.nobody_to_seat": _("There is nobody to seat yet. Come back once people are registered, or there."),
    "forums.hosts_twice": _("This person hosts another table already. Choose somebody else."),
    "forums.not_a_participant": _("Only somebody with a confirmed place can be chosen. Reload the page."),
    "forums.link_not_found": _("This link opens no table. Ask the organiser for the new one."),
    "forums.notes_not_yet": _("Notes can be written from the day of the café on. Come back then."),
    "forums.notes_over": _("The café is over and takes no more notes. Tell the organiser what is missing."),
    "forums.no_seat_in_round": _("You have no seat in this round. Choose a round in which you sat at a table."),
    "forums.too_many_notes": _("This table has %(most)s notes already. Tell the organiser what is missing."),
    "forums.pitch_too_long": _("A pitch takes from %(least)s to %(most)s minutes."),
    "forums.too_many_pitches": _("There are %(most)s pitches already. Remove one, or add a second session."),
    "forums.vote_turned_round": _("Give the vote a beginning and, later than that, an end; or leave both empty."),
    "forums.vote_not_open": _("The vote is not open. Come back when it opens."),
    "forums.vote_closed": _("The vote is closed. See the result."),
    "forums.stand_twice": _("This practice has a stand already."),
    "forums.practice_unknown": _("Choose one of the published practices."),
    "forums.fair_over": _("The fair is over and takes no more taps."),
    "forums.not_the_owner": _("This practice is not yours."),
    "forums.review_incomplete": _("The review cannot begin yet. What is missing stands above."),
    "forums.review_not_begun": _("Begin the review first, then write findings down."),
    "forums.unknown_choice": _("Choose one of the list."),
    "forums.output_missing": _("Write what the table came to first."),
    "forums.output_released": _("The organiser has released this text. Tell the organiser what should change."),
    "forums.output_over": _("The time to write has ended. Send what is missing to the organiser."),
    "forums.output_overtaken": _(
        "Somebody else has written meanwhile; that text stands below. Join both here, and save again."
    ),
    "forums.contacts_over": _("The exchange of contacts has ended. Nobody sees a card any more."),
}
ALL = (TAGS, NOTES, VOTES, FINDINGS, TODOS, MISSING, REFUSALS)
