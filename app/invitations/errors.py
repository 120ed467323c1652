from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound, TooMany


class InvitationNotFound(NotFound):
    """Forged, or of another event."""

    code = "invitations.not_found"


class InvitationRevoked(NotFound):
    """Genuine, but taken back by the organiser."""

    code = "invitations.revoked"


class AlreadyInvited(Conflict):
    """The address has a live invitation: ``status``."""

    code = "invitations.already_invited"


class AlreadyRegistered(Conflict):
    """The address holds a place already."""

    code = "invitations.already_registered"


class NotInvitable(Conflict):
    """Ancestor of the refusals that the state of the event is the reason of."""

    code = "invitations.not_invitable"


class NotPublished(NotInvitable):
    code = "invitations.not_published"


class EventOver(NotInvitable):
    code = "invitations.event_over"


class InternalEvent(NotInvitable):
    """Nobody registers for an internal meeting, so an invitation could not be answered."""

    code = "invitations.internal"


class CannotAnswer(Conflict):
    """The invitation cannot be answered as things are."""

    code = "invitations.cannot_answer"


class DayIsFull(TooMany):
    """The event has invited as many people as one day allows: ``most``."""

    code = "invitations.day_is_full"


class WrittenTooOften(TooMany):
    """The address was written to as often as one day allows."""

    code = "invitations.written_too_often"


class NobodyToRemind(Conflict):
    code = "invitations.nobody_to_remind"


class UnreadableList(Invalid):
    """Ancestor of what makes a whole list unusable: nothing of it is kept."""

    code = "invitations.unreadable_list"


class NotAList(UnreadableList):
    """A picture, a workbook, a PDF under the name of a list."""

    code = "invitations.not_a_list"


class NotUtf8(UnreadableList):
    code = "invitations.not_utf8"


class LettersGuessed(UnreadableList):
    """The file was read as Windows-1252, and somebody shall look at the names before anything comes of it."""

    code = "invitations.letters_guessed"


class NoAddressColumn(UnreadableList):
    code = "invitations.no_address_column"


class EmptyList(UnreadableList):
    code = "invitations.empty_list"


class TooManyLines(UnreadableList):
    """More than ``most`` lines."""

    code = "invitations.too_many_lines"


class BrokenLine(UnreadableList):
    """The file cannot be read any further from ``line`` on."""

    code = "invitations.broken_line"


class ListNotFound(NotFound):
    code = "invitations.list_not_found"


class ListMovedOn(Conflict):
    """The list is read, sent or thrown away already."""

    code = "invitations.list_moved_on"


class NobodyNew(Conflict):
    """Nobody on the list is left to invite."""

    code = "invitations.nobody_new"


class CodeNotFound(NotFound):
    code = "invitations.code_not_found"


class WrongCode(Invalid):
    """Nothing opens with what was typed; ``field`` is "code"."""

    code = "invitations.wrong_code"


class CodeUsedUp(Conflict):
    """The code was good for fewer people than tried it; ``field`` is "code"."""

    code = "invitations.code_used_up"


class CodeExpired(Conflict):
    code = "invitations.code_expired"
