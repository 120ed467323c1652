"""What was noted comes in: from a phone, many at once and perhaps twice; from a form, one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.kernel.db import insert_new, transactional
from app.kernel.facts import record
from app.presence import queries, rules
from app.presence.facts import PresenceChanged
from app.presence.inputs import By, ScanInput
from app.presence.models import CheckList, Scan
from app.presence.rules import Answer, Known, ScanKind
from app.presence.services.days import lists_by_key

MOST_AT_ONCE = 500


@transactional
def deliver(*, event_id: int, scans: Sequence[ScanInput], by: By, now: datetime) -> dict[str, Answer]:
    """Keep notes; what became of each, by its id. What was delivered before is known and changes nothing.

    The number of statements does not grow with the notes.
    """
    new = {scan.id: scan for scan in reversed(scans)}
    answers: dict[str, Answer] = dict.fromkeys(queries.known_scans(new), Answer.KNOWN)
    fresh = [scan for scan in new.values() if scan.id not in answers]
    if not fresh:
        return answers
    lists = lists_by_key(event_id, {scan.list_key for scan in fresh})
    expected = queries.expected_on(event_id, list(lists.values()))
    known = queries.known_codes({scan.code for scan in fresh})
    rows = []
    for scan in fresh:
        noted, one = lists.get(scan.list_key), known.get(scan.code)
        answers[scan.id] = _judge(scan, noted, one, event_id, expected)
        if answers[scan.id] is Answer.DONE and noted and one:
            rows.append(_row(scan, noted.id, one, by, now))
    kept = insert_new(Scan, Scan.id, rows)
    for person in dict.fromkeys(row["registration_id"] for row in rows if row["id"] in kept):
        record(PresenceChanged(event_id=event_id, registration_id=person))
    return answers


def _judge(
    scan: ScanInput, noted: CheckList | None, one: Known | None, event_id: int, expected: dict[int, frozenset[int]]
) -> Answer:
    if noted is None:
        return Answer.REFUSED
    return rules.judge(one, scan.kind, event_id=event_id, expected=expected.get(noted.id))


def _row(scan: ScanInput, list_id: int, one: Known, by: By, now: datetime) -> dict[str, Any]:
    return {
        "id": scan.id,
        "list_id": list_id,
        "registration_id": one.registration_id,
        "companion_id": one.companion_id,
        "kind": scan.kind,
        "undoes": scan.undoes if scan.kind is ScanKind.UNDO else None,
        "at": rules.noted_at(scan.at, now),
        "received_at": now,
        "method": scan.method,
        "helper_id": by.helper_id,
        "account_id": by.account_id,
        "device": by.device,
    }
