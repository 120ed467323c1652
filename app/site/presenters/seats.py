"""What a page says about places, and what one can do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.date_words import day_words
from app.kernel.phrases import say
from app.registration.presenters import SeatsView, view_of
from app.registration.queries import ShownSeats
from app.registration.rules import Window
from app.site.presenters.dates import local, moment_words

UNKNOWN = ShownSeats(capacity=None, confirmed=0, waiting=0, has_waitlist=False, opens_at=None, closes_at=None)
BY_SEATS = frozenset({Window.OPEN, Window.WAITLIST, Window.FULL, Window.NOT_YET_OPEN, Window.CLOSED})
WITH_PLACES = frozenset({Window.OPEN, Window.WAITLIST, Window.FULL, Window.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsLine:
    """``words`` stands out, ``detail`` follows it; ``capacity`` is empty where no meter is drawn."""

    window: Window
    words: str = ""
    detail: str = ""
    tone: str = ""
    taken: int = 0
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What the reader of an event can do: a button where there is something to do, and a sentence."""

    window: Window
    sentence: str
    button: str = ""
    url: str = ""


def view(event: Any, shown: ShownSeats | None, now: datetime) -> SeatsView:
    """The seats of an event, whose row or columns these are."""
    return view_of(
        shown or UNKNOWN,
        status=event.status,
        audience=event.audience,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        now=now,
    )


def seats_line(event: Any, shown: ShownSeats | None, now: datetime) -> SeatsLine:
    """The places of an event in one line of a list."""
    seats = view(event, shown, now)
    state = seats.state
    if shown is None and state in BY_SEATS:
        return SeatsLine(window=Window.CLOSED)
    if state is Window.NOT_YET_OPEN and seats.opens_at:
        opens = local(seats.opens_at, event.timezone).date()
        return SeatsLine(window=state, words=_("Opens on %(day)s", day=day_words(opens)))
    if state in {Window.OPEN, Window.WAITLIST, Window.FULL}:
        return _by_count(seats)
    words, tone = _short(state)
    return SeatsLine(window=state, words=words, tone=tone)


def _short(state: Window) -> tuple[str, str]:
    match state:
        case Window.CALLED_OFF:
            return _("Called off"), "bad"
        case Window.POSTPONED:
            return _("Postponed"), "wait"
        case Window.BY_INVITATION | Window.INTERNAL:
            return _("By invitation"), ""
        case Window.CLOSED:
            return _("Registration closed"), ""
        case Window.NOT_PUBLISHED:
            return _("Draft"), ""
    return "", ""


def _by_count(seats: SeatsView) -> SeatsLine:
    if seats.capacity is None:
        return SeatsLine(window=seats.state, words=_("Open"), detail=_("no limit"), tone="ok")
    if seats.state is Window.OPEN:
        words, detail, tone = (
            _("%(free)d of %(capacity)d places", free=seats.free, capacity=seats.capacity),
            _("left"),
            "",
        )
    else:
        words, tone = _("Full") if seats.confirmed >= seats.capacity else _("Waiting list"), "wait"
        detail = ngettext("%(num)d waiting", "%(num)d waiting", seats.waiting) if seats.waiting else ""
    return SeatsLine(
        window=seats.state, words=words, detail=detail, tone=tone, taken=seats.confirmed, capacity=seats.capacity
    )


def next_step(event: Any, shown: ShownSeats | None, now: datetime) -> NextStep:
    """What the reader can do next about an event, by the rule that decides registrations."""
    seats = view(event, shown, now)
    url = f"/events/{event.slug}/register"
    if shown is None and seats.state in BY_SEATS:
        return NextStep(window=Window.CLOSED, sentence=_("There is no registration for this event."))
    match seats.state:
        case Window.OPEN:
            sentence = _("It takes a minute and needs no account.")
            return NextStep(window=seats.state, button=_("Register"), url=url, sentence=sentence)
        case Window.WAITLIST:
            sentence = _(
                "You would be number %(number)d. We write to you as soon as a place is free.", number=seats.next_number
            )
            return NextStep(window=seats.state, button=_("Join the waiting list"), url=url, sentence=sentence)
        case Window.NOT_YET_OPEN if seats.opens_at:
            opens = moment_words(seats.opens_at, event.timezone)
            sentence = _("Registration opens on %(moment)s.", moment=opens)
            return NextStep(window=seats.state, sentence=sentence)
    return NextStep(window=seats.state, sentence=say(seats.state))
