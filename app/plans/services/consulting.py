"""Ask members of each country, and guests by a link, about a version."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.network.models import Organisation
from app.network.queries import country_choices, group_for_page
from app.plans import permissions
from app.plans.errors import ConsultationOver, MayNotAnswer, PlanNotFound, UnknownChoice
from app.plans.freezing import chapters_in
from app.plans.inputs import CommentInput, GuestInput, WindowInput
from app.plans.models import Consultation, ConsultationComment, ConsultationGuest
from app.plans.queries import consultations as queries
from app.plans.queries import plans as plan_rows
from app.plans.rules import plans
from app.plans.rules.consulting import WindowState, check_window, window_state
from app.plans.rules.plans import PlanStep
from app.plans.services import access
from app.plans.services.asking import write_to_guest
from app.plans.services.drafting import open_plan
from app.plans.services.publishing import newest_version


@transactional
def open_window(*, group_slug: str, values: WindowInput, actor: Actor, now: datetime, tells: bool = True) -> int:
    """Ask about the newest version from one day to another, both included, as UTC knows them; gives the id.

    Members and guests are told by mail on the first day, unless ``tells`` says that they know.

    Raises GroupNotFound, MayNotDecide, PlanNotFound, StepNotPossible, NothingPublished, WindowTurnedRound,
    WindowPast, WindowTooLong.
    """
    group = access.decided(group_slug, actor)
    plan = open_plan(group, PlanStep.CONSULT)
    check_window(values.opens_on, values.closes_on, now.date())
    version = newest_version(plan)
    plan.state = plans.after(plan.state, PlanStep.CONSULT)
    plan.changed_at = now
    row = Consultation(
        plan_id=plan.id,
        version_id=version.id,
        opens_on=values.opens_on,
        closes_on=values.closes_on,
        asks=values.asks,
        asked_at=None if tells else now,
        reminded_at=None if tells else now,
    )
    db.session.add(row)
    db.session.flush()
    access.note("plan.consultation_opened", group, actor, now, version=version.number)
    return row.id


@transactional
def close(*, group_slug: str, actor: Actor, now: datetime) -> None:
    """Back to the draft with what was said. Raises GroupNotFound, MayNotDecide, PlanNotFound, StepNotPossible."""
    group = access.decided(group_slug, actor)
    plan = open_plan(group, PlanStep.CLOSE)
    plan.state = plans.after(plan.state, PlanStep.CLOSE)
    plan.changed_at = now
    row = queries.newest(plan.id)
    if row and row.closed_at is None:
        row.closed_at = now
    access.note("plan.consultation_closed", group, actor, now)


@transactional
def invite(*, group_slug: str, values: GuestInput, actor: Actor, now: datetime) -> ConsultationGuest:
    """Make a link for somebody outside the group, who answers for a country; it is mailed where an address is given.

    Raises GroupNotFound, MayNotDecide, PlanNotFound, ConsultationOver where nobody is asked now, UnknownChoice,
    UnusableAddress.
    """
    group = access.decided(group_slug, actor)
    plan = open_plan(group)
    row = queries.newest(plan.id)
    if row is None or row.closed_at is not None:
        raise ConsultationOver
    if values.country_code not in {one.id for one in country_choices()}:
        raise UnknownChoice(field="country")
    guest = ConsultationGuest(
        consultation_id=row.id,
        public_id=opaque_id(20),
        link_version=1,
        name=values.name,
        country_code=values.country_code,
        email=values.email or None,
        locale=values.locale,
    )
    db.session.add(guest)
    db.session.flush()
    if row.asked_at:
        write_to_guest(guest, now=now)
    access.note("plan.guest_invited", group, actor, now, guest=guest.id)
    return guest


@transactional
def revoke(guest_id: int, *, group_slug: str, consultation_id: int, actor: Actor, now: datetime) -> None:
    """The link opens nothing any more; what was said with it stays.

    Raises GroupNotFound, MayNotDecide, PlanNotFound, GuestLinkNotFound.
    """
    group = access.decided(group_slug, actor)
    row = queries.consultation(group.id, consultation_id)
    guest = queries.guest(row.id, guest_id)
    guest.link_version, guest.revoked_at = guest.link_version + 1, now
    access.note("plan.guest_revoked", group, actor, now, guest=guest.id)


@transactional
def comment(*, group_slug: str, values: CommentInput, actor: Actor, now: datetime) -> int:
    """Say something for one's organisation and its country; gives the id.

    Raises GroupNotFound, MayNotAnswer, PlanNotFound, ConsultationOver, UnknownChoice.
    """
    group = group_for_page(group_slug)
    circle = access.circle_of(group)
    if not permissions.may_answer(actor, circle):
        raise MayNotAnswer(slug=group_slug)
    plan = open_plan(group)
    row = queries.newest(plan.id)
    if row is None:
        raise PlanNotFound(group=group_slug)
    organisation = _speaks_for(actor, circle)
    written = _comment(row, values, now)
    written.name, written.organisation_id = actor.name, organisation.id
    written.country_code = organisation.country_code
    return _put(written)


@transactional
def comment_as_guest(guest_id: int, *, values: CommentInput, now: datetime) -> int:
    """The same by a link; the view proves it. Raises ConsultationOver, UnknownChoice."""
    guest = db.session.get_one(ConsultationGuest, guest_id)
    written = _comment(db.session.get_one(Consultation, guest.consultation_id), values, now)
    written.name, written.guest_id, written.country_code = guest.name, guest.id, guest.country_code
    return _put(written)


def _speaks_for(actor: Actor, circle: permissions.Circle) -> Organisation:
    """The one of the group that somebody is with; that one manages goes first."""
    own = actor.organisation_ids & (circle.member_ids | circle.drafter_ids)
    return min(plan_rows.organisations(own), key=lambda one: (one.id not in actor.managed_ids, one.id))


def _comment(row: Consultation, values: CommentInput, now: datetime) -> ConsultationComment:
    state = window_state(row.opens_on, row.closes_on, is_closed=row.closed_at is not None, today=now.date())
    if state is not WindowState.OPEN:
        raise ConsultationOver
    if values.chapter and values.chapter not in {one.key for one in chapters_in(row.version.content)}:
        raise UnknownChoice(field="chapter")
    return ConsultationComment(consultation_id=row.id, chapter=values.chapter, text=values.text, at=now)


def _put(row: ConsultationComment) -> int:
    """The same sentence sent twice is said once."""
    if earlier := queries.same_comment(row):
        return earlier
    db.session.add(row)
    db.session.flush()
    return row.id
