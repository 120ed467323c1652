"""Tell the people of a practice what happened in its review: to each once, and together what comes together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.jobs import services as jobs
from app.kernel.db import db, hold_name, transactional
from app.mail import services as mail
from app.network.actors import Actor
from app.practices.models import Practice, PracticeNews
from app.practices.queries import people
from app.practices.queries.people import Addressee
from app.practices.rules.news import QUIET, Circle, Happening, is_time_to_tell, told_of

TELL = "practices.tell"
NEWS = "practice_news"
_PEOPLE: dict[Circle, Callable[[Practice], list[Addressee]]] = {
    Circle.EDITOR: people.editors_of,
    Circle.WRITER: people.writers_of,
    Circle.EXPERT: people.experts_asked,
    Circle.AUTHOR: people.named_authors,
}


@dataclass(slots=True)
class _Pile:
    """What one person is told: ids of changes and comments, and whether an opinion is asked for."""

    to: Addressee
    circles: set[Circle] = field(default_factory=set)
    refs: dict[Happening, list[int]] = field(default_factory=dict)


def note(practice: Practice, happening: Happening, ref: int, *, actor: Actor, now: datetime) -> None:
    """Have it told in a while, inside a verb. What commands do is told to nobody."""
    if actor.is_system:
        return
    db.session.add(
        PracticeNews(practice_id=practice.id, happening=happening, ref=ref, account_id=actor.account_id, at=now)
    )
    key = f"{TELL}:{practice.id}:{happening}:{ref}:{now.isoformat()}"
    jobs.put(TELL, dedupe_key=key, run_at=now + QUIET, practice_id=practice.id)


@transactional
def tell(practice_id: int, *, now: datetime) -> None:
    """Leave the mails about everything that was not told yet, unless more is just coming: then it goes with that."""
    hold_name(f"{TELL}:{practice_id}")
    rows = people.news_of(practice_id)
    practice = people.practice_for_mail(practice_id)
    if practice is None or not is_time_to_tell((row.at for row in rows), now):
        return
    mail.queue_all([_letter(practice, pile, rows[-1].at) for pile in _piles(practice, rows)], now=now)
    for row in rows:
        db.session.delete(row)


def _piles(practice: Practice, rows: Sequence[PracticeNews]) -> Iterator[_Pile]:
    """One for each address. Who did something knows it."""
    steps = {change.id: change.step for change in people.changes(_refs(rows, Happening.MOVED))}
    known: dict[Circle, list[Addressee]] = {}
    piles: dict[str, _Pile] = {}
    for row in rows:
        circles = told_of(row.happening, steps.get(row.ref) if row.happening is Happening.MOVED else None)
        for circle in sorted(circles, key=list(Circle).index):
            if circle not in known:
                known[circle] = _PEOPLE[circle](practice)
            for one in known[circle]:
                is_asked_other = row.happening is Happening.ASKED and row.ref != one.person_id
                if is_asked_other or (row.account_id is not None and row.account_id == one.account_id):
                    continue
                pile = piles.setdefault(one.key, _Pile(one))
                pile.circles.add(circle)
                refs = pile.refs.setdefault(row.happening, [])
                if row.ref not in refs:
                    refs.append(row.ref)
    yield from piles.values()


def _refs(rows: Sequence[PracticeNews], happening: Happening) -> list[int]:
    return [row.ref for row in rows if row.happening is happening]


def _letter(practice: Practice, pile: _Pile, newest: datetime) -> mail.Letter:
    comments = pile.refs.get(Happening.COMMENTED, []) + pile.refs.get(Happening.ANSWERED, [])
    return mail.Letter(
        name=NEWS,
        recipient=pile.to.email,
        locale=pile.to.locale,
        about=f"practice:{practice.id}",
        dedupe_key=f"{NEWS}:{practice.id}:{newest.isoformat()}:{pile.to.key}",
        context={
            "practice_id": practice.id,
            "circle": str(min(pile.circles, key=list(Circle).index)),
            "change_ids": pile.refs.get(Happening.MOVED, []),
            "comment_ids": sorted(comments),
            "asked_id": next(iter(pile.refs.get(Happening.ASKED, [])), None),
        },
    )
