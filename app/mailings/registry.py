"""Where audiences and placeholders come from: one module a room in :mod:`app.mailings.sources` registers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from app.mailings.circles import Circle
from app.mailings.filling import Value
from app.mailings.rules import Audience, Owner

# the columns that an audience's SELECT gives, by these names; ``key`` is unique in it and puts it in order
COLUMNS = (
    "key",
    "address",
    "locale",
    "given_name",
    "family_name",
    "organisation",
    "org_type",
    "country_code",
    "registration_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody whom a mailing reaches."""

    key: int = 0
    address: str
    locale: str
    given_name: str
    full_name: str
    organisation: str
    registration_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Who reads what about whom, in which language. ``is_sample``: somebody else looks at it, so no personal link."""

    circle: Circle
    reader: Reader
    locale: str
    public_url: str
    is_sample: bool = False

    def personal(self, url: str) -> str:
        """A link of the reader's own; in a sample, what it leads to without what opens it."""
        if not self.is_sample:
            return url
        own, mark, rest = url.partition("/registrations/")
        _token, slash, page = rest.partition("/")
        return f"{own}{mark}…{slash}{page}" if mark else ""

    @property
    def has_nobody(self) -> bool:
        """Whether somebody made up stands for an audience that is still empty."""
        return self.is_sample and self.reader.key == 0


AudienceSource = Callable[[int], Select[*tuple[Any, ...]]]
UnreachedSource = Callable[[int], Select[*tuple[Any, ...]]]
PlaceholderSource = Callable[[Scene], Value]


@dataclass(frozen=True, slots=True)
class _Audience:
    owner: Owner
    source: AudienceSource
    has_registrations: bool


@dataclass(frozen=True, slots=True)
class _Placeholder:
    owners: frozenset[Owner]
    source: PlaceholderSource


_audiences: dict[Audience, _Audience] = {}
_unreached: dict[Audience, UnreachedSource] = {}
_placeholders: dict[str, _Placeholder] = {}


def audience(
    name: Audience, owner: Owner = Owner.EVENT, *, has_registrations: bool = False
) -> Callable[[AudienceSource], AudienceSource]:
    """Register whom an audience reaches: a SELECT with :data:`COLUMNS` for the id of the event, project or group.

    ``has_registrations``: its people can be narrowed by what they answered.
    """

    def register(source: AudienceSource) -> AudienceSource:
        _audiences[name] = _Audience(owner, source, has_registrations)
        return source

    return register


def without_address(name: Audience) -> Callable[[UnreachedSource], UnreachedSource]:
    """Register who belongs to an audience and has no address: a SELECT of ``name, org_type, country_code``."""

    def register(source: UnreachedSource) -> UnreachedSource:
        _unreached[name] = source
        return source

    return register


def placeholder(name: str, *owners: Owner) -> Callable[[PlaceholderSource], PlaceholderSource]:
    """Register what ``{name}`` stands for; it runs in the reader's language. An empty link leaves its line out."""

    def register(source: PlaceholderSource) -> PlaceholderSource:
        _placeholders[name] = _Placeholder(frozenset(owners or {Owner.EVENT}), source)
        return source

    return register


def audiences_of(owner: Owner) -> list[Audience]:
    """What can be chosen, in the order of :class:`Audience`."""
    return [name for name in Audience if name in _audiences and _audiences[name].owner is owner]


def people_of(name: Audience, circle_id: int) -> Select[*tuple[Any, ...]]:
    """KeyError for an audience that no room fills."""
    return _audiences[name].source(circle_id)


def unreached_of(name: Audience, circle_id: int) -> Select[*tuple[Any, ...]] | None:
    """None for an audience all of whom gave an address."""
    return _unreached[name](circle_id) if name in _unreached else None


def has_registrations(name: Audience) -> bool:
    return name in _audiences and _audiences[name].has_registrations


def placeholders_of(owner: Owner) -> list[str]:
    return [name for name, found in _placeholders.items() if owner in found.owners]


def values_for(names: list[str], scene: Scene) -> dict[str, Value]:
    """The values of those of these placeholders that the owner knows; only what is asked for is looked up."""
    known = set(placeholders_of(scene.circle.owner))
    return {name: _placeholders[name].source(scene) for name in names if name in known}
