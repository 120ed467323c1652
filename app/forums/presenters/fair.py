"""Stands of a fair, and how many are interested. Nobody is named anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.events.presenters import place_line, when
from app.forums.models import FairStand
from app.forums.presenters.papers import funding
from app.forums.queries import fair as queries
from app.kernel.date_words import day_words, local_day
from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.printing import qr_drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class StandView:
    """A stand; ``interested`` is how many tapped there, ``is_mine`` whether the reader did."""

    id: int
    number: int
    place: str
    code: str
    title: Wording
    summary: Wording
    owner: str
    slug: str
    is_published: bool
    interested: int
    is_mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestView:
    """What a fair brought a practice, for its owner."""

    event: Wording
    day: str
    interested: int


def stands_of(item: AgendaItem, reader: int | None = None) -> list[StandView]:
    """The stands of a fair, as somebody sees them: three queries at most."""
    rows = queries.stands_of(item.id)
    counted = queries.counts([row.id for row in rows])
    mine = queries.interests_of(reader) if reader else frozenset()
    return [stand_view(row, counted.get(row.id, 0), is_mine=row.id in mine) for row in rows]


def stand_view(row: FairStand, interested: int = 0, *, is_mine: bool = False) -> StandView:
    practice, lang = row.practice, language()
    return StandView(
        id=row.id,
        number=row.number,
        place=row.place,
        code=row.code,
        title=practice.title.wording(lang),
        summary=practice.summary.wording(lang),
        owner=practice.owner.name,
        slug=practice.slug,
        is_published=practice.is_published,
        interested=interested,
        is_mine=is_mine,
    )


def interest_in(practice_id: int) -> list[InterestView]:
    """The fairs at which a practice stood, and how many were interested at each."""
    rows = queries.fairs_of(practice_id)
    counted = queries.counts([row.id for row in rows])
    return [
        InterestView(
            event=row.title.wording(language()),
            day=day_words(local_day(row.starts_at, row.timezone)),
            interested=counted.get(row.id, 0),
        )
        for row in rows
    ]


def interested_words(count: int) -> str:
    return ngettext("%(num)d person is interested", "%(num)d people are interested", count)


def stand_words(number: int) -> str:
    return _("Stand %(number)s", number=number)


def stand_address(event: Event, code: str, public_url: str) -> str:
    """What the square at a stand opens."""
    return f"{public_url}/events/{event.slug}/stands/{code}"


def cards_paper(item: AgendaItem, public_url: str) -> dict[str, Any]:
    """A page for each stand: number, practice, owner, and the code."""
    event = item.event
    title = event.title.wording(language()).text
    return {
        "title": _("%(paper)s: %(event)s", paper=_("Stands"), event=title),
        "lang": language(),
        "name": _("Stands"),
        "foot": " · ".join((_("Stands"), title, when(event).days)),
        "event": {"title": title, "kind": str(event.kind), "when": str(when(event)), "place": place_line(event)},
        "funding": funding(event),
        "nobody": _("There is no stand yet."),
        "code_words": _("Interested? Read the code with your phone."),
        "stands": [
            {
                "name": stand_words(one.number),
                "title": one.title.text,
                "owner": one.owner,
                "summary": one.summary.text,
                "code": qr_drawing(stand_address(event, one.code, public_url)),
            }
            for one in stands_of(item)
        ],
    }
