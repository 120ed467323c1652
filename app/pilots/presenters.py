"""What pages show of services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.date_words import day_words, short_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.needs.rules import NeedState
from app.pilots import queries
from app.pilots.errors import SomethingHangsOnIt
from app.pilots.models import ServiceProposal
from app.pilots.rules import MOVES, Reach, Stage, check_removable, is_overdue, reach
from app.practices.models import Practice
from app.practices.rules import thread as practice_thread
from app.practices.rules.thread import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    service: ServiceProposal
    reach: Reach
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """A point on the thread of a service: ``when`` and what was so, or is still to come."""

    when: str
    words: str
    note: str = ""
    is_done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    service: ServiceProposal
    reach: Reach
    is_late: bool
    warnings: list[str]
    thread: list[Knot]
    steps: tuple[Stage, ...]


def lines(services: Iterable[ServiceProposal], today: date) -> list[Line]:
    return [Line(service=one, reach=reach_of(one), is_late=is_late(one, today)) for one in services]


def is_removable(service: ServiceProposal) -> bool:
    try:
        check_removable(
            service.stage,
            (each.after for each in service.changes),
            parts=len(service.pilots) + len(service.uptakes),
        )
    except SomethingHangsOnIt:
        return False
    return True


def reach_of(service: ServiceProposal) -> Reach:
    return reach((each.country_code, each.region_code) for each in service.implementers)


def is_late(service: ServiceProposal, today: date) -> bool:
    return is_overdue(service.stage, service.due_on, today)


def page_of(service: ServiceProposal, today: date) -> ServicePage:
    far = reach_of(service)
    return ServicePage(
        service=service,
        reach=far,
        is_late=is_late(service, today),
        warnings=_warnings(service, far),
        thread=_thread(service),
        steps=MOVES[service.stage],
    )


def _warnings(service: ServiceProposal, far: Reach) -> list[str]:
    if service.stage is Stage.DROPPED:
        return []
    found = []
    if not far.is_transregional:
        found.append(_("Not yet trans-regional: it needs implementing organisations of two regions at least."))
    elif not far.is_joint:
        found.append(_("Not yet joint: its implementing organisations are all of one country."))
    if service.stage in {Stage.IMPLEMENTED, Stage.TAKEN_UP} and not service.uptake_actions:
        found.append(_("State what an adopter must do: without it the service does not count as taken up."))
    return found


def _thread(service: ServiceProposal) -> list[Knot]:
    """What happened, by day, and last what is to come."""
    dated: list[tuple[date, int, Knot]] = []
    for change in service.changes:
        day = change.at.date()
        dated.append((day, 0, Knot(when=day_words(day), words=say(change.after), note=change.reason)))
    for pilot in service.pilots:
        words = _("Pilot: %(where)s", where=pilot.where)
        dated.append((pilot.starts_on, 1, Knot(when=day_words(pilot.starts_on), words=words)))
        if pilot.is_finished:
            ended = pilot.ends_on or pilot.starts_on
            words = _("Pilot finished: %(where)s", where=pilot.where)
            dated.append((ended, 2, Knot(when=day_words(ended), words=words, note=pilot.result)))
    for uptake in service.uptakes:
        words = _("Taken up by %(name)s", name=uptake.adopter.name)
        dated.append((uptake.taken_up_on, 3, Knot(when=day_words(uptake.taken_up_on), words=words)))
    knots = [knot for _day, _order, knot in sorted(dated, key=lambda each: each[:2])]
    if service.due_on and MOVES[service.stage]:
        knots.append(Knot(when=day_words(service.due_on), words=say(MOVES[service.stage][0]), is_done=False))
    return knots


def knots_of(practice: Practice, now: datetime) -> Iterator[practice_thread.Knot]:
    """What services that a practice inspired say on its thread: needs, proposals, pilots, uptake, what is due."""
    told: set[int] = set()
    for service in queries.whole_of_practice(practice.id):
        yield from _needs_knots(service, told)
        yield from _service_knots(service, now)


def _needs_knots(service: ServiceProposal, told: set[int]) -> Iterator[practice_thread.Knot]:
    """``told``: needs that the thread has already."""
    for need in service.needs:
        if need.is_public and need.state is NeedState.SHOWN and need.id not in told:
            told.add(need.id)
            said = Wording(need.text, need.language, is_fallback=False)
            url = f"/needs/{need.public_id}"
            yield _knot(Stretch.NEED, service.created_at.date(), _("answers a need"), said, url)


def _service_knots(service: ServiceProposal, now: datetime) -> Iterator[practice_thread.Knot]:
    title, url = service.title.wording(language()), f"/services/{service.slug}"
    today = now.date()
    yield _knot(Stretch.SERVICE, service.created_at.date(), _("service proposed"), title, url)
    for pilot in service.pilots:
        words, ended = _("Pilot: %(where)s", where=pilot.where), pilot.ends_on or pilot.starts_on
        yield _knot(Stretch.PILOT, pilot.starts_on, words, title, url, is_ahead=pilot.starts_on > today)
        if pilot.is_finished:
            words = _("Pilot finished: %(where)s", where=pilot.where)
            yield _knot(Stretch.PILOT, ended, words, title, url, note=pilot.result)
    for uptake in service.uptakes:
        words = _("Taken up by %(name)s", name=uptake.adopter.name)
        yield _knot(Stretch.UPTAKE, uptake.taken_up_on, words, title, url, is_ahead=uptake.taken_up_on > today)
    if service.due_on and service.due_on >= today and MOVES[service.stage]:
        yield _knot(Stretch.SERVICE, service.due_on, say(MOVES[service.stage][0]), title, url, is_ahead=True)


def _knot(
    part: Stretch,
    on: date,
    words: str,
    about: Wording | str,
    url: str,
    *,
    note: str = "",
    is_ahead: bool = False,
) -> practice_thread.Knot:
    return practice_thread.Knot(
        part=part, on=on, when=short_day(on), words=words, about=about, url=url, note=note, is_ahead=is_ahead
    )


def reach_words(far: Reach) -> str:
    regions = ngettext("%(num)d region", "%(num)d regions", far.regions)
    countries = ngettext("%(num)d country", "%(num)d countries", far.countries)
    return f"{regions}, {countries}"
