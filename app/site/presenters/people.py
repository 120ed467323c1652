"""Who has a part in an event: organisations by role, counts by type, and persons who agreed to be named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import ngettext

from app.events.models import EventPerson
from app.events.rules import OrganisationRole, PersonRole
from app.kernel.phrases import say
from app.network.rules import OrganisationType
from app.site.rules import Participant, TypeCount, count_by_type

# public pages carry no names of those who merely came
UNNAMED_ROLES = frozenset({PersonRole.PARTICIPANT, PersonRole.OBSERVER, PersonRole.PRESS})


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The organisations with one role: pairs of address and name."""

    role: str
    organisations: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Attendance:
    """``counts``: "3 clusters, all local", with the heads that stand on no list, said to be no evidence."""

    counts: list[str]


@dataclass(frozen=True, slots=True)
class PersonLine:
    url: str
    name: str
    role: str
    organisation: str
    organisation_url: str


def roles(organisations: Iterable[Any]) -> list[RoleGroup]:
    """Organisations under their roles, in the order of OrganisationRole."""
    found = list(organisations)
    groups = [
        RoleGroup(say(role), [(f"/organisations/{row.slug}", row.name) for row in found if row.role is role])
        for role in OrganisationRole
    ]
    return [group for group in groups if group.organisations]


def attendance(organisations: Sequence[Any], region_code: str | None) -> Attendance:
    """Participating organisations counted by type, with heads without a name: they are no evidence."""
    came = [
        Participant(
            type=row.type or OrganisationType.OTHER, region_code=row.region_code, unnamed_heads=row.unnamed_heads
        )
        for row in organisations
        if row.role is OrganisationRole.PARTICIPANT
    ]
    return Attendance([_count_words(count) for count in count_by_type(came, region_code)])


def _count_words(count: TypeCount) -> str:
    parts = [COUNTED[OrganisationType(count.type)](count.organisations)]
    if count.local and count.local == count.organisations:
        parts.append(ngettext("local", "all local", count.organisations))
    elif count.local:
        parts.append(ngettext("%(num)d of them local", "%(num)d of them local", count.local))
    if count.unnamed_heads:
        parts.append(
            ngettext(
                "%(num)d person without a name (not evidenced)",
                "%(num)d people without a name (not evidenced)",
                count.unnamed_heads,
            )
        )
    return ", ".join(parts)


COUNTED: dict[OrganisationType, Callable[[int], str]] = {
    OrganisationType.COMPANY: lambda n: ngettext("%(num)d company", "%(num)d companies", n),
    OrganisationType.CLUSTER_ORGANISATION: lambda n: ngettext("%(num)d cluster", "%(num)d clusters", n),
    OrganisationType.DEVELOPMENT_AGENCY: lambda n: ngettext(
        "%(num)d development agency", "%(num)d development agencies", n
    ),
    OrganisationType.RESEARCH: lambda n: ngettext("%(num)d research organisation", "%(num)d research organisations", n),
    OrganisationType.PUBLIC_AUTHORITY: lambda n: ngettext("%(num)d public authority", "%(num)d public authorities", n),
    OrganisationType.ASSOCIATION: lambda n: ngettext(
        "%(num)d business association", "%(num)d business associations", n
    ),
    OrganisationType.SCIENCE_PARK: lambda n: ngettext("%(num)d science park", "%(num)d science parks", n),
    OrganisationType.CHAMBER: lambda n: ngettext("%(num)d chamber", "%(num)d chambers", n),
    OrganisationType.OTHER: lambda n: ngettext("%(num)d other organisation", "%(num)d other organisations", n),
}


def named_persons(parts: Iterable[EventPerson]) -> list[PersonLine]:
    """Those who agreed to be named and have a part in the programme, with the organisation they then belonged to."""
    return [
        PersonLine(
            url=f"/people/{part.person.slug}",
            name=part.person.full_name,
            role=say(part.role),
            organisation=part.organisation.name if part.organisation else "",
            organisation_url=f"/organisations/{part.organisation.slug}" if part.organisation else "",
        )
        for part in parts
        if part.person.is_public and part.role not in UNNAMED_ROLES
    ]
