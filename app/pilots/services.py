from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from app.audit import services as audit
from app.invitations.queries import managers_of
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import slugify
from app.kernel.texts import LANGUAGES
from app.mail import services as mail
from app.network.actors import Actor
from app.pilots import queries, rules
from app.pilots.errors import (
    AdopterTwice,
    DueDayOver,
    MayNotEdit,
    MayNotPropose,
    PilotNotFound,
    TitleMissing,
    UnknownChoice,
)
from app.pilots.facts import ServiceChanged
from app.pilots.inputs import PilotInput, ServiceInput, UptakeInput
from app.pilots.models import Pilot, ServiceChange, ServiceProposal, ServiceUptake
from app.pilots.permissions import may_edit, may_propose
from app.pilots.rules import Pilots, Stage

OVERDUE = "service_overdue"
AT_ONCE = 100
RESERVED = frozenset({"new"})


@transactional
def propose(
    *, values: ServiceInput, proposer_id: int, actor: Actor, now: datetime, form_key: str | None = None
) -> ServiceProposal:
    """Propose a service for a need at least, in the name of an organisation that the actor manages.

    The same form sent twice is one.

    Raises MayNotPropose, TitleMissing, NeedMissing, UnknownChoice, NotAWebAddress.
    """
    if not may_propose(actor) or not may_edit(actor, {proposer_id}):
        raise MayNotPropose
    if form_key and (earlier := queries.service_of_form(form_key)):
        return earlier
    row = ServiceProposal(proposer_id=proposer_id, stage=Stage.PROPOSED, created_at=now, form_key=form_key or None)
    _write(row, values, now)
    row.slug = _free_slug(values)
    row.changes.append(ServiceChange(at=now, before=None, after=Stage.PROPOSED, account_id=actor.account_id, reason=""))
    db.session.add(row)
    _changed("service.proposed", row, actor, now)
    return row


@transactional
def edit(slug: str, *, values: ServiceInput, actor: Actor, now: datetime) -> ServiceProposal:
    """Change what a service says. Raises ServiceNotFound, MayNotEdit and what :func:`propose` raises."""
    row = _editable(slug, actor)
    _write(row, values, now)
    _changed("service.edited", row, actor, now)
    return row


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
    row, today = _editable(slug, actor), now.date()
    pilots = Pilots(
        begun=sum(pilot.starts_on <= today for pilot in row.pilots),
        finished=sum(pilot.is_finished and (pilot.ends_on or pilot.starts_on) <= today for pilot in row.pilots),
    )
    if next_by is not None and next_by < today:
        raise DueDayOver(field="next_by")
    rules.check_move(row.stage, after, pilots=pilots, uptakes=sum(one.taken_up_on <= today for one in row.uptakes))
    row.changes.append(
        ServiceChange(at=now, before=row.stage, after=after, account_id=actor.account_id, reason=reason.strip())
    )
    row.stage, row.changed_at = after, now
    row.due_on = rules.next_due(after, next_by or (row.due_on if keeps_due else None), today)
    _changed("service.moved", row, actor, now)


@transactional
def keep_pilot(slug: str, *, pilot_id: int | None, values: PilotInput, actor: Actor, now: datetime) -> None:
    """Enter a pilot, the same form sent twice once, or say how it went.

    Raises ServiceNotFound, MayNotEdit, PilotNotFound, EndsBeforeStart.
    """
    row = _editable(slug, actor)
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
    row.changed_at = now
    _changed("service.pilot_kept", row, actor, now)


@transactional
def note_uptake(slug: str, *, values: UptakeInput, actor: Actor, now: datetime) -> None:
    """Note who took a service up. Raises ServiceNotFound, MayNotEdit, UnknownChoice, AdopterTwice, NotAWebAddress."""
    row = _editable(slug, actor)
    rules.check_proof(values.proof)
    if not queries.organisations([values.adopter_id]):
        raise UnknownChoice(field="adopter_id")
    if values.adopter_id in {each.adopter_id for each in row.uptakes}:
        raise AdopterTwice(field="adopter_id")
    row.uptakes.append(
        ServiceUptake(adopter_id=values.adopter_id, taken_up_on=values.taken_up_on, proof=values.proof or None)
    )
    row.changed_at = now
    _changed("service.taken_up", row, actor, now)


@transactional
def tell_overdue(*, now: datetime) -> int:
    """Write once for each due day to the managers of owners whose service is late; how many services there were.

    A day is over when UTC says so. An owner without a manager is written to by its own address.
    """
    rows = queries.overdue(now.date(), AT_ONCE)
    managers = managers_of({row.owner_id for row in rows})
    for row in rows:
        row.told_on = row.due_on
        people = [
            (account or person.email, locale or next((one for one in person.languages if one in LANGUAGES), "en"))
            for owner_id, person, account, locale in managers
            if owner_id == row.owner_id
        ]
        for address, locale in people or [(row.owner.email, "en")]:
            if address:
                mail.queue(
                    OVERDUE,
                    recipient=address,
                    locale=locale,
                    about=f"service:{row.id}",
                    dedupe_key=f"service-overdue:{row.id}:{row.due_on}:{address}",
                    now=now,
                    service_id=row.id,
                )
    return len(rows)


def editing_ids(row: ServiceProposal) -> set[int]:
    """The organisations whose managers write a service."""
    return {row.owner_id, row.proposer_id, *(each.id for each in row.implementers)}


def _editable(slug: str, actor: Actor) -> ServiceProposal:
    row = queries.hold_service(queries.service(slug).id)
    if not may_edit(actor, editing_ids(row)):
        raise MayNotEdit
    return row


def _write(row: ServiceProposal, values: ServiceInput, now: datetime) -> None:
    rules.check_proposal(values.title, values.need_ids)
    rules.check_proof(values.proof)
    needs, practices = queries.needs(values.need_ids), queries.practices(values.practice_ids)
    implementers = queries.organisations(values.implementer_ids)
    _check_known(needs, values.need_ids, "need_ids")
    _check_known(practices, values.practice_ids, "practice_ids")
    _check_known(implementers, values.implementer_ids, "implementer_ids")
    _check_known(queries.organisations([values.owner_id]), [values.owner_id], "owner_id")
    row.title, row.description, row.uptake_actions = values.title, values.description, values.uptake_actions
    row.target, row.owner_id, row.due_on = values.target, values.owner_id, values.due_on
    row.proof = values.proof or None
    row.needs, row.practices, row.implementers = list(needs), list(practices), list(implementers)
    row.changed_at = now


def _check_known(found: Sequence[object], asked: Collection[int], field: str) -> None:
    if len(found) != len(set(asked)):
        raise UnknownChoice(field=field)


def _free_slug(values: ServiceInput) -> str:
    wording = values.title.wording("en")
    if not wording:
        raise TitleMissing(field="title_en")
    beginning = slugify(wording.text) or "service"
    taken = queries.slugs_like(beginning) | RESERVED
    number, slug = 2, beginning
    while slug in taken:
        slug, number = f"{beginning}-{number}", number + 1
    return slug


def _changed(action: str, row: ServiceProposal, actor: Actor, now: datetime) -> None:
    db.session.flush()
    record(ServiceChanged(service_id=row.id))
    audit.note(action, subject=f"service:{row.slug}", account_id=actor.account_id, now=now, stage=str(row.stage))
