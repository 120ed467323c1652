"""What an event is, through which states it goes, and what stands in the way of publishing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.events.errors import NotYetComplete, WrongStep

LONGEST = timedelta(days=60)


class Kind(StrEnum):
    CLUSTERS_WORKSHOP = "clusters_workshop"
    STUDY_VISIT = "study_visit"
    EXCHANGE_FORUM = "exchange_forum"


class SubFormat(StrEnum):
    CONFERENCE = "conference"
    TRANSFER_WORKSHOP = "transfer_workshop"
    PEER_REVIEW = "peer_review"
    MATCHMAKING = "matchmaking"
    WEBINAR = "webinar"
    INTERNAL_MEETING = "internal_meeting"


class Format(StrEnum):
    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


class Audience(StrEnum):
    """Who may take part."""

    PUBLIC = "public"
    INVITED = "invited"
    INTERNAL = "internal"


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CALLED_OFF = "called_off"
    HELD = "held"
    ARCHIVED = "archived"


class OrganisationRole(StrEnum):
    ORGANISER = "organiser"
    CO_ORGANISER = "co_organiser"
    HOST = "host"
    PARTICIPANT = "participant"
    SUPPORTER = "supporter"


class PersonRole(StrEnum):
    ORGANISER = "organiser"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    INVITED_EXPERT = "invited_expert"
    RAPPORTEUR = "rapporteur"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    HOST_CONTACT = "host_contact"
    INTERPRETER = "interpreter"
    PRESS = "press"


ORGANISING = frozenset({OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER})

# from → where it may go; moving back to draft takes a publication back
STEPS: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.DRAFT, Status.POSTPONED, Status.CALLED_OFF, Status.HELD}),
    Status.POSTPONED: frozenset({Status.PUBLISHED, Status.CALLED_OFF}),
    Status.CALLED_OFF: frozenset({Status.ARCHIVED}),
    Status.HELD: frozenset({Status.ARCHIVED}),
    Status.ARCHIVED: frozenset(),
}


class Missing(StrEnum):
    """What an event lacks before it can be published."""

    TITLE = "title"
    DATES = "dates"
    PLACE = "place"
    LINK = "link"
    ORGANISER = "organiser"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What the rules must know to say whether an event can be published."""

    has_title: bool
    has_dates: bool
    has_venue: bool
    has_link: bool
    has_organiser: bool
    format: Format
    is_funded: bool = False
    has_funding_sentence: bool = False


def check_step(now_is: Status, becomes: Status) -> None:
    """Refuse a step that the life cycle does not have; raises WrongStep."""
    if becomes not in STEPS[now_is]:
        raise WrongStep(status=now_is, step=becomes)


def missing_for_publication(event: Readiness) -> list[Missing]:
    """Name what is missing, in the order in which the form asks for it."""
    lacks = {
        Missing.TITLE: not event.has_title,
        Missing.DATES: not event.has_dates,
        Missing.PLACE: event.format is not Format.ONLINE and not event.has_venue,
        Missing.LINK: event.format is not Format.ON_SITE and not event.has_link,
        Missing.ORGANISER: not event.has_organiser,
        Missing.FUNDING: event.is_funded and not event.has_funding_sentence,
    }
    return [what for what, is_missing in lacks.items() if is_missing]


def check_complete(event: Readiness) -> None:
    """Refuse to publish what is not complete; raises NotYetComplete with what is missing."""
    if missing := missing_for_publication(event):
        raise NotYetComplete(missing=missing)


def stands_on_lists(*, listed: bool, audience: Audience, status: Status) -> bool:
    """Whether the public list shows it. Feeds ask for an exact day besides."""
    return listed and audience is not Audience.INTERNAL and status is not Status.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFace:
    """What of an event raises SEQUENCE when it changes: time, place and status (RFC 5545, 3.8.7.4)."""

    starts_at: datetime
    ends_at: datetime
    timezone: str
    status: Status
    venue_id: int | None
    online_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which events a list or a feed shows. Empty means all; every part narrows."""

    kind: str | None = None
    sector: str | None = None
    group: str | None = None
    project: str | None = None
    country: str | None = None
    place: str | None = None
    language: str | None = None
    q: str | None = None
    venue: str | None = None
    organisation: str | None = None
    series: str | None = None
    event: str | None = None

    def parts(self) -> dict[str, str]:
        """The parts that narrow, by name."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


# the parts that a list's address may carry, in the order of the form
FILTER_PARAMETERS = ("kind", "sector", "group", "project", "country", "place", "language", "q")


def collection_keys(parts: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The keys under which changes of an event are noted; ``all`` is always one of them."""
    return frozenset({"all"} | {f"{name}:{value}" for name, values in parts.items() for value in values if value})
