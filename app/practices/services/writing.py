"""Write practices down and change them; every save is a version."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from itertools import chain, count
from typing import Any

from app.kernel.dates import RoughDate
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import slugify
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.network.permissions import may_manage_project
from app.network.rules import CountryBox, check_pin, check_web
from app.practices import queries
from app.practices.errors import (
    EditedMeanwhile,
    EvidenceTakenAway,
    JoinsUnreviewed,
    MayNotEdit,
    NoVideoAddress,
    TimesReversed,
    TitleMissing,
    UnknownChoice,
)
from app.practices.facts import PracticeMoved
from app.practices.inputs import PracticeInput
from app.practices.models import Practice, PracticeChange, PracticeVersion
from app.practices.permissions import may_edit
from app.practices.queries import reviewing
from app.practices.rules import Aim
from app.practices.rules.contents import merge, plain
from app.practices.rules.form import NEEDED, Part
from app.practices.rules.states import HELD_TO_WORD, UNDECIDED, State, Step
from app.practices.rules.videos import video_of
from app.practices.services.reading import editable, tell

RESERVED = frozenset({"new", "compare", "export", "import", "lengths", "preview", "authors", "drafts", "exchanges"})
TEXTS = frozenset({"title", "summary", "problem", "body", "resources", "evidence", "lessons", "transfer"})


@transactional
def add(
    *,
    values: PracticeInput,
    actor: Actor,
    now: datetime,
    slug: str | None = None,
    demonstration: bool = False,
    form_key: str | None = None,
) -> Practice:
    """Write down a practice, surveyed and not published; the same form sent twice is one.

    Raises MayNotEdit and what :func:`edit` raises of values.
    """
    if not may_edit(actor, values.owner_id):
        raise MayNotEdit(owner_id=values.owner_id)
    if form_key and (earlier := queries.practice_of_form(form_key)):
        return earlier
    row = enter(values=values, actor=actor, now=now, slug=slug, demonstration=demonstration)
    row.form_key = form_key or None
    return row


def enter(
    *, values: PracticeInput, actor: Actor, now: datetime, slug: str | None = None, demonstration: bool = False
) -> Practice:
    """The row and its first version; for verbs that have asked who may."""
    row = Practice(created_at=now, demonstration=demonstration, version=0)
    _write(row, values, now)
    row.slug = slug or _free_slug(values)
    db.session.add(row)
    db.session.flush()
    _keep_version(row, values, actor, now)
    return row


@transactional
def edit(
    *, practice_id: int, values: PracticeInput, actor: Actor, now: datetime, revision: int | None = None
) -> Practice:
    """Change a practice; another owner must be one's own too.

    ``revision``: the version on which the form was opened. What somebody else saved since in other fields is kept;
    EditedMeanwhile is raised, with ``clashes`` and ``merged``, where both changed the same words. Raises MayNotEdit,
    PracticeNotFound, TitleMissing, UnknownChoice, TimesReversed, NotAWebAddress, NoVideoAddress,
    EvidenceTakenAway for a needed part that is emptied once it was submitted to an editor, and JoinsUnreviewed for
    one that was decided about elsewhere and is put into a project. New words end an expert's validation.
    """
    row = editable(practice_id, actor)
    if revision is not None and revision != row.version:
        values = _merged(row, values, revision)
    _check_promise(row, values)
    _check_joining(row, values, actor)
    if not may_edit(actor, values.owner_id):
        raise MayNotEdit(owner_id=values.owner_id)
    is_rewritten = any(getattr(row, part) != getattr(values, part) for part in Part)
    _write(row, values, now)
    if is_rewritten and row.state is State.VALIDATED:
        _end_validation(row, actor, now)
    _keep_version(row, values, actor, now)
    tell(row)
    return row


def _check_joining(row: Practice, values: PracticeInput, actor: Actor) -> None:
    joins = values.project_id is not None and values.project_id != row.project_id
    if joins and row.state not in UNDECIDED and not may_manage_project(actor, reviewing.lead_ids(values.project_id)):
        raise JoinsUnreviewed(field="project_id")


def _end_validation(row: Practice, actor: Actor, now: datetime) -> None:
    """The opinion was about other words: it stays in the history, and the expert may be asked again."""
    change = PracticeChange(
        practice_id=row.id,
        at=now,
        step=Step.REWRITE,
        before=row.state,
        after=State.PUBLISHED,
        reason="",
        criteria="",
        account_id=actor.account_id,
        by=actor.name[:254],
    )
    db.session.add(change)
    row.state = State.PUBLISHED
    db.session.flush()
    record(PracticeMoved(practice_id=row.id, change_id=change.id))


def _merged(row: Practice, values: PracticeInput, revision: int) -> PracticeInput:
    last = queries.latest_by(row.id)
    known = {version.number: version.content for version in queries.versions_of(row.id)}
    if last is None or revision not in known:  # forged, or from before versions were kept
        return values
    merged, clashes = merge(known[revision], content_of(values), last.content)
    if clashes:
        raise EditedMeanwhile(by=last.by, at=last.saved_at, clashes=clashes, merged=input_from(merged))
    return input_from(merged)


@transactional
def restore(*, practice_id: int, number: int, actor: Actor, now: datetime) -> Practice:
    """Save an older version anew; nothing between is lost. Raises VersionNotFound and what :func:`edit` raises."""
    content = dict(queries.version(practice_id, number).content)
    return edit(practice_id=practice_id, values=input_from(content), actor=actor, now=now)


def content_of(values: PracticeInput) -> dict[str, Any]:
    """The form as JSON holds it."""
    return {one.name: plain(getattr(values, one.name)) for one in fields(values)}


def input_from(content: dict[str, Any]) -> PracticeInput:
    """The form as a version kept it."""
    known = {one.name for one in fields(PracticeInput)}
    values = {name: _read(name, value) for name, value in content.items() if name in known}
    return PracticeInput(**values)  # type: ignore[arg-type]


def input_of(row: Practice) -> PracticeInput:
    """The form as it stands."""
    values = {one.name: getattr(row, one.name) for one in fields(PracticeInput)}
    values |= {"aims": frozenset(row.aims), "keywords": tuple(row.keywords)}
    return PracticeInput(**values)


def _read(name: str, value: object) -> object:
    if name in TEXTS:
        return Texts(value)  # type: ignore[arg-type]
    if name in {"starts", "ends"}:
        return RoughDate.parse(str(value)) if value else None
    if name == "aims":
        return frozenset(map(Aim, value))  # type: ignore[call-overload]
    return tuple(value) if name == "keywords" else value  # type: ignore[arg-type]


def _keep_version(row: Practice, values: PracticeInput, actor: Actor, now: datetime) -> None:
    """Saving what stands there already makes no version."""
    content = content_of(values)
    last = queries.latest_by(row.id)
    if last and last.content == content:
        return
    row.version += 1
    db.session.add(
        PracticeVersion(
            practice_id=row.id,
            number=row.version,
            saved_at=now,
            account_id=actor.account_id,
            by=actor.name[:254],
            content=content,
        )
    )
    db.session.flush()


def _check_promise(row: Practice, values: PracticeInput) -> None:
    if row.state not in HELD_TO_WORD or row.project_id is None:
        return
    for part in NEEDED:
        if getattr(row, part) and not getattr(values, part):
            raise EvidenceTakenAway(field=f"{part}_en")


def _write(row: Practice, values: PracticeInput, now: datetime) -> None:
    _check(values)
    for one in fields(values):
        setattr(row, one.name, getattr(values, one.name))
    row.keywords = list(values.keywords)
    row.changed_at = now


def _check(values: PracticeInput) -> None:
    if not values.title:
        raise TitleMissing(field="title_en")
    region = queries.region(values.region_code) if values.region_code else None
    group = reviewing.group(values.group_id) if values.group_id else None
    is_known = {
        "owner_id": queries.knows_owner(values.owner_id),
        "country_code": queries.country(values.country_code) is not None,
        "sector_id": not values.sector_id or queries.knows_sector(values.sector_id),
        "region_code": not values.region_code or (region is not None and region.country_code == values.country_code),
        "project_id": not values.project_id or reviewing.knows_project(values.project_id),
        "group_id": not values.group_id or (group is not None and group.project_id == values.project_id),
    }
    for field, known in is_known.items():
        if not known:
            raise UnknownChoice(field=field)
    box = queries.country(values.country_code)
    assert box is not None  # noqa: S101 – looked up above
    check_pin(
        values.latitude, values.longitude, CountryBox(south=box.south, west=box.west, north=box.north, east=box.east)
    )
    _check_rest(values)


def check_words(values: PracticeInput, row: Practice | None) -> None:
    """What is refused of a form without looking anything up; ``row``: the practice it is about, None for a new one.

    Raises EvidenceTakenAway, TimesReversed, NotAWebAddress, NoVideoAddress.
    """
    if row:
        _check_promise(row, values)
    _check_rest(values)


def _check_rest(values: PracticeInput) -> None:
    if values.starts and values.ends and values.ends.last < values.starts.first:
        raise TimesReversed(field="ends")
    check_web(values.web)
    if values.video_url and video_of(values.video_url) is None:
        raise NoVideoAddress(field="video_url")


def _free_slug(values: PracticeInput) -> str:
    plain_title = slugify(values.title.wording("en").text, longest=70) or "practice"
    candidates = chain([plain_title], (f"{plain_title}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.slug_is_taken(slug))
