"""What was shared, by stop and prompt; what the organiser made of it; the report, as a page and as a paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.diaries.models import DebriefFinding, DiaryLine
from app.diaries.presenters.own import ShownStop, bare_stops
from app.diaries.queries import findings
from app.diaries.queries import lines as queries
from app.diaries.rules import Prompt
from app.diaries.rules.debrief import is_on_hold
from app.diaries.services.reading import sources_of
from app.events.models import Event
from app.events.presenters import place_line, when
from app.forums.presenters.papers import funding
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording

Data = dict[str, Any]
NOWHERE = Wording("", "", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """``who`` is empty unless somebody wants to be named; ``is_own``: of whoever looks."""

    id: int
    text: str
    who: str
    is_own: bool
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """``sources``: the lines that are still shared. ``is_on_hold``: one is not any more, so it is told to nobody."""

    id: int
    text: str
    prompt: Prompt
    prompt_words: str
    in_report: bool
    is_on_hold: bool
    sources: Sequence[ShownLine]
    count: int
    practice_slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPart:
    """A stop with what was shared there, by prompt, and what was made of it."""

    item_id: int | None
    title: Wording
    about: str
    prompts: Sequence[tuple[Prompt, str, Sequence[ShownLine]]]
    findings: Sequence[ShownFinding] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``stops``: what was found at each; ``questions``: what is to be asked, with the stop where it came up."""

    objectives: str
    stops: Sequence[StopPart]
    questions: Sequence[tuple[str, str]]
    competence: str
    cooperation: str


def shared_by_stop(event: Event, *, reader_id: int | None = None) -> list[StopPart]:
    """Stops at which something is shared, for participants and organiser alike."""
    lines = queries.shared_lines(event.id)
    return [
        part for part in _parts(event, lines, [], reader_id=reader_id) if any(some for _p, _w, some in part.prompts)
    ]


def debrief_of(event: Event) -> list[StopPart]:
    """The same with what was made of it; stops without anything too."""
    return _parts(event, queries.shared_lines(event.id), findings.findings_of(event.id))


def lines_to_merge(event: Event, line_ids: Iterable[int]) -> list[ShownLine]:
    """Those of some lines that are shared."""
    return [_line(one, None, frozenset()) for one in queries.shared_lines(event.id, list(line_ids))]


def finding(event: Event, finding_id: int) -> ShownFinding:
    """Raises FindingNotFound."""
    return _finding(findings.finding_of(event.id, finding_id))


def report_of(event: Event) -> Report:
    """Only findings that were marked for it, and of which every line is shared."""
    row = queries.debrief_of(event.id)
    parts = debrief_of(event)
    told = [
        StopPart(
            item_id=part.item_id,
            title=part.title,
            about=part.about,
            prompts=(),
            findings=[one for one in part.findings if _is_told(one) and one.prompt is not Prompt.ASK],
        )
        for part in parts
    ]
    questions = [
        (one.text, part.title.text)
        for part in parts
        for one in part.findings
        if _is_told(one) and one.prompt is Prompt.ASK
    ]
    stops = [part for part in told if part.findings or part.item_id]
    return Report(
        objectives=row.objectives,
        stops=stops,
        questions=questions,
        competence=row.competence,
        cooperation=row.cooperation,
    )


def paper_of(event: Event, report: Report) -> Data:
    """The report as the template of the paper takes it."""
    title, name = event.title.wording(language()).text, _("Report of the visit")
    shown = when(event)
    blocks = [(_("Objectives"), report.objectives)] if report.objectives else []
    after = ((_("Competence gained"), report.competence), (_("Cooperation planned"), report.cooperation))
    return {
        "title": _("%(paper)s: %(event)s", paper=name, event=title),
        "lang": language(),
        "foot": " · ".join((name, title, shown.days)),
        "name": name,
        "event": {"title": title, "kind": str(event.kind), "when": str(shown), "place": place_line(event)},
        "funding": funding(event),
        "before": [{"name": words, "text": text} for words, text in blocks],
        "stops_words": _("Stops and findings"),
        "nothing": _("Nothing was taken into the report from here."),
        "stops": [
            {
                "title": part.title.text,
                "about": part.about,
                "findings": [{"prompt": one.prompt_words, "text": one.text} for one in part.findings],
            }
            for part in report.stops
        ],
        "questions_words": _("Questions"),
        "questions": [{"text": text, "where": where} for text, where in report.questions],
        "after": [{"name": words, "text": text} for words, text in after if text],
    }


def _is_told(one: ShownFinding) -> bool:
    return one.in_report and not one.is_on_hold


def _parts(
    event: Event, lines: Sequence[DiaryLine], made: Sequence[DebriefFinding], *, reader_id: int | None = None
) -> list[StopPart]:
    used = frozenset(source.line_id for row in made for source in row.sources if source.line_id)
    stops = bare_stops(event)
    known = {stop.item_id for stop in stops}
    by_place: dict[tuple[int | None, Prompt], list[ShownLine]] = defaultdict(list)
    for line in lines:
        by_place[_where(line.item_id, known), line.prompt].append(_line(line, reader_id, used))
    found: dict[int | None, list[ShownFinding]] = defaultdict(list)
    for row in made:
        found[_where(row.item_id, known)].append(_finding(row))
    parts = [_part(stop.item_id, stop.title, _about(stop), by_place, found) for stop in stops]
    rest = _part(None, Wording(_("Stops that left the agenda"), language(), False), "", by_place, found)
    return [*parts, rest] if rest.findings or any(some for _p, _w, some in rest.prompts) else parts


def _part(
    item_id: int | None,
    title: Wording,
    about: str,
    lines: dict[tuple[int | None, Prompt], list[ShownLine]],
    found: dict[int | None, list[ShownFinding]],
) -> StopPart:
    prompts = [(prompt, say(prompt), lines.get((item_id, prompt), [])) for prompt in Prompt]
    return StopPart(item_id=item_id, title=title, about=about, prompts=prompts, findings=found.get(item_id, []))


def _where(item_id: int | None, known: set[int | None]) -> int | None:
    return item_id if item_id in known else None


def _about(stop: ShownStop) -> str:
    return " · ".join(part for part in (stop.day, stop.starts, stop.host) if part)


def _line(line: DiaryLine, reader_id: int | None, used: frozenset[int]) -> ShownLine:
    person = line.registration
    return ShownLine(
        id=line.id,
        text=line.text,
        who=f"{person.given_name} {person.family_name}" if line.is_named else "",
        is_own=line.registration_id == reader_id,
        is_used=line.id in used,
    )


def _finding(row: DebriefFinding) -> ShownFinding:
    sources = sources_of(row)
    shared = {one.id for one in sources if one.is_shared and not one.is_erased}
    return ShownFinding(
        id=row.id,
        text=row.text,
        prompt=row.prompt,
        prompt_words=say(row.prompt),
        in_report=row.in_report,
        is_on_hold=is_on_hold(sources),
        sources=[_line(one.line, None, frozenset()) for one in row.sources if one.line and one.id in shared],
        count=len(sources),
        practice_slug=row.practice.slug if row.practice else "",
    )
