from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.kernel.db import db, transactional
from app.kernel.facts import Fact, on, once, record
from tests.builders import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class SomethingHappened(Fact):
    what: str


@on(SomethingHappened)
def write_down(fact: SomethingHappened) -> None:
    db.session.add(AuditEntry(at=NOW, action="answered", subject=fact.what, details={}))


@once(SomethingHappened, by="what")
def sum_up(what: str) -> None:
    db.session.add(AuditEntry(at=NOW, action="summed_up", subject=what, details={}))


@transactional
def happen(what: str, *, fails: bool = False) -> None:
    db.session.add(AuditEntry(at=NOW, action="happened", subject=what, details={}))
    record(SomethingHappened(what=what))
    if fails:
        raise ValueError(what)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_a_verb_after_a_select_of_the_same_request_is_committed(database: Session) -> None:
    assert count() == 0
    happen("verb")
    db.session.rollback()
    assert count() == 3


def test_a_failing_verb_leaves_nothing_behind(database: Session) -> None:
    with pytest.raises(ValueError, match="verb"):
        happen("verb", fails=True)
    assert count() == 0


def test_an_inner_verb_joins_the_outer_one(database: Session) -> None:
    @transactional
    def outer() -> None:
        happen("inner")
        raise ValueError("outer")

    with pytest.raises(ValueError, match="outer"):
        outer()
    assert count() == 0


def test_what_is_dear_is_done_once_for_each_thing_at_the_very_end(database: Session) -> None:
    @transactional
    def outer() -> None:
        for what in ("a", "b", "a"):
            happen(what)
        assert db.session.scalar(select(func.count()).where(AuditEntry.action == "summed_up")) == 0

    outer()
    actions = db.session.execute(select(AuditEntry.action, func.count()).group_by(AuditEntry.action))
    assert {row[0]: row[1] for row in actions} == {"happened": 3, "answered": 3, "summed_up": 2}
