"""What the cafés of an event brought in, for the plenary and for screens."""

from __future__ import annotations

from dataclasses import dataclass

from app.forums.models import Cafe
from app.forums.presenters.cafe import NoteView, RoundView, notes_of, numbers_of, rounds_of
from app.forums.queries import cafe as queries
from app.forums.rules.cafe import NoteTag
from app.kernel.i18n import language
from app.kernel.texts import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestRound:
    """A round with its notes: by tag in the order of the tags, those of each in the order of tables and time."""

    round: RoundView
    notes: tuple[NoteView, ...]

    def tagged(self, tag: NoteTag) -> tuple[NoteView, ...]:
        return tuple(one for one in self.notes if one.tag is tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestCafe:
    item_id: int
    title: Wording
    rounds: tuple[HarvestRound, ...]

    @property
    def count(self) -> int:
        return sum(len(one.notes) for one in self.rounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """``version`` changes with everything that is shown but the language; it is made for an ETag."""

    version: str
    cafes: tuple[HarvestCafe, ...]


def harvest_version(event_id: int) -> str:
    """One indexed query; empty where the event has no café."""
    return "-".join(f"{row.item_id}.{row.version}" for row in queries.versions_of(event_id))


def harvest(event_id: int) -> Harvest:
    """The cafés of an event with all that was noted, in the language in force. Nobody is named."""
    version = harvest_version(event_id)
    return Harvest(version=version, cafes=tuple(harvest_of(one) for one in queries.cafes_of(event_id)))


def harvest_of(cafe: Cafe) -> HarvestCafe:
    """The same of one café."""
    notes = notes_of(queries.notes_of(cafe.item_id), numbers_of(cafe))
    return HarvestCafe(
        item_id=cafe.item_id,
        title=cafe.item.title.wording(language()),
        rounds=tuple(
            HarvestRound(round=one, notes=tuple(note for note in notes if note.round == one.number))
            for one in rounds_of(cafe, cafe.item)
        ),
    )
