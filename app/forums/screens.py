"""What formats show on the screen in a room: notes of a café as they come in, pitches, votes and their result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.rules import ItemKind
from app.agenda.screens import Line, Panel, Source
from app.forums.presenters.harvest import harvest_version
from app.forums.presenters.pitches import PitchView, SessionView, view_of, votes_words
from app.forums.queries import cafe as cafes
from app.forums.queries import pitches
from app.forums.rules.pitches import Vote, vote_state
from app.kernel.ids import digest
from app.kernel.phrases import say

MOST_NOTES = 8


def _cafe_version(event_id: int, _now: datetime) -> str:
    return harvest_version(event_id)


def _cafe_panels(item_ids: Sequence[int], _now: datetime) -> list[Panel]:
    """The newest notes of each café, the last one first."""
    counts = cafes.note_counts(item_ids)
    return [
        Panel(
            item_id=item_id,
            heading=_("Harvest"),
            lead=ngettext("%(num)d note", "%(num)d notes", count) if count else "",
            lines=[
                Line(mark=say(note.tag), words=note.text, note=_("Table %(number)s", number=note.number))
                for note in (cafes.latest_notes(item_id, MOST_NOTES) if count else ())
            ],
            more=max(0, count - MOST_NOTES),
            empty=_("Nothing is noted yet. What tables write on their phones appears here."),
        )
        for item_id, count in counts.items()
    ]


def _pitch_version(event_id: int, now: datetime) -> str:
    """Few pitches and one number of votes: what is shown is read itself."""
    rows = pitches.screen_rows(event_id)
    states = {row.item_id: vote_state(row.opens_at, row.closes_at, now) for row in rows}
    return digest(repr([tuple(row) for row in rows] + sorted(states.items())))[:12] if rows else ""


def _pitch_panels(item_ids: Sequence[int], now: datetime) -> list[Panel]:
    """The running order; while people vote, how many did; afterwards the result."""
    return [_pitch_panel(view_of(one, one.item, now), one.item_id) for one in pitches.sessions(item_ids)]


def _pitch_panel(view: SessionView, item_id: int) -> Panel:
    if view.vote is Vote.CLOSED and view.cast:
        lines = [Line(mark=str(one.rank), words=one.title, note=votes_words(one.votes or 0)) for one in view.result]
        return Panel(item_id=item_id, heading=_("Result of the vote"), lead=votes_words(view.cast), lines=lines)
    lead = ""
    if view.vote is Vote.OPEN:
        cast = votes_words(view.cast)
        lead = _("Vote now on your own page: %(window)s. %(votes)s so far.", window=view.window, votes=cast)
    elif view.vote is Vote.NOT_YET:
        lead = _("The vote: %(window)s", window=view.window)
    return Panel(
        item_id=item_id,
        heading=_("Running order"),
        lead=lead,
        lines=[_turn(one) for one in view.pitches],
        empty=_("No pitch is on the list yet."),
    )


def _turn(one: PitchView) -> Line:
    return Line(mark=one.time, words=one.title, note=", ".join(filter(None, (one.speaker, one.organisation))))


SOURCES: Sequence[Source] = (
    Source(kind=ItemKind.WORLD_CAFE, version=_cafe_version, panels=_cafe_panels),
    Source(kind=ItemKind.PITCH, version=_pitch_version, panels=_pitch_panels),
)
