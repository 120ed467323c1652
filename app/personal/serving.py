"""The file at a personal address."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.calendars.calendar import calendar_head, head_of, is_sound, join, plain_calendar
from app.feeds.joining import APPLE_COLOR, COLOR
from app.personal.direct import Entry, Served

REVISION = 1
"""Raised when this program would write other bytes for the same entries."""


def etag_of(token: Served) -> str:
    """The stamp parts versions that two lives of a database both counted."""
    return f'W/"{token.public_id}-{token.version}-{int(token.changed_at.timestamp()):x}-{REVISION}"'


def calendar_name(label: str, lang: str) -> str:
    with force_locale(lang):
        return str(_("Filò – my agenda (%(device)s)", device=label)) if label else str(_("Filò – my agenda"))


def whole(token: Served, entries: Sequence[Entry]) -> bytes:
    """The calendar; its own address stands nowhere in it, as files are passed on."""
    with force_locale(token.language):
        head = calendar_head(
            calendar_name(token.label, token.language),
            _("What concerns you at events in Filò. Only you have this address: do not pass it on."),
            token.language,
            color=COLOR,
            apple_color=APPLE_COLOR,
            url=f"{current_app.config['FILO'].public_url}/calendars",
        )
    sound = [entry for entry in entries if is_sound(entry.zones, entry.body)]
    zones = {zone for zones in {entry.zones for entry in sound} for zone in zones.split()}
    return join(head, zones, [entry.body for entry in sound])


def withdrawn(token: Served) -> bytes:
    """What a revoked address answers: a calendar without entries that says why, for programs that show it."""
    with force_locale(token.language):
        head = calendar_head(
            _("Filò – address withdrawn"),
            _("This address was withdrawn and shows nothing any more. Remove the calendar from this device."),
            token.language,
            url=f"{current_app.config['FILO'].public_url}/calendars",
        )
    return join(head, (), ())


def single(lang: str, zones: str, body: bytes) -> bytes:
    """One entry as a calendar of its own."""
    return join(head_of(plain_calendar(lang)), zones.split(), [body])


def gzipped(body: bytes) -> bytes:
    """No time stands in it, so that equal calendars are equal bytes."""
    return gzip.compress(body, 6, mtime=0)
