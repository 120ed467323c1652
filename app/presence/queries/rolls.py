"""Who is there, worked out from the rows: for our own pages and for other rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.presence import rules
from app.presence.models import CheckList
from app.presence.queries import rows
from app.presence.queries.rows import Person
from app.presence.rules import WERE_THERE, Counted, Here, ListKind, Standing, Who
from app.registration.rules import Origin, Place
from app.search.rules import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Everything about presence at one event, read in a fixed number of queries."""

    lists: Sequence[CheckList]
    people: Sequence[Person]
    here: Mapping[tuple[Who, int], Here]
    by_hand: Mapping[tuple[int, int], Standing]
    expected: Mapping[int, frozenset[int]] = field(default_factory=dict)  # by list; others expect everybody

    def standing(self, person: Person, list_id: int) -> Standing:
        """What counts for somebody on a list; what is set by hand is of the person who registered."""
        is_walk_in = person.origin is Origin.WALK_IN
        by_hand = None if person.comes_along else self.by_hand.get((person.id, list_id))
        return rules.standing_of(self.here_of(person, list_id), by_hand, is_walk_in=is_walk_in)

    def here_of(self, person: Person, list_id: int | None) -> Here | None:
        """What was noted; None for a list on which nothing was."""
        return self.here.get((person.who, list_id)) if list_id is not None else None

    def twins(self) -> list[tuple[Person, Person]]:
        """Who may have been let in at the door a second time: the one who was there before, and the walk-in.

        Two phones without network do not know of each other. Names are compared without accents and capitals.
        """
        first: dict[str, Person] = {}
        found = []
        for one in sorted(self.registered(), key=lambda one: (one.origin is Origin.WALK_IN, one.id)):
            if one.place is not Place.CONFIRMED:
                continue
            before = first.setdefault(fold(one.full_name), one)
            if before is not one and one.origin is Origin.WALK_IN:
                found.append((before, one))
        return found

    def registered(self) -> Iterator[Person]:
        """Everybody but those who come along."""
        return (one for one in self.people if not one.comes_along)

    def is_expected(self, person: Person, list_id: int | None) -> bool:
        """Whether somebody with a confirmed place belongs on a list; None for one that is not begun."""
        if person.place is not Place.CONFIRMED:
            return False
        invited = self.expected.get(list_id) if list_id is not None else None
        return invited is None or person.id in invited

    def _was_expected(self, person: Person, list_id: int | None) -> bool:
        return person.origin is not Origin.WALK_IN and self.is_expected(person, list_id)

    def counted(self, list_id: int | None) -> Counted:
        """The figures of a list; None for one on which nothing was noted yet. Walk-ins were never expected."""
        if list_id is None:
            return rules.count(
                (Standing.EXPECTED, None, self._was_expected(one, None), one.comes_along) for one in self.people
            )
        return rules.count(
            (
                self.standing(one, list_id),
                self.here_of(one, list_id),
                self._was_expected(one, list_id),
                one.comes_along,
            )
            for one in self.people
        )


def roll(event_id: int) -> Roll:
    """Seven queries, however many people and lists there are."""
    lists = rows.lists_of(event_id)
    return Roll(
        lists=lists,
        people=rows.people(event_id),
        here=rules.states(rows.marks(event_id), rooms(lists)),
        by_hand=rows.standings(event_id),
        expected=expected_on(event_id, lists),
    )


def rooms(lists: Sequence[CheckList]) -> dict[int, int]:
    """Lists with an exit, and their day."""
    return {one.id: one.day for one in lists if one.has_exit}


def expected_on(event_id: int, lists: Sequence[CheckList]) -> dict[int, frozenset[int]]:
    """Who is expected on lists of parts of the agenda with places of their own."""
    items = {one.agenda_item_id: one.id for one in lists if one.agenda_item_id is not None}
    if not items:
        return {}
    found = rows.expected_at_items(event_id)
    return {list_id: found[item_id] for item_id, list_id in items.items() if item_id in found}


def present_at(event_id: int) -> dict[int, frozenset[int]]:
    """The lists on which each person was there, by registration; whoever was nowhere is left out."""
    known = roll(event_id)
    found = {
        one.id: frozenset(each.id for each in known.lists if known.standing(one, each.id) in WERE_THERE)
        for one in known.registered()
    }
    return {registration_id: lists for registration_id, lists in found.items() if lists}


def counts(event_id: int) -> dict[int, Counted]:
    """The figures of every list of an event, by its id."""
    known = roll(event_id)
    return {one.id: known.counted(one.id) for one in known.lists}


def present_items(registration_id: int) -> frozenset[int]:
    """The parts of the agenda at which somebody was there."""
    return frozenset(one.agenda_item_id for one in _lists_with(registration_id) if one.agenda_item_id is not None)


def present_days(registration_id: int) -> frozenset[int]:
    """The days, counted from 1, on which somebody was there; what was noted on any list of a day shows it."""
    return frozenset(one.day for one in _lists_with(registration_id))


def was_there(event_id: int) -> frozenset[int]:
    """Everybody who was at the event, on whichever list."""
    return frozenset(present_at(event_id))


def stayed_away(event_id: int) -> frozenset[int]:
    """Everybody with a confirmed place who was on no list; those who were excused are among them."""
    known = roll(event_id)
    expected = {one.id for one in known.people if one.place is Place.CONFIRMED}
    return frozenset(expected - was_there(event_id))


def roll_of_party(event_id: int, registration_id: int) -> dict[tuple[Who, int], Here]:
    """Where somebody and those who come along stand, by person and list."""
    return rules.states(rows.marks(event_id, registration_id), rooms(rows.lists_of(event_id)))


def _lists_with(registration_id: int) -> list[CheckList]:
    event_id = rows.event_of(registration_id)
    lists = rows.lists_of(event_id)
    here = rules.states(rows.marks(event_id, registration_id), rooms(lists))
    by_hand = rows.standings(event_id)
    return [
        one
        for one in lists
        if rules.standing_of(
            here.get(((registration_id, None), one.id)), by_hand.get((registration_id, one.id)), is_walk_in=False
        )
        in WERE_THERE
    ]


def day_list(lists: Sequence[CheckList], day: int) -> CheckList | None:
    return next((one for one in lists if one.kind is ListKind.DAY and one.day == day), None)
