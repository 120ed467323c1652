"""Who may say something afterwards, when, and what is shown of it."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.feedback import errors
from app.questions.rules import RATINGS, Asked, Kind, is_answered

# of anonymous answers: fewer could be told apart by who knows the people
LEAST_SHOWN = 5
USUALLY_OPEN_FOR = timedelta(days=60)
MOST_BARS = 12
_IN_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.DATE})


class FeedbackState(StrEnum):
    """What somebody can do with a form."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Window:
    """When a form may be answered: from the end of the event on for two months, unless its organiser says else."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was answered to one question. ``is_hidden``: too few anonymous answers to show any of them."""

    question: Asked
    answers: int
    bars: tuple[tuple[Any, int], ...] = ()
    mean: float | None = None
    texts: tuple[Any, ...] = ()
    is_hidden: bool = False


def window(opens_at: datetime | None, closes_at: datetime | None, *, ends_at: datetime) -> Window:
    """The window of a form; a deadline that lies before the end of the event opens the form at once."""
    closes = closes_at or max(ends_at, opens_at or ends_at) + USUALLY_OPEN_FOR
    return Window(opens_at or min(ends_at, closes), closes)


def state(window: Window, *, is_asked: bool, has_answered: bool, is_sealed: bool, now: datetime) -> FeedbackState:
    """``is_sealed``: it can no longer be told who has answered, so nobody answers any more."""
    if not is_asked:
        return FeedbackState.NOT_ASKED
    if has_answered:
        return FeedbackState.ANSWERED
    if now < window.opens_at:
        return FeedbackState.NOT_YET
    return FeedbackState.CLOSED if is_sealed or now >= window.closes_at else FeedbackState.OPEN


def check_open(state: FeedbackState) -> None:
    """Raises NotAsked, AnsweredOnce, NotYetOpen or OverAlready."""
    refusals = {
        FeedbackState.NOT_ASKED: errors.NotAsked,
        FeedbackState.ANSWERED: errors.AnsweredOnce,
        FeedbackState.NOT_YET: errors.NotYetOpen,
        FeedbackState.CLOSED: errors.OverAlready,
    }
    if state in refusals:
        raise refusals[state]


def respondent(key: str, registration_id: int) -> str:
    """That somebody has answered, not who: without the key, which is destroyed, it leads nowhere."""
    return hmac.new(key.encode(), str(registration_id).encode(), hashlib.sha256).hexdigest()


def may_show(replies: int, *, is_anonymous: bool) -> bool:
    return not is_anonymous or replies >= LEAST_SHOWN


def check_shown(replies: int, *, is_anonymous: bool) -> None:
    """Raises TooFewReplies."""
    if not may_show(replies, is_anonymous=is_anonymous):
        raise errors.TooFewReplies(least=LEAST_SHOWN)


def summarise(question: Asked, values: Iterable[Any], *, is_anonymous: bool) -> Summary:
    """Count the answers to a question; with fewer than LEAST_SHOWN anonymous ones only how many there are."""
    given = [value for value in values if _counts(question, value)]
    if not may_show(len(given), is_anonymous=is_anonymous):
        return Summary(question=question, answers=len(given), is_hidden=True)
    if question.kind in _IN_WORDS:
        return Summary(question=question, answers=len(given), texts=tuple(sorted(map(str, given))))
    counts = Counter(one for value in given for one in _single(question, value))
    return Summary(question=question, answers=len(given), bars=_bars(question, counts), mean=_mean(question, given))


def _counts(question: Asked, value: Any) -> bool:
    return value is not None if question.kind is Kind.CONSENT else is_answered(question, value)


def _single(question: Asked, value: Any) -> list[Any]:
    if question.kind is Kind.CONSENT:
        return [bool(value.get("agreed"))] if isinstance(value, Mapping) else []
    return value if isinstance(value, list) else [value]


def _bars(question: Asked, counts: Counter[Any]) -> tuple[tuple[Any, int], ...]:
    match question.kind:
        case Kind.RATING:
            return tuple((stars, counts[stars]) for stars in RATINGS)
        case Kind.CHOICE | Kind.SEVERAL:
            known = [choice.code for choice in question.choices]
            return tuple((code, counts[code]) for code in [*known, *sorted(set(counts) - set(known))])
        case Kind.CONSENT:
            return tuple((agreed, counts[agreed]) for agreed in (True, False))
        case Kind.NUMBER:
            return tuple(sorted(counts.items())) if len(counts) <= MOST_BARS else ()
        case _:
            return tuple(counts.most_common())


def _mean(question: Asked, values: list[Any]) -> float | None:
    if question.kind not in {Kind.RATING, Kind.NUMBER} or not values:
        return None
    return sum(values) / len(values)
