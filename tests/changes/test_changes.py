from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.changes import queries, services
from app.changes.models import Change, ChangeKind
from app.changes.rules import KEPT, LONGEST_KEY, next_stamp, stored_key
from app.kernel.db import db
from tests.builders import NOW


def log() -> list[Change]:
    return list(db.session.scalars(select(Change).order_by(Change.id)))


def test_what_never_changed_has_no_version(database: Session) -> None:
    assert queries.version_of({"all"}) == (0, None)


def test_a_change_raises_every_collection_it_stands_in(database: Session) -> None:
    services.note({"a@x": ChangeKind.ADDED}, keys={"all", "kind:visit"}, now=NOW)
    services.note({"b@x": ChangeKind.ADDED}, keys={"all", "kind:forum"}, now=NOW + timedelta(hours=1))
    assert queries.version_of({"all"}) == (2, NOW + timedelta(hours=1))
    assert queries.version_of({"kind:visit"}) == (1, NOW)
    assert queries.version_of({"kind:forum"}).number == 2


def test_an_intersection_rises_with_its_content_and_is_empty_while_a_collection_is(database: Session) -> None:
    services.note({"a@x": ChangeKind.ADDED}, keys={"all", "kind:visit", "country:IT"}, now=NOW)
    before = queries.version_of({"kind:visit", "country:IT"}).number
    services.note({"b@x": ChangeKind.ADDED}, keys={"all", "kind:visit"}, now=NOW)
    assert queries.version_of({"kind:visit", "country:IT"}).number == before
    services.note({"a@x": ChangeKind.CHANGED}, keys={"all", "kind:visit", "country:IT"}, now=NOW)
    assert queries.version_of({"kind:visit", "country:IT"}).number > before
    assert queries.version_of({"kind:visit", "country:DE"}) == (0, None)


def test_one_version_for_all_that_one_transaction_changes(database: Session) -> None:
    version = services.note({"a@x": ChangeKind.CHANGED, "b@x": ChangeKind.REMOVED}, keys={"all"}, now=NOW)
    assert [(row.version, row.uid, row.kind) for row in log()] == [
        (version, "a@x", ChangeKind.CHANGED),
        (version, "b@x", ChangeKind.REMOVED),
    ]


def test_two_changes_within_a_second_have_different_stamps(database: Session) -> None:
    services.note({"a@x": ChangeKind.ADDED}, keys={"all"}, now=NOW)
    services.note({"a@x": ChangeKind.CHANGED}, keys={"all"}, now=NOW)
    assert queries.version_of({"all"}).changed_at == NOW + timedelta(seconds=1)
    assert next_stamp(NOW, None) == NOW


def test_a_key_that_is_too_long_ends_in_its_hash() -> None:
    long = "place:" + "x" * 200
    assert len(stored_key(long)) == LONGEST_KEY
    assert stored_key(long) != stored_key(long + "y")
    assert stored_key("kind:visit") == "kind:visit"


def test_what_is_long_known_is_forgotten_and_versions_never_go_back(database: Session) -> None:
    services.note({"a@x": ChangeKind.ADDED}, keys={"all"}, now=NOW)
    services.note({"b@x": ChangeKind.ADDED}, keys={"all"}, now=NOW + timedelta(days=1))
    services.note({"a@x": ChangeKind.CHANGED}, keys={"all"}, now=NOW + KEPT)
    # stamped with the time of what it shows, though it came last
    services.note({"c@x": ChangeKind.ADDED}, keys={"all"}, now=NOW)
    before = queries.version_of({"all"})
    assert forget_all(NOW + KEPT + timedelta(days=2)) == 2
    assert [row.version for row in log()] == [3, 4]
    assert queries.version_of({"all"}) == before
    assert forget_all(NOW + 3 * KEPT) == 4
    assert log() == []
    assert services.note({"a@x": ChangeKind.REMOVED}, keys={"all"}, now=NOW + 3 * KEPT) == 5


def forget_all(now: datetime) -> int:
    """A row at a time; the version up to which nothing is known any more."""
    while services.forget_old(now, most=1):
        pass
    return queries.forgotten_version()
