"""Who is interested at a fair begins to take a practice up, for the own organisation."""

from __future__ import annotations

from app.kernel.facts import on
from app.practices.facts import InterestEnded, InterestShown
from app.transfers import services


@on(InterestShown)
def begin(fact: InterestShown) -> None:
    services.begin_by_tap(
        practice_id=fact.practice_id,
        organisation_id=fact.organisation_id,
        email=fact.email,
        locale=fact.locale,
        now=fact.at,
    )


@on(InterestEnded)
def end(fact: InterestEnded) -> None:
    services.take_tap_back(practice_id=fact.practice_id, organisation_id=fact.organisation_id, now=fact.at)
