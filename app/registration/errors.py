from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound, TooMany


class RegistrationNotFound(NotFound):
    code = "registration.not_found"


class NotRegistrable(Conflict):
    """Ancestor of the refusals that a page announces before its form is filled in."""

    code = "registration.not_registrable"


class EventFull(NotRegistrable):
    code = "registration.event_full"


class NotYetOpen(NotRegistrable):
    code = "registration.not_yet_open"


class RegistrationClosed(NotRegistrable):
    code = "registration.closed"


class EventCalledOff(NotRegistrable):
    code = "registration.called_off"


class EventPostponed(NotRegistrable):
    code = "registration.postponed"


class EventPast(NotRegistrable):
    code = "registration.past"


class ByInvitation(NotRegistrable):
    code = "registration.by_invitation"


class InternalEvent(NotRegistrable):
    code = "registration.internal"


class NotPublished(NotRegistrable):
    code = "registration.not_published"


class AlreadyRegistered(Conflict):
    """The address holds a place; ``registration_id`` says which. The page only says that we wrote to it."""

    code = "registration.already_registered"


class FormSentBefore(Invalid):
    """The same form key came with other data."""

    code = "registration.form_sent_before"


class WrongPlace(Conflict):
    """The verb does not fit the place: ``place``."""

    code = "registration.wrong_place"


class ReasonMissing(Invalid):
    code = "registration.reason_missing"


class WrittenTooOften(TooMany):
    """The address was written to as often as one day allows."""

    code = "registration.written_too_often"


class ClosesBeforeOpening(Invalid):
    code = "registration.closes_before_opening"


class PeopleAreRegistered(Conflict):
    """``people`` have or await a seat: such an event is called off, not taken back."""

    code = "registration.people_are_registered"
