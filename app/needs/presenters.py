"""What pages show of needs."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.kernel.formulas import defuse
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.needs import links, queries
from app.needs.models import Need, NeedCollection
from app.needs.rules import Collecting, NeedState
from app.needs.times import collecting_of
from app.printing import qr_drawing


def title_of(item: AgendaItem | None) -> str:
    return (item.title.wording(language()).text or say(item.kind)) if item else ""


def votes_words(count: int) -> str:
    return ngettext("%(num)d vote", "%(num)d votes", count)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenNeed:
    need: Need
    votes: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPage:
    """A part of an agenda on the phone of somebody who takes part in it."""

    event: Event
    item: AgendaItem
    title: str
    takes_entries: bool
    takes_votes: bool
    is_early: bool
    needs: list[TakenNeed]


def taking_page(item: AgendaItem, voter: str, now: datetime) -> TakingPage:
    collecting = collecting_of(item, queries.collection(item.id))
    needs = queries.shown_at(item.id)
    mine = queries.voted_for(voter, [need.id for need in needs]) if voter else set()
    return TakingPage(
        event=item.event,
        item=item,
        title=title_of(item),
        takes_entries=collecting.takes_entries(now),
        takes_votes=collecting.takes_votes(now),
        is_early=now < collecting.opens_at,
        needs=[TakenNeed(need=need, votes=votes_words(need.voters), is_mine=need.id in mine) for need in needs],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedPart:
    """``url`` and ``code`` are empty until the link of the table was made."""

    item: AgendaItem
    title: str
    collection: NeedCollection | None
    collecting: Collecting
    needs: list[Need]
    url: str
    code: str


def managed_parts(event: Event) -> list[ManagedPart]:
    """Every part that collects needs, with what was said there."""
    collections = queries.collections_of(event.id)
    by_item = {
        item_id: list(needs)
        for item_id, needs in groupby(
            sorted(queries.of_event(event.id), key=lambda need: need.item_id or 0), key=lambda need: need.item_id
        )
    }
    return [_managed(item, collections.get(item.id), by_item.get(item.id, [])) for item in queries.parts_of(event.id)]


def _managed(item: AgendaItem, collection: NeedCollection | None, needs: list[Need]) -> ManagedPart:
    url = links.url(collection) if collection else ""
    return ManagedPart(
        item=item,
        title=title_of(item),
        collection=collection,
        collecting=collecting_of(item, collection),
        needs=needs,
        url=url,
        code=qr_drawing(url) if url else "",
    )


def as_csv(needs: Sequence[Need]) -> bytes:
    """As spreadsheets open it: UTF-8 with its mark, no cell that would be worked out."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_("Need"), _("Part"), _("On behalf of"), _("Priority"), _("Votes"), _("State"), _("Reason")])
    for need in needs:
        cells = (
            need.text,
            title_of(need.item),
            need.cluster.name if need.cluster else "",
            say(need.priority),
            need.voters,
            say(need.state),
            need.reason or "",
        )
        writer.writerow([defuse(cell) if isinstance(cell, str) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def choices_to_merge(needs: Collection[Need]) -> list[tuple[str, str]]:
    """Those that another can go into, shortened to be told apart in a list."""
    return [(need.public_id, need.text[:80]) for need in needs if need.state is NeedState.SHOWN]
