"""From which quota somebody may draw."""

from __future__ import annotations

from app.registration import queries, rules
from app.registration.inputs import Application
from app.registration.models import Registration
from app.registration.queries import HeldSeats


def claim_of_application(held: HeldSeats, application: Application) -> int | None:
    """The claim of a newcomer."""
    person = application.person
    return _claim(held, person.org_type, person.organisation, application.organisation_id, application.delegation_id)


def claim_of(held: HeldSeats, registration: Registration) -> int | None:
    """The claim of somebody who is registered."""
    one = registration
    return _claim(held, one.org_type, one.organisation, one.organisation_id, one.delegation_id)


def claim_again(held: HeldSeats) -> None:
    """Let those who wait, or may come to wait, have the claim that a newcomer like them would have.

    Else whoever comes after a quota was made would pass those of the same organisation who came before.
    """
    for registration in queries.without_a_seat(held.id):
        claim = claim_of(held, registration)
        if registration.claim_id != claim:
            registration.claim_id = claim


def _claim(
    held: HeldSeats, org_type: str, organisation: str, organisation_id: int | None, delegation_id: int | None
) -> int | None:
    targets = [share.target for share in held.shares if not share.is_released]
    if not targets:
        return None
    claim = rules.claim_of(queries.claimant(org_type, organisation, organisation_id), targets)
    if claim is None and delegation_id is not None:  # one comes for those who send one
        claim = rules.claim_of(queries.claimant(org_type, "", delegation_id), targets)
    return claim
