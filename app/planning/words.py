"""Steps and differences in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.frozen import Frozen
from app.agenda.keeping import Deed
from app.agenda.rules import ItemKind, Span, clock
from app.kernel.date_words import short_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.planning.differences import Difference, Field

RoomName = Callable[[int], str]


def title_words(kept: Frozen) -> str:
    """What an item is called, or else its kind."""
    return Texts(kept["title"]).wording(language()).text or say(ItemKind(kept["kind"]))


def day_words(span: Span, day: int) -> str:
    if span.first_day is None:
        return str(_("Day %(number)s", number=day + 1))
    return short_day(span.first_day + timedelta(days=day))


def when_words(kept: Frozen, span: Span, *, with_day: bool = True) -> str:
    """``18 Mar, 10:00–11:00``"""
    hours = f"{clock(kept['start'])}–{clock(kept['end'])}"
    return str(_("%(day)s, %(hours)s", day=day_words(span, kept["day"]), hours=hours)) if with_day else hours


def where_words(kept: Frozen, room_name: RoomName) -> str:
    """The room, or else the track; empty without either."""
    return room_name(kept["room"]) if kept["room"] else (kept["track"] or "")


def place_words(kept: Frozen, span: Span, room_name: RoomName) -> str:
    """``18 Mar, 10:00–11:00, Hall``"""
    where = where_words(kept, room_name)
    when = when_words(kept, span)
    return str(_("%(when)s, %(where)s", when=when, where=where)) if where else when


def step_words(deed: Deed, before: Mapping[str, Any], after: Mapping[str, Any], span: Span, room_name: RoomName) -> str:
    """What a step did, in one sentence."""
    count = len(after)
    if deed is Deed.SHIFTED:
        return _shifted(before, after, count)
    if deed is Deed.LAID_OUT:
        return str(
            ngettext("a ready agenda of %(num)d item was laid", "a ready agenda of %(num)d items was laid", count)
        )
    key = next(iter(after))
    was, stands = before.get(key), after[key]
    title = title_words((stands or was or {})["kept"])
    if deed is Deed.MOVED and was and stands:
        return _moved(title, was["kept"], stands["kept"], span, room_name)
    at = place_words(stands["kept"], span, room_name) if stands and not stands["waits"] else ""
    return str(
        {
            Deed.ADDED: _("“%(title)s” was added: %(at)s", title=title, at=at),
            Deed.CHANGED: _("“%(title)s” was edited", title=title),
            Deed.REMOVED: _("“%(title)s” was removed", title=title),
            Deed.NOTED_DOWN: _("“%(title)s” was noted down without a time", title=title),
            Deed.PLACED: _("“%(title)s” got a time: %(at)s", title=title, at=at),
            Deed.SET_ASIDE: _("“%(title)s” was set aside", title=title),
        }.get(deed, _("“%(title)s” was edited", title=title))
    )


def _moved(title: str, was: Frozen, stands: Frozen, span: Span, room_name: RoomName) -> str:
    return str(
        _(
            "“%(title)s” went from %(before)s to %(after)s",
            title=title,
            before=place_words(was, span, room_name),
            after=place_words(stands, span, room_name),
        )
    )


def _shifted(before: Mapping[str, Any], after: Mapping[str, Any], count: int) -> str:
    key = next(iter(after))
    stands, was = after[key] or {}, before[key] or {}
    minutes = stands["kept"]["start"] - was["kept"]["start"]
    if minutes < 0:
        return str(
            ngettext(
                "%(num)d item was moved %(minutes)s minutes earlier",
                "%(num)d items were moved %(minutes)s minutes earlier",
                count,
                minutes=-minutes,
            )
        )
    return str(
        ngettext(
            "%(num)d item was moved %(minutes)s minutes later",
            "%(num)d items were moved %(minutes)s minutes later",
            count,
            minutes=minutes,
        )
    )


def difference_words(told: Mapping[str, Any]) -> str:
    """What a release changed of one item, in one sentence."""
    title = Texts(told["title"]).wording(language()).text or say(ItemKind(told["kind"]))
    before, after = told["before"], told["after"]
    what = Difference(told["what"])
    if what is Difference.NEW:
        return str(_("“%(title)s” is new: %(at)s", title=title, at=kept_place(after)))
    if what is Difference.OFF:
        return str(_("“%(title)s” does not take place (it was planned for %(at)s)", title=title, at=kept_place(before)))
    fields = ", ".join(say(Field(name)) for name in told["fields"])
    if what is Difference.CHANGED:
        return str(_("“%(title)s” was changed: %(fields)s", title=title, fields=fields))
    was, stands = _apart(before, after)
    if fields:
        return str(
            _(
                "“%(title)s” moved from %(before)s to %(after)s; also changed: %(fields)s",
                title=title,
                before=was,
                after=stands,
                fields=fields,
            )
        )
    return str(_("“%(title)s” moved from %(before)s to %(after)s", title=title, before=was, after=stands))


def kept_place(place: Mapping[str, Any]) -> str:
    """``18 Mar 2027, 10:00–11:00, Hall`` of what a release keeps."""
    when = _("%(day)s, %(hours)s", day=_kept_day(place), hours=_hours(place))
    return str(_("%(when)s, %(where)s", when=when, where=place["where"])) if place["where"] else str(when)


def _apart(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    """Two places in no more words than tell them apart."""
    same_day, same_room = before["day"] == after["day"], before["where"] == after["where"]
    same_time = (before["start"], before["end"]) == (after["start"], after["end"])
    if same_day and same_room:
        return _hours(before), _hours(after)
    if same_day and same_time and before["where"] and after["where"]:
        return before["where"], after["where"]
    return kept_place(before), kept_place(after)


def _hours(place: Mapping[str, Any]) -> str:
    return f"{clock(place['start'])}–{clock(place['end'])}"


def _kept_day(place: Mapping[str, Any]) -> str:
    if place["on"]:
        return short_day(date.fromisoformat(place["on"]))
    return str(_("Day %(number)s", number=place["day"] + 1))
