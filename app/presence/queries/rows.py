"""What the tables of presence hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select, update

from app.agenda.models import AgendaItem
from app.kernel.codes import companion_code, split_code
from app.kernel.db import db, table_of
from app.kernel.texts import Texts
from app.presence.models import CheckList, HelperLink, Scan, StandingMark
from app.presence.rules import Known, ListKind, Mark, Standing, Who
from app.registration import queries as registration_queries
from app.registration.models import Allotment, AllotmentKind, Companion, ItemPlace, Registration
from app.registration.rules import ItemStanding, Origin, Place

_scans, _marks = table_of(Scan), table_of(StandingMark)
_people, _seats, _lists = table_of(Registration), table_of(Allotment), table_of(CheckList)
_places, _companions = table_of(ItemPlace), table_of(Companion)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who registered, or comes along, as a helper may see them; ``id`` is that of the registration.

    A companion without a name has none here. ``number`` of ``companions``: which of those who come along.
    """

    id: int
    public_id: str
    given_name: str
    family_name: str
    organisation: str
    place: Place
    origin: Origin
    companion_id: int | None = None
    number: int = 0
    companions: int = 0
    with_whom: str = ""

    @property
    def who(self) -> Who:
        return self.id, self.companion_id

    @property
    def comes_along(self) -> bool:
        return self.companion_id is not None

    @property
    def code(self) -> str:
        """What the code for the door says."""
        return self.public_id if self.companion_id is None else companion_code(self.public_id, self.companion_id)

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part)


def give_notes(from_id: int, to_id: int) -> None:
    """What was noted of somebody, and set by hand, counts for another registration."""
    for row in (Scan, StandingMark):
        db.session.execute(update(row).where(row.registration_id == from_id).values(registration_id=to_id))


def lists_of(event_id: int) -> Sequence[CheckList]:
    """The lists there are, in order."""
    return db.session.scalars(
        select(CheckList)
        .where(CheckList.event_id == event_id)
        .order_by(CheckList.day, CheckList.kind != ListKind.DAY, CheckList.position, CheckList.id)
    ).all()


def list_with_code(event_id: int, code: str) -> CheckList | None:
    return db.session.scalar(
        select(CheckList).where(CheckList.event_id == event_id, CheckList.self_code == code).limit(1)
    )


def is_self_open(event_id: int, now: datetime) -> bool:
    """Whether participants of an event can check themselves in, on any list."""
    query = select(CheckList.id).where(
        CheckList.event_id == event_id, CheckList.self_from <= now, CheckList.self_until > now
    )
    return db.session.scalar(query.limit(1)) is not None


def list_of_item(item_id: int) -> CheckList | None:
    return db.session.scalar(select(CheckList).where(CheckList.agenda_item_id == item_id))


def is_used(list_id: int) -> bool:
    """Whether anything was ever noted on a list."""
    noted = db.session.scalar(select(Scan.id).where(Scan.list_id == list_id).limit(1))
    return (
        noted is not None
        or db.session.scalar(select(StandingMark.id).where(StandingMark.list_id == list_id).limit(1)) is not None
    )


def items_without_list(event_id: int) -> Sequence[AgendaItem]:
    """Parts of the agenda that have no list yet."""
    return db.session.scalars(
        select(AgendaItem)
        .outerjoin(CheckList, CheckList.agenda_item_id == AgendaItem.id)
        .where(AgendaItem.event_id == event_id, CheckList.id.is_(None))
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
    ).all()


def agenda_item(event_id: int, item_id: int) -> AgendaItem | None:
    return db.session.scalar(select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id))


_MARKS = (
    select(
        _scans.c.id,
        _scans.c.list_id,
        _scans.c.registration_id,
        _scans.c.companion_id,
        _scans.c.kind,
        _scans.c.at,
        _scans.c.undoes,
    )
    .join(_lists, _lists.c.id == _scans.c.list_id)
    .where(_lists.c.event_id == bindparam("event_id"))
)
_MARKS_OF_ONE = _MARKS.where(_scans.c.registration_id == bindparam("registration_id"))


def marks(event_id: int, registration_id: int | None = None) -> list[Mark]:
    """Everything that was noted at an event, or of one person there."""
    query = _MARKS if registration_id is None else _MARKS_OF_ONE
    values = {"event_id": event_id, "registration_id": registration_id}
    return [
        Mark(
            id=row.id,
            list_id=row.list_id,
            registration_id=row.registration_id,
            companion_id=row.companion_id,
            kind=row.kind,
            at=row.at,
            undoes=row.undoes,
        )
        for row in db.session.execute(query, values if registration_id is not None else {"event_id": event_id})
    ]


def standings(event_id: int) -> dict[tuple[int, int], Standing]:
    """What was set by hand and still holds, by registration and list."""
    rows = db.session.execute(
        select(_marks.c.registration_id, _marks.c.list_id, _marks.c.standing)
        .join(_lists, _lists.c.id == _marks.c.list_id)
        .where(_lists.c.event_id == event_id)
        .order_by(_marks.c.id)
    )
    last = {(row[0], row[1]): row[2] for row in rows}
    return {key: standing for key, standing in last.items() if standing is not None}


_PERSON = (
    _people.c.id,
    _people.c.public_id,
    _people.c.given_name,
    _people.c.family_name,
    _people.c.organisation,
    _people.c.place,
    _people.c.origin,
)


