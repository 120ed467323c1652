"""Issue certificates, correct them, take them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import force_locale

from app.audit import services as audit
from app.certificates import queries, rules
from app.certificates.errors import NothingToCorrect, RevokedAlready
from app.certificates.models import Certificate, CertificateRule
from app.certificates.rules import Holder, RuleInput
from app.events import queries as events
from app.events.models import Event
from app.events.presenters import place_line
from app.events.rules import OrganisationRole
from app.events.services import manageable_event
from app.jobs import services as jobs
from app.kernel.db import db, hold_name, transactional
from app.kernel.ids import opaque_id
from app.kernel.texts import LANGUAGES, Texts
from app.network.actors import SYSTEM, Actor
from app.registration.models import Registration

BATCH = 200
GO_ON = "issue_certificates"


@transactional
def set_rule(*, event_slug: str, values: RuleInput, actor: Actor, now: datetime) -> None:
    """Decide who gets one and what it says; what was issued stays as it is. Raises MayNotManage, LeastOutOfRange."""
    event = manageable_event(event_slug, actor)
    rules.check_rule(values)
    row = queries.rule_row(event.id)
    if row is None:
        row = CertificateRule(event_id=event.id)
        db.session.add(row)
    for name in RuleInput.__slots__:
        setattr(row, name, getattr(values, name))
    audit.note("certificates.rule_set", subject=f"event:{event.id}", account_id=actor.account_id, now=now)


@transactional
def issue_for(event_slug: str, *, actor: Actor, now: datetime) -> int:
    """Issue to everybody entitled who has none; how many at once. The worker goes on with what is left.

    Raises MayNotManage, TooEarly, DoesNotTakePlace.
    """
    return _issue_batch(manageable_event(event_slug, actor), actor=actor, now=now)


@transactional
def go_on(event_id: int, *, now: datetime) -> int:
    """The same for the worker."""
    return _issue_batch(events.whole_event(event_id), actor=SYSTEM, now=now)


@transactional
def issue(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    parts: Mapping[int, int],
    minutes: Mapping[int, int | None] | None = None,
    now: datetime,
) -> list[Certificate]:
    """Write certificates of the event for just these registrations.

    ``parts``: at how many each was present; ``minutes``: how long these took, for who shall read it on the paper.
    """
    event = events.whole_event(event_id)
    rule = queries.rule_of(event_id)
    issued = [
        _written(event, rule, person, parts=parts.get(person.id, 0), minutes=(minutes or {}).get(person.id), now=now)
        for person in queries.people(event_id, registration_ids)
    ]
    db.session.add_all(issued)
    db.session.flush()
    return issued


@transactional
def correct(certificate_id: int, *, event_slug: str, actor: Actor, now: datetime) -> Certificate:
    """Replace a certificate whose person or organisation was corrected, or that was revoked by mistake.

    The old code leads to the new one. Raises MayNotManage, CertificateNotFound, NothingToCorrect.
    """
    event = manageable_event(event_slug, actor)
    _hold(event.id)
    old = queries.one_of_event(event.id, certificate_id)
    if old.revoked_at is None and holder_of(old.registration) == old.holder:
        raise NothingToCorrect
    old.replaced_at = now
    db.session.flush()
    whose = old.registration_id
    (new,) = issue(event.id, [whose], parts={whose: old.parts}, minutes={whose: old.minutes}, now=now)
    new.replaces_id = old.id
    audit.note(
        "certificates.corrected",
        subject=f"registration:{old.registration_id}",
        account_id=actor.account_id,
        now=now,
        old=old.id,
        new=new.id,
    )
    return new


@transactional
def revoke(certificate_id: int, *, event_slug: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take a certificate back: whoever checks its code sees that, not why.

    Raises MayNotManage, CertificateNotFound, ReasonMissing, RevokedAlready.
    """
    event = manageable_event(event_slug, actor)
    given = rules.reason_given(reason)
    _hold(event.id)
    certificate = queries.one_of_event(event.id, certificate_id)
    if certificate.revoked_at is not None:
        raise RevokedAlready
    certificate.revoked_at, certificate.revocation_reason = now, given
    audit.note(
        "certificates.revoked",
        subject=f"registration:{certificate.registration_id}",
        account_id=actor.account_id,
        now=now,
        certificate=certificate.id,
        reason=given,
    )


def holder_of(registration: Registration) -> Holder:
    """What a certificate issued now would say of the person."""
    return Holder(
        name=f"{registration.given_name} {registration.family_name}".strip(), organisation=registration.organisation
    )


def _issue_batch(event: Event, *, actor: Actor, now: datetime) -> int:
    rules.check_event(event.status, ends_at=event.ends_at, now=now)
    _hold(event.id)
    attended, rule = queries.attended(event.id, now), queries.rule_of(event.id)
    due = rules.entitled(attended, rule)
    waiting = sorted(due - queries.holders(due))
    parts = {one: len(attended[one].parts) for one in waiting[:BATCH]}
    minutes = {one: attended[one].minutes for one in waiting[:BATCH]} if rule.says_hours else {}
    issued = issue(event.id, waiting[:BATCH], parts=parts, minutes=minutes, now=now)
    if issued:
        audit.note(
            "certificates.issued",
            subject=f"event:{event.id}",
            account_id=actor.account_id,
            now=now,
            certificates=len(issued),
        )
    if len(waiting) > BATCH:
        jobs.put(
            GO_ON, dedupe_key=f"{GO_ON}:{event.id}:{waiting[BATCH]}:{now.isoformat()}", run_at=now, event_id=event.id
        )
    return len(issued)


def _hold(event_id: int) -> None:
    """One writer of an event's certificates at a time."""
    hold_name(f"certificates:{event_id}")


def _written(
    event: Event, rule: RuleInput, registration: Registration, *, parts: int, minutes: int | None, now: datetime
) -> Certificate:
    holder = holder_of(registration)
    project = event.project
    programme = project.programme if project else None
    return Certificate(
        registration_id=registration.id,
        code=opaque_id(rules.CODE_LENGTH),
        issued_at=now,
        name=holder.name,
        organisation=holder.organisation,
        event_kind=event.kind,
        event_title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        date_precision=event.date_precision,
        place=_place(event),
        parts=parts,
        minutes=minutes,
        organiser=_organiser(event),
        text=rule.text,
        signed_by=rule.signed_by,
        project=project.acronym if project and programme else None,
        programme=programme.name if programme else Texts(),
        funding_sentence=programme.funding_sentence if programme else Texts(),
        emblem=programme.emblem if programme else None,
    )


def _place(event: Event) -> Texts:
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = place_line(event)
    return Texts(said)


def _organiser(event: Event) -> str:
    parts = (part for part in event.organisations if part.role is OrganisationRole.ORGANISER)
    return next((part.organisation.name for part in parts), "")
