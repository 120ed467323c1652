"""Who is written to about a service."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from app.invitations.queries import managers_of
from app.kernel.db import transactional
from app.kernel.texts import LANGUAGES
from app.mail import services as mail
from app.network.actors import Actor
from app.network.models import Organisation
from app.pilots import queries
from app.pilots.models import ServiceProposal

OVERDUE, NAMED, DENIED = "service_overdue", "service_named", "service_denied"
AT_ONCE = 100
Addresses = Sequence[tuple[str, str]]  # each with the language to write in


@transactional
def tell_overdue(*, now: datetime) -> int:
    """Write once for each due day to the managers of owners whose service is late; how many services there were.

    A day is over when UTC says so. An owner without a manager is written to by its own address.
    """
    rows = queries.overdue(now.date(), AT_ONCE)
    managers = _managers({row.owner_id for row in rows})
    for row in rows:
        row.told_on = row.due_on
        to = managers.get(row.owner_id) or _own_address(row.owner)
        _write_to(to, OVERDUE, row, f"service-overdue:{row.id}:{row.due_on}", now)
    return len(rows)


def tell_named(row: ServiceProposal, organisation_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """Write to the managers of organisations that were just named as owner or implementing by somebody else.

    Once a day at most for each organisation, however often it is named. The house itself names nobody by mistake.
    """
    if actor.is_system:
        return
    for organisation_id, to in _managers(set(organisation_ids) - actor.managed_ids).items():
        key = f"{NAMED}:{row.id}:{organisation_id}:{now.date()}"
        _write_to(to, NAMED, row, key, now, organisation_id=organisation_id)


def tell_denied(row: ServiceProposal, organisation_id: int, *, was_owner: bool, now: datetime) -> None:
    """Write to the managers of who proposed a service that an organisation has no part in it, or to its own address."""
    to = _managers({row.proposer_id}).get(row.proposer_id) or _own_address(row.proposer)
    key = f"{DENIED}:{row.id}:{organisation_id}:{row.revision}"
    _write_to(to, DENIED, row, key, now, organisation_id=organisation_id, was_owner=was_owner)


def _managers(organisation_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for organisation_id, person, account, locale in managers_of(organisation_ids):
        spoken = next((one for one in person.languages if one in LANGUAGES), "en")
        found.setdefault(organisation_id, []).append((account or person.email or "", locale or spoken))
    return found


def _own_address(organisation: Organisation) -> Addresses:
    return [(organisation.email or "", "en")]


def _write_to(to: Addresses, name: str, row: ServiceProposal, key: str, now: datetime, **context: Any) -> None:
    for address, locale in to:
        if address:
            mail.queue(
                name,
                recipient=address,
                locale=locale,
                about=f"service:{row.id}",
                dedupe_key=f"{key}:{address}",
                now=now,
                service_id=row.id,
                **context,
            )
