"""Codes that open an event by invitation and skip approval."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, or_, update

from app.audit import services as audit
from app.events.services import manageable_event
from app.invitations import queries, rules
from app.invitations.errors import CodeUsedUp, WrongCode
from app.invitations.inputs import CodeInput
from app.invitations.models import PassCode
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor


@transactional
def make_code(*, event_slug: str, values: CodeInput, actor: Actor, now: datetime) -> PassCode:
    """A new code of an event. Raises MayNotManage."""
    event = manageable_event(event_slug, actor)
    code = PassCode(
        event_id=event.id,
        code=opaque_id(rules.CODE_LETTERS),
        uses_left=values.uses,
        used=0,
        valid_until=values.valid_until,
        note=values.note or None,
        created_at=now,
        created_by=actor.account_id,
    )
    db.session.add(code)
    db.session.flush()
    audit.note("code_made", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, code_id=code.id)
    return code


@transactional
def drop_code(code_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Nobody gets in by this code any more; who did stays. Raises MayNotManage, CodeNotFound."""
    event = manageable_event(event_slug, actor)
    db.session.delete(queries.code_of_event(event.id, code_id))
    audit.note("code_dropped", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, code_id=code_id)


def code_for(event_id: int, typed: str, now: datetime) -> PassCode:
    """The code that somebody typed, however it was written. Raises WrongCode, CodeExpired, CodeUsedUp.

    Says only what is true now: :func:`use_code` decides. Whoever lets people type codes limits how often.
    """
    code = queries.code(event_id, rules.code_key(typed)[:40])
    if code is None:
        raise WrongCode(field="code")
    rules.check_code(uses_left=code.uses_left, valid_until=code.valid_until, now=now)
    return code


@transactional
def use_code(code_id: int, *, now: datetime) -> None:
    """Use a code once, in the caller's transaction; it is never used more often than it may. Raises CodeUsedUp."""
    left = PassCode.uses_left
    result = db.session.execute(
        update(PassCode)
        .where(
            PassCode.id == code_id,
            or_(left.is_(None), left > 0),
            or_(PassCode.valid_until.is_(None), PassCode.valid_until > now),
        )
        .values(uses_left=case((left.is_(None), None), else_=left - 1), used=PassCode.used + 1)
        .execution_options(synchronize_session=False)
    )
    if not result.rowcount:  # type: ignore[attr-defined]
        raise CodeUsedUp(field="code")
