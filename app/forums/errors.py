from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class FormatNotFound(NotFound):
    """The event has no such part of the agenda, or it is of another kind."""

    code = "forums.not_found"


class RoundsOutOfRange(Invalid):
    code = "forums.rounds_out_of_range"


class MinutesOutOfRange(Invalid):
    code = "forums.minutes_out_of_range"


class TablesOutOfRange(Invalid):
    code = "forums.tables_out_of_range"


class FrameHasNotes(Conflict):
    """Of a table or a round that would go."""

    code = "forums.frame_has_notes"


class NobodyToSeat(Conflict):
    code = "forums.nobody_to_seat"


class HostsTwice(Conflict):
    """Somebody hosts another table already."""

    code = "forums.hosts_twice"


class NotAParticipant(NotFound):
    code = "forums.not_a_participant"


class TableLinkNotFound(NotFound):
    code = "forums.link_not_found"


class NotesNotYet(Conflict):
    code = "forums.notes_not_yet"


class NotesOver(Conflict):
    code = "forums.notes_over"


class NoSeatInRound(Conflict):
    """Notes stand at the table where somebody sat."""

    code = "forums.no_seat_in_round"


class TooManyNotes(Conflict):
    code = "forums.too_many_notes"


class PitchTooLong(Invalid):
    code = "forums.pitch_too_long"


class TooManyPitches(Conflict):
    code = "forums.too_many_pitches"


class VoteTurnedRound(Invalid):
    code = "forums.vote_turned_round"


class VoteNotOpen(Conflict):
    code = "forums.vote_not_open"


class VoteClosed(Conflict):
    code = "forums.vote_closed"


class StandTwice(Conflict):
    """The practice has a stand already."""

    code = "forums.stand_twice"


class PracticeUnknown(Invalid):
    code = "forums.practice_unknown"


class FairOver(Conflict):
    code = "forums.fair_over"


class NotTheOwner(NotFound):
    code = "forums.not_the_owner"


class ReviewIncomplete(Conflict):
    """``missing``: everything that lacks, as codes."""

    code = "forums.review_incomplete"


class ReviewNotBegun(Conflict):
    code = "forums.review_not_begun"


class UnknownChoice(Invalid):
    code = "forums.unknown_choice"


class OutputMissing(Invalid):
    code = "forums.output_missing"


class OutputReleased(Conflict):
    """By the organiser; from then on only the organiser changes it."""

    code = "forums.output_released"


class OutputOver(Conflict):
    code = "forums.output_over"


class OutputOvertaken(Conflict):
    """Somebody else has written since the text was opened."""

    code = "forums.output_overtaken"


class ContactsOver(Conflict):
    code = "forums.contacts_over"
