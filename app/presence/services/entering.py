"""Who comes without a place, and who checks in by himself or herself."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from app.audit import services as audit
from app.events import queries as events
from app.events.services import manageable_event
from app.kernel.codes import companion_code
from app.kernel.db import transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.network.rules import OrganisationType
from app.presence import queries
from app.presence.errors import HasNoPlace, NobodyUnderAddress, NotTheSame, NotTheTime, WrongCode
from app.presence.facts import PresenceChanged
from app.presence.inputs import By, ScanInput, WalkInInput
from app.presence.models import CheckList
from app.presence.rules import Answer, Method, ScanKind, Who
from app.presence.services.days import list_with_key
from app.presence.services.scanning import deliver
from app.registration import queries as registrations
from app.registration.errors import AlreadyRegistered, RegistrationNotFound
from app.registration.inputs import PersonInput
from app.registration.models import Registration
from app.registration.rules import LIVE, Place
from app.registration.services import deciding, joining, leaving

NO_ADDRESS = "walk-in.invalid"


@transactional
def walk_in(
    *, event_id: int, values: WalkInInput, locale: str, reason: str, by: By, actor: Actor, now: datetime
) -> int:
    """Let somebody in who has no place, above the capacity if need be; gives the registration.

    Whoever leaves no address gets one that can never be reached, made of the note's id: a registration needs one,
    asking takes the ten seconds that there are, and the same note sent twice is the same person. Under an address
    that has a place already, that person is checked in. Raises HasNoPlace where it only waits for one.
    """
    checked = list_with_key(event_id, values.list_key)
    event = events.event(event_id)
    person = PersonInput(
        given_name=values.given_name,
        family_name=values.family_name,
        email=values.email or f"{values.id}@{NO_ADDRESS}",
        organisation=values.organisation,
        org_type=OrganisationType.OTHER,
        country_code=event.country_code or "",
        locale=locale,
    )
    held = registrations.hold_seats(event_id)
    try:
        registration = joining.walk_in(held, person, actor=actor, reason=reason, now=now)
    except AlreadyRegistered as error:
        if error.details["place"] is not Place.CONFIRMED:
            raise HasNoPlace(field="email", place=error.details["place"]) from error
        registration = registrations.registration(int(str(error.details["registration_id"])))
    scan = _scan(values.id, checked, registration.public_id, Method.MANUAL, values.at)
    deliver(event_id=event_id, scans=[scan], by=by, now=now)
    return registration.id


@transactional
def let_in(
    registration_id: int, *, event_slug: str, list_key: str, reason: str, by: By, actor: Actor, now: datetime
) -> int:
    """Give a place by hand to somebody at the door who waits for one or lost it, and check the person in.

    Gives the registration, a new one for who had withdrawn. Raises MayNotManage, RegistrationNotFound.
    """
    event = manageable_event(event_slug, actor)
    found = queries.person(event.id, registration_id)
    if found is None:
        raise RegistrationNotFound(registration_id=registration_id)
    checked = list_with_key(event.id, list_key)
    if found.place in LIVE - {Place.CONFIRMED, Place.UNVERIFIED}:
        deciding.promote_by_hand(registration_id, event_slug=event_slug, reason=reason, actor=actor, now=now)
    elif found.place is not Place.CONFIRMED:
        held = registrations.hold_seats(event.id)
        person = _person_of(registrations.registration(registration_id))
        registration_id = joining.walk_in(held, person, actor=actor, reason=reason, now=now).id
    code = registrations.registration(registration_id).public_id
    deliver(event_id=event.id, scans=[_scan(str(uuid4()), checked, code, Method.SEARCH, now)], by=by, now=now)
    return registration_id


@transactional
def merge_twins(before_id: int, walk_in_id: int, *, event_slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Two entries at the door were one person: the walk-in goes, and what was noted of it counts for the other.

    Raises MayNotManage, NotTheSame.
    """
    event = manageable_event(event_slug, actor)
    registrations.hold_seats(event.id)
    if (before_id, walk_in_id) not in {(one.id, other.id) for one, other in queries.roll(event.id).twins()}:
        raise NotTheSame
    queries.give_notes(walk_in_id, before_id)
    leaving.remove(walk_in_id, event_slug=event_slug, reason=reason, actor=actor, now=now)
    audit.note(
        "walk_in_merged", subject=f"registration:{before_id}", account_id=actor.account_id, now=now, other=walk_in_id
    )
    record(PresenceChanged(event_id=event.id, registration_id=before_id))


@transactional
def check_in_self(
    *, event_id: int, registration_id: int, code: str, with_companions: bool = False, now: datetime
) -> CheckList:
    """Somebody with a place types the code on the wall; gives the list. Twice is once.

    ``with_companions``: everybody who comes along is there too. Raises WrongCode, NotTheTime, HasNoPlace.
    """
    checked = open_list(event_id, code, now)
    registration = registrations.registration(registration_id)
    if registration.place is not Place.CONFIRMED:
        raise HasNoPlace(place=registration.place)
    here = queries.roll_of_party(event_id, registration_id)
    codes: dict[Who, str] = {(registration_id, None): registration.public_id}
    if with_companions:
        those = registration.companions
        codes |= {(registration_id, one.id): companion_code(registration.public_id, one.id) for one in those}
    scans = [
        _scan(str(uuid4()), checked, one, Method.SELF, now)
        for who, one in codes.items()
        if (who, checked.id) not in here
    ]
    answers = deliver(event_id=event_id, scans=scans, by=By(), now=now)
    if not set(answers.values()) <= {Answer.DONE}:
        raise HasNoPlace(place=registration.place)
    return checked


@transactional
def check_in_address(
    *, event_id: int, email: str, code: str, with_companions: bool = False, now: datetime
) -> CheckList:
    """The same by the address of the registration. Only who knows the code learns whether an address is known.

    Raises WrongCode, NotTheTime, NobodyUnderAddress.
    """
    open_list(event_id, code, now)
    found = queries.confirmed_under(event_id, email.strip().casefold())
    if found is None:
        raise NobodyUnderAddress(field="email")
    return check_in_self(event_id=event_id, registration_id=found, code=code, with_companions=with_companions, now=now)


def open_list(event_id: int, code: str, now: datetime) -> CheckList:
    """The list that a code on the wall opens now; raises WrongCode, NotTheTime."""
    found = queries.list_with_code(event_id, "".join(code.lower().split()).replace("-", ""))
    if found is None:
        raise WrongCode(field="code")
    begins, ends = found.self_from, found.self_until
    if begins is None or ends is None or not begins <= now < ends:
        raise NotTheTime(field="code")
    return found


def _scan(scan_id: str, checked: CheckList, code: str, method: Method, at: datetime) -> ScanInput:
    return ScanInput(id=scan_id, list_key=checked.key, code=code, kind=ScanKind.IN, at=at, method=method)


def _person_of(registration: Registration) -> PersonInput:
    return PersonInput(
        given_name=registration.given_name,
        family_name=registration.family_name,
        email=registration.email,
        organisation=registration.organisation,
        org_type=registration.org_type,
        country_code=registration.country_code,
        diet=registration.diet or "",
        access=registration.access or "",
        locale=registration.locale,
    )
