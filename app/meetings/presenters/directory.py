"""Who takes part, as one of them sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.events.models import Event
from app.kernel.countries import country_names
from app.kernel.i18n import language
from app.meetings import queries, rules
from app.meetings.posing import organisation_keys, wishes_of
from app.meetings.presenters.words import name_of, said_topics, topic_words
from app.meetings.rules import RequestState
from app.registration.models import Registration

A_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the directory. ``finds`` and ``gives``: what the reader finds there, and what they find."""

    id: int
    name: str
    organisation: str
    country: str
    about: str
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    finds: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    state: RequestState | None = None
    is_theirs: bool = False  # they asked

    @property
    def shared(self) -> int:
        return len(self.finds) + len(self.gives)


def directory(event: Event, registration: Registration) -> list[Person]:
    """The others who take part, those with most in common first; colleagues are left out."""
    profiles = queries.profiles(event.id)
    keys = organisation_keys(event.id, [one.registration for one in profiles])
    words, countries = topic_words(), country_names(language())
    states = _states(registration.id)
    own = next((one for one in profiles if one.registration_id == registration.id), None)
    if own is None:
        return []
    mine = wishes_of(own, keys[registration.id])
    found = []
    for one in profiles:
        theirs = wishes_of(one, keys[one.registration_id])
        if theirs.organisation == mine.organisation:
            continue
        shared = rules.common(mine, theirs)
        state, is_theirs = states.get(one.registration_id, (None, False))
        found.append(
            Person(
                id=one.registration_id,
                name=name_of(one.registration),
                organisation=one.registration.organisation,
                country=countries.get(one.registration.country_code, one.registration.country_code),
                about=one.about,
                needs=said_topics(one.needs, words),
                offers=said_topics(one.offers, words),
                finds=said_topics((code for code in one.offers if rules.key_of_word(code) in shared.finds), words),
                gives=said_topics((code for code in one.needs if rules.key_of_word(code) in shared.gives), words),
                state=state,
                is_theirs=is_theirs,
            )
        )
    return sorted(found, key=lambda person: -person.shared)


def _states(registration_id: int) -> dict[int, tuple[RequestState, bool]]:
    """How the reader stands with others: what is open or accepted before what is over."""
    found: dict[int, tuple[RequestState, bool]] = {}
    for one in queries.requests_of(registration_id):
        is_theirs = one.to_id == registration_id
        other = one.from_id if is_theirs else one.to_id
        if is_theirs and one.state not in rules.UNDER_WAY:
            continue
        if other not in found or one.state in rules.UNDER_WAY:
            found[other] = one.state, is_theirs
    return found


class Listed(Protocol):
    """Somebody on a page of a list."""

    @property
    def id(self) -> int: ...


def first_of_page(typed: str, count: int, *, asked: str | None, people: Sequence[Listed]) -> int:
    """Where a page of a list of people begins: as its address says, or where the person is who was just dealt with."""
    place = next((place for place, one in enumerate(people) if str(one.id) == asked), None)
    if place is None:
        place = int(typed) - 1 if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    return max(min(place, count - 1), 0) // A_PAGE * A_PAGE


def mentions(person: Person, query: str) -> bool:
    """Whether a name, organisation or topic holds these letters."""
    said = (person.name, person.organisation, person.country, person.about, *person.needs, *person.offers)
    return query.casefold() in " ".join(said).casefold()
