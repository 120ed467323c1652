"""How far a service comes: its steps, its pilots and who took it up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from app.kernel.db import transactional
from app.kernel.errors import NotFound
from app.network.actors import Actor
from app.pilots import queries, rules
from app.pilots.errors import AdopterTwice, DueDayOver, PilotNotFound, UnknownChoice, UptakeNotFound
from app.pilots.inputs import PilotInput, UptakeInput
from app.pilots.models import Pilot, ServiceChange, ServiceUptake
from app.pilots.rules import Pilots, Stage
from app.pilots.services.shared import changed, editable, keep_version

Part = TypeVar("Part", Pilot, ServiceUptake)


@transactional
def move(
    slug: str,
    *,
    after: Stage,
    reason: str,
    actor: Actor,
    now: datetime,
    next_by: date | None = None,
    keeps_due: bool = True,
) -> None:
    """Take a service a step further, or drop it; the step is a row.

    ``next_by``: the day by which the step after it is due. Without one a due day that is still to come stays where
    ``keeps_due``; none stays where no further step leads on. Pilots and uptake of days to come do not count yet.

    Raises ServiceNotFound, MayNotEdit, DueDayOver, WrongStep, NoPilotYet, NobodyTookItUp.
    """
    row, today = editable(slug, actor), now.date()
    if next_by is not None and next_by < today:
        raise DueDayOver(field="next_by")
    rules.check_move(row.stage, after, pilots=_figures(row.pilots, today), uptakes=_taken_up(row.uptakes, today))
    row.changes.append(
        ServiceChange(at=now, before=row.stage, after=after, account_id=actor.account_id, reason=reason.strip())
    )
    row.stage = after
    due_on = rules.next_due(after, next_by or (row.due_on if keeps_due else None), today)
    if due_on != row.due_on:
        keep_version(row)
        row.due_on = due_on
    changed("service.moved", row, actor, now)


@transactional
def keep_pilot(slug: str, *, pilot_id: int | None, values: PilotInput, actor: Actor, now: datetime) -> None:
    """Enter a pilot, the same form sent twice once, or say how it went.

    Raises ServiceNotFound, MayNotEdit, PilotNotFound, EndsBeforeStart.
    """
    row = editable(slug, actor)
    rules.check_period(values.starts_on, values.ends_on)
    pilot = next((each for each in row.pilots if each.id == pilot_id), None)
    if pilot is None:
        if pilot_id is not None:
            raise PilotNotFound(id=pilot_id)
        if values.form_key and queries.pilot_of_form(values.form_key):
            return
        pilot = Pilot(service_id=row.id, form_key=values.form_key or None)
        row.pilots.append(pilot)
    pilot.where, pilot.starts_on, pilot.ends_on = values.where, values.starts_on, values.ends_on
    pilot.is_finished, pilot.result = values.is_finished, values.result
    changed("service.pilot_kept", row, actor, now)


@transactional
def remove_pilot(slug: str, pilot_id: int, *, actor: Actor, now: datetime) -> None:
    """Strike out a pilot that was entered by mistake; what it said stays in the audit log.

    Raises ServiceNotFound, MayNotEdit, PilotNotFound, and StageRestsOnIt where the stage was reached by it alone.
    """
    row, today = editable(slug, actor), now.date()
    pilot = _one_of(row.pilots, pilot_id, PilotNotFound)
    left = [each for each in row.pilots if each is not pilot]
    rules.check_pilots_left(row.stage, before=_figures(row.pilots, today), left=_figures(left, today))
    row.pilots.remove(pilot)
    changed("service.pilot_removed", row, actor, now, pilot=pilot_id, where=pilot.where, on=str(pilot.starts_on))


@transactional
def note_uptake(slug: str, *, values: UptakeInput, actor: Actor, now: datetime) -> None:
    """Note who took a service up, the same form sent twice once.

    Raises ServiceNotFound, MayNotEdit, UnknownChoice, AdopterTwice, NotAWebAddress.
    """
    row = editable(slug, actor)
    rules.check_proof(values.proof)
    if not queries.organisations([values.adopter_id]):
        raise UnknownChoice(field="adopter_id")
    if values.form_key and queries.uptake_of_form(values.form_key):
        return
    if values.adopter_id in {each.adopter_id for each in row.uptakes}:
        raise AdopterTwice(field="adopter_id")
    row.uptakes.append(
        ServiceUptake(
            adopter_id=values.adopter_id,
            taken_up_on=values.taken_up_on,
            proof=values.proof or None,
            form_key=values.form_key or None,
        )
    )
    changed("service.taken_up", row, actor, now)


@transactional
def correct_uptake(slug: str, uptake_id: int, *, taken_up_on: date, proof: str, actor: Actor, now: datetime) -> None:
    """Say another day, or where the proof lies. Raises ServiceNotFound, MayNotEdit, UptakeNotFound, NotAWebAddress."""
    row = editable(slug, actor)
    uptake = _one_of(row.uptakes, uptake_id, UptakeNotFound)
    rules.check_proof(proof)
    before = str(uptake.taken_up_on)
    uptake.taken_up_on, uptake.proof = taken_up_on, proof or None
    changed("service.uptake_corrected", row, actor, now, uptake=uptake_id, before=before, on=str(taken_up_on))


@transactional
def remove_uptake(slug: str, uptake_id: int, *, actor: Actor, now: datetime) -> None:
    """Strike out that somebody took a service up; who it was and when stays in the audit log.

    Raises ServiceNotFound, MayNotEdit, UptakeNotFound, and StageRestsOnIt where nobody else took it up.
    """
    row, today = editable(slug, actor), now.date()
    uptake = _one_of(row.uptakes, uptake_id, UptakeNotFound)
    left = [each for each in row.uptakes if each is not uptake]
    rules.check_uptakes_left(row.stage, before=_taken_up(row.uptakes, today), left=_taken_up(left, today))
    row.uptakes.remove(uptake)
    said = {"adopter": uptake.adopter_id, "on": str(uptake.taken_up_on)}
    changed("service.uptake_removed", row, actor, now, uptake=uptake_id, **said)


def _one_of(rows: Sequence[Part], part_id: int, missing: type[NotFound]) -> Part:
    found = next((each for each in rows if each.id == part_id), None)
    if found is None:
        raise missing(id=part_id)
    return found


def _figures(pilots: Sequence[Pilot], today: date) -> Pilots:
    return Pilots(
        begun=sum(pilot.starts_on <= today for pilot in pilots),
        finished=sum(pilot.is_finished and (pilot.ends_on or pilot.starts_on) <= today for pilot in pilots),
    )


def _taken_up(uptakes: Sequence[ServiceUptake], today: date) -> int:
    return sum(one.taken_up_on <= today for one in uptakes)
