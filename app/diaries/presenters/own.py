"""Somebody's own diary: for the page, for the script on it, for the download of everything that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.agenda.presenters import agenda_of
from app.diaries.models import DiaryLine
from app.diaries.queries import lines as queries
from app.diaries.rules import Prompt
from app.diaries.rules.windows import DiaryState
from app.diaries.services.writing import standing_of_line
from app.diaries.standing import DiaryStanding, standing_of
from app.events.models import Event
from app.kernel.date_words import day_words, local_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.registration.models import Registration
from app.registration.own_parts import OwnPart


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field as it stands. ``truth`` is the name of its version, empty where nothing was written yet."""

    prompt: Prompt
    words: str
    text: str
    is_shared: bool
    is_named: bool
    truth: str = ""
    others: Sequence[tuple[str, str]] = ()
    quiet: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStop:
    """``item_id`` is None for a stop that has left the agenda: what was written there is only read."""

    item_id: int | None
    day: str
    starts: str
    title: Wording
    host: str
    fields: Sequence[ShownField]


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """The diary on a participant's own page, and what of it "download my data" holds."""
    if not queries.has_stops(registration.allotment.event_id):
        return None
    kept = [_kept(line) for line in queries.lines_of(registration.id)]
    found = standing(registration, now)
    has_page = found.state in {DiaryState.OPEN, DiaryState.CLOSED, DiaryState.NOT_YET}
    return OwnPart(
        name="diary",
        template="diaries/_own.html" if has_page else "",
        values={"state": found.state, **window_words(found, registration.allotment.event)},
        kept=kept or None,
    )


def standing(registration: Registration, now: datetime) -> DiaryStanding:
    return standing_of(registration, retention_days=retention_days(), now=now)


def retention_days() -> int:
    return current_app.config["FILO"].retention_days  # type: ignore[no-any-return]


def window_words(found: DiaryStanding, event: Event) -> dict[str, str]:
    """From which day until which the diary is written, and when it is erased; empty while that is not known."""
    if found.window is None:
        return {"opens": "", "closes": "", "erased": ""}
    last = found.window.closes_at - timedelta(seconds=1)
    days = {"opens": found.window.opens_at, "closes": last, "erased": found.erased_at}
    return {name: day_words(local_day(instant, event.timezone)) for name, instant in days.items()}


def stops_of(registration: Registration) -> list[ShownStop]:
    """Every stop of the visit with what somebody wrote there, and after them what stops that are gone have left."""
    lines = queries.lines_of(registration.id)
    by_place = {(line.item_id, line.prompt): line for line in lines}
    known = [_stop(stop, by_place) for stop in bare_stops(registration.allotment.event)]
    listed = {one.item_id for one in known}
    gone: dict[Any, list[DiaryLine]] = {}
    for line in lines:
        if line.item_id not in listed and line.text:
            gone.setdefault(line.item_id or line.stop_title, []).append(line)
    return known + [_gone(some) for some in gone.values()]


def bare_stops(event: Event) -> list[ShownStop]:
    """The stops as participants see them, without anything written."""
    agenda = agenda_of(event, language=language())
    return [
        ShownStop(
            item_id=item.id,
            day=day.heading if len(agenda.days) > 1 else "",
            starts=item.starts,
            title=item.title or Wording(item.stop.host.words if item.stop.host else item.kind_words, language(), False),
            host=item.stop.host.words if item.stop.host else "",
            fields=(),
        )
        for day in agenda.days
        for item in day.items
        if item.stop
    ]


def field_state(item_id: int, field: ShownField) -> dict[str, Any]:
    """A field for the script of the page."""
    return {
        "item": item_id,
        "prompt": field.prompt,
        "id": field.truth,
        "text": field.text,
        "shared": field.is_shared,
        "named": field.is_named,
        "others": [{"id": name, "text": text} for name, text in field.others],
        "quiet": list(field.quiet),
    }


def state_of(registration: Registration) -> list[dict[str, Any]]:
    """All fields for the script of the page."""
    return [
        field_state(stop.item_id, field) for stop in stops_of(registration) if stop.item_id for field in stop.fields
    ]


def script_words() -> dict[str, str]:
    """What the script of the page says."""
    return {
        "saved": _("Everything is saved."),
        "saving": _("Saving …"),
        "waiting": _("No network: your words are kept on this device and sent by themselves when it is back."),
        "kept": _("This page opens without network too."),
        "refused": _("This was not taken. Your words stay on this device: copy them, then reload the page."),
        "full": _("This device keeps nothing for pages. Save each stop while there is network."),
        "other": _("You also wrote on another device (only the text above is shared, if you tick it):"),
        "add": _("Add it to the text above"),
        "away": _("Put it away"),
    }


def _stop(stop: ShownStop, lines: Mapping[tuple[int | None, Prompt], DiaryLine]) -> ShownStop:
    fields = [_field(prompt, lines.get((stop.item_id, prompt))) for prompt in Prompt]
    return ShownStop(
        item_id=stop.item_id, day=stop.day, starts=stop.starts, title=stop.title, host=stop.host, fields=fields
    )


def _gone(lines: Sequence[DiaryLine]) -> ShownStop:
    title = lines[0].stop_title.wording(language())
    return ShownStop(
        item_id=None, day="", starts="", title=title, host="", fields=[_field(line.prompt, line) for line in lines]
    )


def _field(prompt: Prompt, line: DiaryLine | None) -> ShownField:
    if line is None:
        return ShownField(prompt=prompt, words=say(prompt), text="", is_shared=False, is_named=False)
    known = standing_of_line(line)
    return ShownField(
        prompt=prompt,
        words=say(prompt),
        text=line.text,
        is_shared=line.is_shared,
        is_named=line.is_named,
        truth=known.truth.id if known.truth else "",
        others=[(one.id, one.text) for one in known.others],
        quiet=known.quiet,
    )


def _kept(line: DiaryLine) -> dict[str, Any]:
    """A line in "download my data"."""
    return {
        "stop": line.stop_title.wording(language()).text,
        "prompt": say(line.prompt),
        "text": line.text,
        "shared_with_the_group": line.is_shared,
        "with_my_name": line.is_named,
        "written_at": line.written_at.isoformat(),
        "also_written_elsewhere": [one.text for one in standing_of_line(line).others],
    }
