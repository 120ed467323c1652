"""What the pages of check-in show, and what a phone keeps for when there is no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from app.events.models import Event
from app.events.rules import Format, Status
from app.kernel.codes import public_id_in
from app.kernel.date_words import clock_time, day_with_weekday, day_words, local_day, rough_date
from app.kernel.dates import DatePrecision, RoughDate
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.presence import rules
from app.presence.models import CheckList, HelperLink
from app.presence.queries import Person, Roll, day_list, is_self_open, present_days
from app.presence.rules import Counted, Here, ListKind, Standing, State
from app.presence.services.days import first_day, number_of_days
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.registration.rules import LIVE, Origin, Place
from app.search.rules import fold

SHOWN = 60


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """The code for the door, the way to check oneself in, and the days of presence, counted from 1."""
    event = registration.allotment.event
    is_confirmed = registration.place is Place.CONFIRMED
    is_to_come = now < event.ends_at and event.status is not Status.CALLED_OFF
    has_code = is_confirmed and event.format is not Format.ONLINE and is_to_come
    is_open = is_confirmed and is_self_open(event.id, now)
    return OwnPart(
        name="present_on_days",
        template="presence/_own.html" if has_code or is_open else "",
        values={"has_code": has_code, "is_open": is_open},
        kept=sorted(present_days(registration.id)) or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list as a page names it; ``row`` is None for a day on which nothing was noted yet."""

    key: str
    name: str
    row: CheckList | None

    @property
    def id(self) -> int | None:
        return self.row.id if self.row else None

    @property
    def has_exit(self) -> bool:
        return bool(self.row and self.row.has_exit)

    @property
    def day(self) -> int:
        return self.row.day if self.row else int(self.key[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Somebody on one list."""

    id: int
    code: str
    name: str
    about: str  # of a companion: with whom
    organisation: str
    place: Place
    has_place: bool
    waits: bool
    is_expected: bool
    state: State
    standing: Standing
    by_hand: bool
    scan_id: str
    since: str


def list_views(event: Event, lists: Sequence[CheckList]) -> list[ListView]:
    """Every day of the event has a list; then the organiser's own. Lists of days that are no more stay if used."""
    days = [_day_view(event, number, day_list(lists, number)) for number in range(1, number_of_days(event) + 1)]
    named = {one.key for one in days}
    return days + [ListView(key=one.key, name=_name(event, one), row=one) for one in lists if one.key not in named]


def day_choices(event: Event) -> list[tuple[int, str]]:
    return [(number, _day_name(event, number)) for number in range(1, number_of_days(event) + 1)]


def chosen_list(views: Sequence[ListView], event: Event, key: str, now: datetime) -> ListView:
    """The list that was asked for, else that of today, else the first."""
    today = (local_day(now, event.timezone) - first_day(event)).days + 1
    wanted = (key, f"d{today}")
    return next((one for name in wanted for one in views if one.key == name), views[0])


def person_views(event: Event, roll: Roll, chosen: ListView, query: str = "") -> list[PersonView]:
    """People in the order of names, those called as was asked before those whose organisation is.

    Accents need not be typed. Whoever lost the place is shown only when looked for.
    """
    words = fold(public_id_in(query)).split()
    found: list[tuple[bool, PersonView]] = []
    for one in roll.people:
        text = fold(f"{one.full_name} {one.with_whom} {one.organisation} {one.code}") if words else ""
        if not all(word in text for word in words):
            continue
        view = person_view(event, roll, one, chosen)
        if words or view.has_place or view.state is not State.AWAITED:
            found.append((not _has_words(one.full_name, words), view))
    return [view for _is_other, view in sorted(found, key=lambda pair: pair[0])]


def _has_words(name: str, words: Sequence[str]) -> bool:
    folded = fold(name)
    return all(word in folded for word in words)


def person_view(event: Event, roll: Roll, one: Person, chosen: ListView) -> PersonView:
    here = roll.here_of(one, chosen.id)
    return PersonView(
        id=one.id,
        code=one.code,
        name=name_of(one),
        about=along_words(one),
        organisation=one.organisation,
        place=one.place,
        has_place=one.place is Place.CONFIRMED,
        waits=one.place in LIVE and one.place is not Place.CONFIRMED,
        is_expected=roll.is_expected(one, chosen.id),
        state=here.state if here else State.AWAITED,
        standing=roll.standing(one, chosen.id) if chosen.id else Standing.EXPECTED,
        by_hand=bool(chosen.id) and not one.comes_along and (one.id, chosen.id) in roll.by_hand,
        scan_id=here.scan_id if here else "",
        since=clock_time(here.since, event.timezone) if here else "",
    )


def figures(roll: Roll, chosen: ListView) -> Counted:
    return roll.counted(chosen.id)


def validity_words(link: HelperLink, event: Event) -> str:
    """The day on which a link opens something."""
    return day_words(local_day(link.valid_from, event.timezone))


def link_state(link: HelperLink, now: datetime) -> str:
    if link.revoked_at:
        return _("Taken back")
    if now < link.valid_from:
        return _("Opens on the day")
    return _("Over") if now >= link.valid_until else _("Open")


def moment(instant: datetime | None, event: Event) -> str:
    """A day and a time on the clocks of the event."""
    if instant is None:
        return ""
    return f"{day_words(local_day(instant, event.timezone))}, {clock_time(instant, event.timezone)}"


def window_words(one: CheckList | None, event: Event) -> str:
    """``18 March 2027, 09:00 – 10:30``; empty without a window."""
    if one is None or one.self_from is None or one.self_until is None:
        return ""
    return f"{moment(one.self_from, event)} – {clock_time(one.self_until, event.timezone)}"


def code_on_wall(one: CheckList) -> str:
    """``ABC DEF``: in capitals, which are read from afar."""
    code = (one.self_code or "").upper()
    return f"{code[:3]} {code[3:]}"


def for_phone(event: Event, roll: Roll, link: HelperLink, now: datetime) -> dict[str, Any]:
    """What a phone keeps: names, organisations and public ids, and where everybody stands. No address of anybody."""
    views = list_views(event, roll.lists)
    return {
        "now": _milliseconds(now),
        "zone": event.timezone,
        "until": _milliseconds(link.valid_until),
        "today": chosen_list(views, event, "", now).key,
        "lists": [_list_data(roll, one) for one in views],
        "people": [_person_data(roll, one, views) for one in roll.people],
    }


def _list_data(roll: Roll, one: ListView) -> dict[str, Any]:
    only = roll.expected.get(one.id) if one.id else None
    codes = None if only is None else [person.code for person in roll.people if person.id in only]
    return {"key": one.key, "name": one.name, "day": one.day, "exit": one.has_exit, "only": codes}


def _person_data(roll: Roll, one: Person, views: Sequence[ListView]) -> dict[str, Any]:
    here = {view.key: roll.here_of(one, view.id) for view in views}
    place = "yes" if one.place is Place.CONFIRMED else "waits" if one.place in LIVE else "none"
    return {
        "code": one.code,
        "name": name_of(one),
        "with": one.public_id if one.comes_along else "",
        "about": along_words(one),
        "organisation": one.organisation,
        "place": place,
        "walkedIn": one.origin is Origin.WALK_IN,
        "here": {key: _here_data(found) for key, found in here.items() if found},
        "hand": {
            view.key: say(roll.by_hand[one.id, view.id])
            for view in views
            if view.id and not one.comes_along and (one.id, view.id) in roll.by_hand
        },
    }


def _here_data(here: Here) -> list[Any]:
    return [str(here.state), _milliseconds(here.since), here.scan_id]


def phone_words() -> dict[str, str]:
    """Every sentence that the page on the phone may have to say by itself."""
    return {
        "in": _("Check in"),
        "out": _("Check out"),
        "undo": _("Undo"),
        "here": _("Here since {time}"),
        "left": _("Left at {time}"),
        "expected": _("Expected"),
        "checkedIn": _("{name} is checked in."),
        "checkedOut": _("{name} is checked out."),
        "undone": _("Taken back: {name}."),
        "already": _("{name} is here already, since {time}."),
        "party": _("{name} is checked in. Who comes along is below: check in those who are here."),
        "walkIn": _("{name} is let in as a walk-in."),
        "sent": _("Everything is sent."),
        "waiting": _("{count} not sent yet"),
        "offline": _("No network: go on, everything is kept on this phone."),
        "nobody": _("Nobody of that name. Let them in as a walk-in?"),
        "more": _("{count} more: type a name."),
        "waits": say(rules.Answer.NO_PLACE),
        "none": say(rules.Answer.WITHDRAWN),
        "notExpected": say(rules.Answer.NOT_EXPECTED),
        "unknown": say(rules.Answer.UNKNOWN),
        "noCamera": _("The camera cannot be used. Allow it in the browser, or look people up by name."),
        "scanning": _("Hold a code in front of the camera."),
        "look": _("{name}: {why}"),
        "over": _("This link opens nothing any more. Names were erased from this phone."),
        **{f"answer-{answer}": say(answer) for answer in rules.Answer},
    }


def _day_view(event: Event, number: int, row: CheckList | None) -> ListView:
    return ListView(key=f"d{number}", name=_day_name(event, number), row=row)


def _day_name(event: Event, number: int) -> str:
    if event.date_precision is not DatePrecision.DAY:
        return rough_date(RoughDate(first_day(event), event.date_precision))
    day = day_with_weekday(first_day(event) + timedelta(days=number - 1))
    if number_of_days(event) == 1:
        return day
    return _("Day %(number)s: %(day)s", number=number, day=day)


def _name(event: Event, one: CheckList) -> str:
    if one.kind is ListKind.DAY:
        return _day_name(event, one.day)
    return one.label.wording(language()).text


def name_of(one: Person) -> str:
    """The name; a companion without one is somebody's guest."""
    return one.full_name or _("Guest of %(name)s", name=one.with_whom)


def along_words(one: Person) -> str:
    """``with Ada Esempio: companion 1 of 2``; empty for who registered."""
    if not one.comes_along:
        return ""
    return _(
        "with %(name)s: companion %(number)s of %(count)s",
        name=one.with_whom,
        number=one.number,
        count=one.companions,
    )


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
