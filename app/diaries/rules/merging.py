"""One truth of what several devices wrote into one field, in whatever order it arrives; nothing is lost.

A change says which versions its writer had before the eyes (``sees``) and which of them it takes the place of
(``drops``). What a field holds follows from the set of all changes alone, never from the order of their arrival: a
version stays until somebody who saw it dropped it, and of those that nobody saw when writing on, the latest is the
truth. So a phone that was without network for a day overwrites nothing that it did not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LONGEST = 4000  # characters of a field
MOST_SEEN = 200  # versions that a change may name


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a device had in a field. ``written_at`` is that device's clock, as far as it can be trusted."""

    id: str
    text: str
    is_shared: bool
    is_named: bool
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    version: Version
    sees: frozenset[str] = frozenset()
    drops: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that is known of a field: versions that nobody dropped, and the names of those seen and dropped."""

    versions: Mapping[str, Version] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()

    @property
    def heads(self) -> list[Version]:
        """What nobody saw when writing on."""
        found = [one for one in self.versions.values() if one.id not in self.seen]
        return found or list(self.versions.values())

    @property
    def truth(self) -> Version | None:
        """The latest of them; of two at the same instant the one whose name comes later."""
        return max(self.heads, key=lambda one: (one.written_at, one.id), default=None)

    @property
    def is_shared(self) -> bool:
        """Only where no device says otherwise: of two that did not know of each other both have to share."""
        return bool(self.versions) and all(one.is_shared for one in self.heads)

    @property
    def is_named(self) -> bool:
        return self.is_shared and all(one.is_named for one in self.heads)

    @property
    def others(self) -> list[Version]:
        """What was also written elsewhere, and says something else; the oldest first."""
        truth = self.truth
        mine = truth.text.strip() if truth else ""
        kept = (one for one in self.versions.values() if one is not truth and one.text.strip() not in {"", mine})
        return sorted(kept, key=lambda one: (one.written_at, one.id))

    @property
    def quiet(self) -> list[str]:
        """Versions that say nothing else: the next change may take their place unasked."""
        truth, told = self.truth, {one.id for one in self.others}
        return sorted(one for one in self.versions if one not in told and (truth is None or one != truth.id))


def take(standing: Standing, change: Change) -> Standing:
    """The field after a change has arrived; taking one twice changes nothing."""
    own = {change.version.id}
    seen = standing.seen | (change.sees - own)
    dropped = standing.dropped | ((change.drops & change.sees) - own)
    known = {change.version.id: change.version, **standing.versions}
    return Standing({name: one for name, one in known.items() if name not in dropped}, seen, dropped)
