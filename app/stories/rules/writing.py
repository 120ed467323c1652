"""The states of a write-up, who is named in it, and which pictures it may show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.stories.errors import CreditMissing, NotComplete, PermissionMissing, WrongStep

MOST_PICTURES = 30
MOST_AUTHORS = 12


class StoryState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ConsentKind(StrEnum):
    """What somebody agreed to."""

    NAME = "name"  # to be named as an author
    PICTURE = "picture"  # to be seen in a picture


STEPS = {
    StoryState.DRAFT: frozenset({StoryState.PUBLISHED}),
    StoryState.PUBLISHED: frozenset({StoryState.WITHDRAWN}),
    StoryState.WITHDRAWN: frozenset({StoryState.PUBLISHED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which write-ups a list shows. Empty means all; every part narrows."""

    project: str | None = None
    group: str | None = None
    q: str | None = None

    def parts(self) -> dict[str, str]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def check_step(before: StoryState, after: StoryState) -> None:
    """Raises WrongStep."""
    if after not in STEPS[before]:
        raise WrongStep(before=before, after=after)


def check_discard(state: StoryState) -> None:
    """What everybody could read is withdrawn, not deleted: others may have linked to it; raises WrongStep."""
    if state is not StoryState.DRAFT:
        raise WrongStep(before=state)


def check_complete(*, title: bool, standfirst: bool, body: bool, authors: int) -> None:
    """What everybody may read is whole; raises NotComplete."""
    if not (title and standfirst and body and authors):
        raise NotComplete


def byline(organisation: str, name: str | None, *, agreed: bool) -> str:
    """``Ada Esempio, HIT`` while the author agrees to be named, else ``HIT``."""
    return f"{name}, {organisation}" if name and agreed else organisation


def check_picture(*, credit: str, shows_people: bool, permission_by: str) -> None:
    """Every picture says who took it, and one with people who agreed; raises CreditMissing, PermissionMissing."""
    if not credit:
        raise CreditMissing(field="credit")
    if shows_people and not permission_by:
        raise PermissionMissing(field="permission_by")
