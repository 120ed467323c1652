from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound, TooMany


class RegistrationNotFound(NotFound):
    code = "registration.not_found"


class ParticipantNotFound(RegistrationNotFound):
    """An organiser names somebody who is not registered for the event."""

    code = "registration.participant_not_found"


class NotRegistrable(Conflict):
    """Ancestor of the refusals that a page announces before its form is filled in."""

    code = "registration.not_registrable"


class EventFull(NotRegistrable):
    code = "registration.event_full"


class TooManyTogether(NotRegistrable):
    """More people at once than the event has places: ``capacity``."""

    code = "registration.too_many_together"


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


class DoesNotFit(WrongPlace):
    """A decision about several people fits some of them only: ``people`` are the others, as (name, place)."""

    code = "registration.does_not_fit"


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


class TooManyCompanions(Invalid):
    """``most`` companions are allowed."""

    code = "registration.too_many_companions"


class MoreCompanions(Invalid):
    """Companions can be left at home, not added: each needs a place of the queue."""

    code = "registration.more_companions"


class InvitationUsed(Conflict):
    """Somebody holds a place by this invitation already; one invitation is for one person."""

    code = "registration.invitation_used"


class FormClosed(Conflict):
    """The form is not open yet, or its deadline is over."""

    code = "registration.form_closed"


class ItemsClash(Invalid):
    """Two chosen parts of the agenda overlap: ``one``, ``other``."""

    code = "registration.items_clash"


class NoSuchItem(Invalid):
    """A chosen part of the agenda takes no sign-ups."""

    code = "registration.no_such_item"


class SignUpInUse(Conflict):
    """Somebody has, awaits or wants a place at a part of the agenda: ``people`` says how many."""

    code = "registration.sign_up_in_use"


class RoomTooSmall(Invalid):
    """A part of the agenda cannot have more places than its room has seats: ``seats``."""

    code = "registration.room_too_small"


class AnswersWrong(Invalid):
    """``fields``: question id → code of what is wrong with its answer."""

    code = "registration.answers_wrong"


class QuotasAboveCapacity(Invalid):
    """The seats kept by quotas are more than the event has: ``kept``, ``capacity``."""

    code = "registration.quotas_above_capacity"


class ReleasePast(Invalid):
    """A quota would be released on a day that is over."""

    code = "registration.release_past"


class QuotaReleased(Conflict):
    code = "registration.quota_released"


class QuotaNotFound(NotFound):
    code = "registration.quota_not_found"


class NotOneOfYours(NotFound):
    """A delegation's manager reaches the members of that delegation, and nobody else."""

    code = "registration.not_one_of_yours"


class ChangesClosed(Conflict):
    """Data could be mended until ``until``."""

    code = "registration.changes_closed"


class OfferOver(Conflict):
    """The offer has expired or was answered."""

    code = "registration.offer_over"
