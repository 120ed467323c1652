"""The running order of pitches, the vote and its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.models import AgendaItem
from app.agenda.rules import clock
from app.events.models import Event
from app.forums.models import PitchSession
from app.forums.queries import pitches as queries
from app.forums.rules import pitches as rules
from app.forums.rules.pitches import Vote
from app.kernel.date_words import clock_time, day_words, local_day
from app.kernel.phrases import say


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchView:
    """A pitch in its turn. ``rank`` and ``votes`` are None until the vote is closed."""

    id: int
    time: str
    minutes: int
    own_minutes: int | None
    title: str
    speaker: str
    organisation: str
    ask: str
    rank: int | None = None
    votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Pitches in their order; ``result`` holds them by rank once the vote is closed. ``cast`` votes in all."""

    pitches: tuple[PitchView, ...]
    result: tuple[PitchView, ...]
    vote: Vote
    vote_words: str
    window: str
    cast: int
    ends: str
    too_long_by: int


def view_of(session: PitchSession | None, item: AgendaItem, now: datetime) -> SessionView:
    """Three queries, however many pitches there are."""
    rows = session.pitches if session else []
    usual = session.minutes if session else rules.USUAL
    opens, closes = (session.opens_at, session.closes_at) if session else (None, None)
    state = rules.vote_state(opens, closes, now)
    votes = queries.counts(item.id) if state in {Vote.OPEN, Vote.CLOSED} else {}
    ranks: dict[int, tuple[int, int]] = {}
    if state is Vote.CLOSED:
        ranks = {key: (rank, count) for rank, key, count in rules.ranked([one.id for one in rows], votes)}
    turns = {turn.id: turn for turn in rules.running_order([(one.id, one.minutes) for one in rows], usual)}
    shown = tuple(
        PitchView(
            id=one.id,
            time=clock(item.start_minute + turns[one.id].begins),
            minutes=turns[one.id].minutes,
            own_minutes=one.minutes,
            title=one.title,
            speaker=one.speaker,
            organisation=one.organisation,
            ask=one.ask,
            rank=ranks[one.id][0] if ranks else None,
            votes=ranks[one.id][1] if ranks else None,
        )
        for one in rows
    )
    lasts = sum(turn.minutes for turn in turns.values())
    by_id = {one.id: one for one in shown}
    return SessionView(
        pitches=shown,
        result=tuple(by_id[key] for key in ranks),
        vote=state,
        vote_words=say(state),
        window=window_words(opens, closes, item.event),
        cast=sum(votes.values()),
        ends=clock(item.start_minute + lasts),
        too_long_by=max(0, lasts - (item.end_minute - item.start_minute)),
    )


def window_words(opens_at: datetime | None, closes_at: datetime | None, event: Event) -> str:
    """``23 January 2027, 14:00 – 15:00``: when people vote, on the clocks of the event."""
    if opens_at is None or closes_at is None:
        return ""
    zone = event.timezone
    first, last = local_day(opens_at, zone), local_day(closes_at, zone)
    begins, ends = clock_time(opens_at, zone), clock_time(closes_at, zone)
    if first == last:
        return _("%(day)s, %(start)s – %(end)s", day=day_words(first), start=begins, end=ends)
    return _(
        "from %(first)s, %(start)s, to %(last)s, %(end)s",
        first=day_words(first),
        start=begins,
        last=day_words(last),
        end=ends,
    )


def votes_words(count: int) -> str:
    return ngettext("%(num)d vote", "%(num)d votes", count)
