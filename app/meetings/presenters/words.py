"""Names, topics and moments in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.models import Event
from app.kernel.date_words import day_with_weekday, local_day, time_span
from app.kernel.i18n import language
from app.meetings import queries, rules
from app.meetings.rules import SlotTime
from app.registration.models import Registration


def name_of(one: Registration) -> str:
    return f"{one.given_name} {one.family_name}"


def topic_choices(event: Event) -> list[tuple[str, str]]:
    """Sectors, then the specialisations of the event's sectors, as code and words."""
    lang = language()
    sectors = [(f"sector:{one.id}", one.name.wording(lang).text) for one in queries.sectors()]
    ids = [one.id for one in event.sectors]
    special = [
        (f"specialisation:{one.id}", one.name.wording(lang).text)
        for one in (queries.specialisations_of(ids) if ids else ())
    ]
    return [*sectors, *special]


def topic_words() -> dict[str, str]:
    """The words of every topic of the network, by its code as it is compared."""
    lang = language()
    known = {f"sector:{one.id}": one.name.wording(lang).text for one in queries.sectors()}
    known |= {f"specialisation:{one.id}": one.name.wording(lang).text for one in queries.specialisations_of(())}
    return {rules.key_of_word(code): words for code, words in known.items()}


def said_topics(codes: Iterable[str], words: dict[str, str]) -> tuple[str, ...]:
    """Topics in words; free ones as they were written."""
    found = (words.get(rules.key_of_word(code)) or code.partition(":")[2] for code in codes)
    return tuple(dict.fromkeys(found))


def moment(instant: datetime | None, event: Event) -> str:
    """Day and hour on the event's clocks."""
    if instant is None:
        return ""
    day = day_with_weekday(local_day(instant, event.timezone))
    return _("%(day)s, %(time)s", day=day, time=time_span(instant, instant, event.timezone).partition("–")[0])


def meetings_words(count: int) -> str:
    return ngettext("%(num)d meeting", "%(num)d meetings", count)


def day_of(slot: SlotTime, event: Event) -> str:
    return day_with_weekday(local_day(slot.starts_at, event.timezone))


def time_of(slot: SlotTime, event: Event) -> str:
    return time_span(slot.starts_at, slot.ends_at, event.timezone)