def people(event_id: int) -> list[Person]:
    """Everybody who ever registered, in the order of names, and after each who comes along.

    Whoever is looked for at the door is found.
    """
    rows = db.session.execute(
        select(*_PERSON)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(_seats.c.event_id == event_id, _seats.c.kind == AllotmentKind.EVENT)
        .order_by(_people.c.family_name, _people.c.given_name, _people.c.number)
    )
    along = companions(event_id)
    return [each for row in rows for one in [Person(*row)] for each in (one, *_along(one, along.get(one.id, ())))]


def companions(event_id: int) -> dict[int, list[tuple[int, str]]]:
    """Who comes along on each registration: id, and the name, which may be empty."""
    rows = db.session.execute(
        select(_companions.c.registration_id, _companions.c.id, _companions.c.name)
        .join(_people, _people.c.id == _companions.c.registration_id)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(_seats.c.event_id == event_id, _seats.c.kind == AllotmentKind.EVENT)
        .order_by(_companions.c.id)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for registration_id, companion_id, name in rows:
        found[registration_id].append((companion_id, name or ""))
    return found


def _along(one: Person, those: Collection[tuple[int, str]]) -> list[Person]:
    return [
        replace(
            one,
            given_name=name,
            family_name="",
            companion_id=companion_id,
            companions=len(those),
            number=number,
            with_whom=one.full_name,
        )
        for number, (companion_id, name) in enumerate(those, 1)
    ]


def person(event_id: int, registration_id: int) -> Person | None:
    row = db.session.execute(
        select(*_PERSON)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(_seats.c.event_id == event_id, _people.c.id == registration_id)
    ).first()
    return Person(*row) if row else None


_KNOWN = (
    select(_people.c.public_id, _people.c.id, _seats.c.event_id, _people.c.place)
    .join(_seats, _seats.c.id == _people.c.allotment_id)
    .where(_people.c.public_id.in_(bindparam("codes", expanding=True)))
)


def known_codes(codes: Collection[str]) -> dict[str, Known]:
    """Who is behind some codes, whatever event they are of."""
    parts = {code: split_code(code) for code in codes}
    rows = db.session.execute(_KNOWN, {"codes": sorted({public_id for public_id, _one in parts.values()})})
    people = {row[0]: Known(registration_id=row[1], event_id=row[2], place=row[3]) for row in rows}
    along = _leaders({one for _public_id, one in parts.values() if one is not None})
    found = {}
    for code, (public_id, companion_id) in parts.items():
        person = people.get(public_id)
        if person and (companion_id is None or along.get(companion_id) == person.registration_id):
            found[code] = replace(person, companion_id=companion_id)
    return found


def _leaders(companion_ids: Collection[int]) -> dict[int, int]:
    """With which registration some companions come."""
    if not companion_ids:
        return {}
    query = select(_companions.c.id, _companions.c.registration_id).where(_companions.c.id.in_(companion_ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


def known_scans(ids: Collection[str]) -> set[str]:
    return set(db.session.scalars(select(_scans.c.id).where(_scans.c.id.in_(list(ids)))))


def expected_at_items(event_id: int) -> dict[int, frozenset[int]]:
    """Who has a place at each part of the agenda that takes sign-ups, by agenda item."""
    rows = db.session.execute(
        select(_seats.c.agenda_item_id, _places.c.registration_id)
        .outerjoin(_places, (_places.c.allotment_id == _seats.c.id) & (_places.c.standing == ItemStanding.SEATED))
        .where(_seats.c.event_id == event_id, _seats.c.kind == AllotmentKind.ITEM)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for item_id, registration_id in rows:
        found[item_id] |= {registration_id} if registration_id is not None else set()
    return {item_id: frozenset(ids) for item_id, ids in found.items() if item_id is not None}


def confirmed_under(event_id: int, email_key: str) -> int | None:
    """Who has a confirmed place under an address."""
    return db.session.scalar(
        select(_people.c.id)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(
            _seats.c.event_id == event_id,
            _seats.c.kind == AllotmentKind.EVENT,
            _people.c.email_key == email_key,
            _people.c.place == Place.CONFIRMED,
        )
    )


def link_with_digest(digest: str) -> HelperLink | None:
    return db.session.scalar(select(HelperLink).where(HelperLink.secret_digest == digest))


def links_of(event_id: int) -> Sequence[HelperLink]:
    return db.session.scalars(
        select(HelperLink).where(HelperLink.event_id == event_id).order_by(HelperLink.valid_from, HelperLink.id)
    ).all()


def link(event_id: int, link_id: int) -> HelperLink | None:
    return db.session.scalar(select(HelperLink).where(HelperLink.event_id == event_id, HelperLink.id == link_id))


def scans_of(registration_id: int) -> Sequence[Scan]:
    """Everything that was noted of one person, in the order of its own times."""
    return db.session.scalars(
        select(Scan).where(Scan.registration_id == registration_id).order_by(Scan.at, Scan.id)
    ).all()


def standing_marks_of(registration_id: int) -> Sequence[StandingMark]:
    return db.session.scalars(
        select(StandingMark).where(StandingMark.registration_id == registration_id).order_by(StandingMark.id)
    ).all()


def item_titles(event_id: int) -> dict[int, Texts]:
    rows = db.session.execute(select(AgendaItem.id, AgendaItem.title).where(AgendaItem.event_id == event_id))
    return {row[0]: row[1] for row in rows}


def event_of(registration_id: int) -> int:
    """The event of a registration; raises RegistrationNotFound."""
    return registration_queries.event_id_of(registration_id)
