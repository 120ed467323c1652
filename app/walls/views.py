"""What is on now, for phones and for screens. Both ask again every few seconds, and are mostly told "no news"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from markupsafe import Markup

from app.agenda.screens import Source, sources_for
from app.events import queries as events
from app.events.rules import Audience, Status
from app.events.services.access import visible_event
from app.kernel import clock
from app.kernel.i18n import language
from app.kernel.ids import digest
from app.network.current import current_actor
from app.walls import links, queries
from app.walls.presenters import view_of
from app.walls.rules import stage, standing
from app.walls.timetable import Shelf, Timetable, occasion_of, timetable_of

bp = Blueprint("walls", __name__, url_prefix="/events/<slug>")
LOOKS = ("css/filo.css", "css/walls.css", "js/filo.js", "js/follow.js", "icons.svg")


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows of an event, rendered."""

    title: str
    main: Markup


class Shelves:
    """What this process keeps. In tests, where the same versions come again, nothing."""

    def __init__(self, *, keeps: bool) -> None:
        self.timetables: Shelf[Timetable] = Shelf(200 if keeps else 0)
        self.parts: Shelf[Part] = Shelf(100 if keeps else 0)

    @cached_property
    def look(self) -> str:
        """Another one once the files are: then pages must be loaded anew."""
        asset: Any = current_app.jinja_env.globals["asset"]
        return digest("".join(asset(name) for name in LOOKS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An event as somebody may see it, before anything of it is rendered."""

    glance: Any
    timetable: Timetable
    sources: Sequence[Source]
    now: datetime

    def tag(self, *more: object) -> str:
        """Another one as soon as anything that is shown becomes another."""
        parts = [
            self.glance.id,
            self.glance.version,
            stage(self.timetable.moments, self.now),
            *(source.version(self.glance.id, self.now) for source in self.sources),
            *more,
            language(),
            _shelves().look,
        ]
        return digest("\0".join(map(str, parts)))[:24]


@bp.get("/now")
def now(slug: str) -> Response:
    """For a phone: what is on, what is next, and where."""
    return _answer("now", _seen(slug, has_key=False))


@bp.get("/wall")
def wall(slug: str) -> Response:
    """For a screen: ``?room=`` its room; ``?key=`` shows what is noted too; ``?look=light`` for a bright hall."""
    key = request.args.get("key", "")
    glance = queries.glance(slug)
    has_key = links.opens(key, glance.id)
    room_id = _room_asked_for()
    look = "light" if request.args.get("look") == "light" else "dark"
    response = _answer("wall", _seen(slug, has_key=has_key, glance=glance), room_id=room_id, look=look)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _room_asked_for() -> int | None:
    asked = request.args.get("room", type=int)
    return asked if asked is not None and 0 < asked < 2**31 else None


def _seen(slug: str, *, has_key: bool, glance: Any = None) -> Seen:
    """One query for an open event, once its times are kept. Raises EventNotFound for whoever may not see it."""
    glance, now = glance or queries.glance(slug), clock.now()
    is_closed = glance.status is Status.DRAFT or (glance.audience is Audience.INTERNAL and not has_key)
    if is_closed:
        visible_event(slug, current_actor())
    timetable = _shelves().timetables.get(glance.id, glance.version, lambda: timetable_of(glance))
    return Seen(
        glance=glance, timetable=timetable, sources=sources_for(timetable.kinds.values()) if has_key else (), now=now
    )


def _answer(page: str, seen: Seen, *, room_id: int | None = None, look: str = "") -> Response:
    tag = seen.tag(page, room_id, look)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        key = (seen.glance.id, page, room_id, language(), bool(seen.sources))
        part = _shelves().parts.get(key, tag, lambda: _part(page, seen, room_id))
        response = make_response(render_template(f"walls/{page}.html", part=part, look=look, tag=tag))
    response.set_etag(tag, weak=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _part(page: str, seen: Seen, room_id: int | None) -> Part:
    event, occasion = events.whole_event(seen.glance.id), occasion_of(seen.glance)
    view = view_of(
        event,
        seen.timetable,
        standing(occasion, seen.timetable.slots, seen.now, room_id=room_id),
        room_id=room_id,
        sources=seen.sources,
        today=occasion.day_of(seen.now).isoformat(),
        now=seen.now,
    )
    # without the context of a request: what is kept must not depend on who asked for it
    template = current_app.jinja_env.get_template(f"walls/_{page}.html")
    main = Markup(template.render(view=view, event=event))  # noqa: S704 - a template escaped it
    return Part(view.title.text, main)


def _shelves() -> Shelves:
    return current_app.extensions["filo_walls"]  # type: ignore[no-any-return]
