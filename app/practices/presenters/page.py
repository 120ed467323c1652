"""A practice as pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from app.kernel.i18n import language
from app.kernel.markdown import markdown
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.practices.models import Practice, PracticeChange, PracticeFile
from app.practices.phrases import PARTS
from app.practices.queries import country
from app.practices.rules import Aim
from app.practices.rules.form import Part
from app.practices.rules.states import State, Step
from app.practices.rules.videos import Video, video_of
from app.studies.models import ClusterService, Study


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the form that says something."""

    id: str
    title: str
    wording: Wording
    html: Markup


@dataclass(frozen=True, slots=True)
class ShownAuthor:
    """``name`` is empty for who does not agree to be named."""

    name: str
    organisation: str
    organisation_url: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    url: str
    name: str
    about: str
    credit: str | None
    is_picture: bool
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    slug: str
    title: Wording
    summary: Wording
    parts: tuple[ShownPart, ...]
    owner: str
    owner_other: str | None
    owner_url: str
    sector: Wording | None
    sector_url: str | None
    aims: tuple[tuple[str, str], ...]  # addresses of lists, with their words
    place: str
    facts: tuple[tuple[str, str], ...]
    study: tuple[str, Wording] | None  # address and title
    services: tuple[tuple[str, Wording, str], ...]  # of which it came: address, name and cluster
    web: str | None
    video: Video | None
    authors: tuple[ShownAuthor, ...]
    pictures: tuple[ShownFile, ...]
    documents: tuple[ShownFile, ...]
    did_not_work: bool
    is_validated: bool
    is_retired: bool
    is_published: bool
    demonstration: bool


def page_of(practice: Practice) -> PracticePage:
    """What the page of a practice says of it; its journey is :func:`thread_of`."""
    lang = language()
    files = [_file(practice, row) for row in practice.files]
    return PracticePage(
        slug=practice.slug,
        title=practice.title.wording(lang),
        summary=practice.summary.wording(lang),
        parts=tuple(parts_of(practice, lang)),
        owner=practice.owner.name,
        owner_other=practice.owner_other,
        owner_url=f"/organisations/{practice.owner.slug}",
        sector=practice.sector.name.wording(lang) if practice.sector else None,
        sector_url=f"/sectors/{practice.sector_id}" if practice.sector_id else None,
        aims=tuple((f"/practices?aim={aim}", say(aim)) for aim in Aim if aim in practice.aims),
        place=place_of(practice, lang),
        facts=tuple(_facts(practice, lang)),
        study=(f"/studies/{practice.study.slug}", practice.study.title.wording(lang)) if practice.study else None,
        services=tuple(
            (address_of(one, practice.study), one.name.wording(lang), one.organisation.name)
            for one in practice.cluster_services
        ),
        web=practice.web,
        video=video_of(practice.video_url) if practice.video_url else None,
        authors=tuple(authors_of(practice)),
        pictures=tuple(file for file in files if file.is_picture),
        documents=tuple(file for file in files if not file.is_picture),
        did_not_work=practice.did_not_work,
        is_validated=practice.state is State.VALIDATED,
        is_retired=practice.state is State.RETIRED,
        is_published=practice.is_published,
        demonstration=practice.demonstration,
    )


def address_of(service: ClusterService, study: Study | None) -> str:
    """Where one reads of a service: on the page of the study that found it, else among those of its cluster."""
    if study in service.studies and study:
        return f"/studies/{study.slug}#service-{service.id}"
    return f"/organisations/{service.organisation.slug}"


def parts_of(practice: Practice, lang: str) -> Iterator[ShownPart]:
    """What the form says below title and summary, in its order."""
    for part in Part:
        wording = getattr(practice, part).wording(lang)
        if wording and part not in {Part.TITLE, Part.SUMMARY}:
            yield ShownPart(str(part), _title(part, practice), wording, markdown(wording.text))


def _title(part: Part, practice: Practice) -> str:
    if part is Part.EVIDENCE and practice.did_not_work:
        return _("Evidence that it did not work")
    return str(PARTS[part])


def authors_of(practice: Practice) -> Iterator[ShownAuthor]:
    """Who wrote it: names of those who agree, organisations of all."""
    for row in practice.authors:
        name = row.person.full_name if row.is_named and row.person else ""
        yield ShownAuthor(name, row.organisation.name, f"/organisations/{row.organisation.slug}")


def opinion_in(changes: Sequence[PracticeChange]) -> PracticeChange | None:
    """The newest opinion of an expert."""
    return next((change for change in changes if change.step is Step.VALIDATE), None)


def retirement_in(changes: Sequence[PracticeChange]) -> PracticeChange | None:
    """Why it was retired the last time."""
    return next((change for change in changes if change.step is Step.RETIRE), None)


def verdict_in(changes: Sequence[PracticeChange]) -> PracticeChange | None:
    """The newest decision to select it, or not to."""
    return next((change for change in changes if change.step in {Step.SELECT, Step.LEAVE_OUT}), None)


def comparison(practices: Sequence[Practice]) -> list[tuple[str, list[Markup | str]]]:
    """Rows of a table: what each practice says to one thing; rows to which none says anything are left out."""
    lang = language()
    rows: list[tuple[str, list[Markup | str]]] = [
        (_("Owner"), [one.owner.name for one in practices]),
        (_("Where"), [place_of(one, lang) for one in practices]),
        (_("Promotes"), [", ".join(say(aim) for aim in Aim if aim in one.aims) for one in practices]),
    ]
    for number, name in enumerate((_("When"), _("Cost"), _("Staff"))):
        rows.append((name, [list(_facts(one, lang, all_of_them=True))[number][1] for one in practices]))
    for part in Part:
        if part is not Part.TITLE:
            texts = [getattr(one, part).wording(lang).text for one in practices]
            rows.append((str(PARTS[part]), [markdown(text) for text in texts]))
    return [row for row in rows if any(row[1])]


def _facts(practice: Practice, lang: str, *, all_of_them: bool = False) -> Iterator[tuple[str, str]]:
    facts = [
        (_("When"), _period(practice)),
        (
            _("Cost"),
            _("%(amount)s euros", amount=format_decimal(practice.cost_eur)) if practice.cost_eur is not None else "",
        ),
        (_("Staff"), practice.staff or ""),
        (_("Theme"), practice.theme or ""),
        (_("Project"), practice.project.acronym if practice.project else ""),
        (_("Thematic group"), practice.group.name.wording(lang).text if practice.group else ""),
        (_("Keywords"), ", ".join(practice.keywords)),
    ]
    yield from (fact for fact in facts if fact[1] or all_of_them)


def _period(practice: Practice) -> str:
    since, until = str(practice.starts or ""), str(practice.ends or "")
    if practice.is_ongoing or (since and not until):
        return _("since %(since)s", since=since) if since else _("still going on")
    return " – ".join(part for part in (since, until) if part)


def _file(practice: Practice, row: PracticeFile) -> ShownFile:
    return ShownFile(
        f"/practices/{practice.slug}/files/{row.id}",
        row.file.name,
        row.about,
        row.credit,
        row.file.media_type.startswith("image/"),
        row.file.width,
        row.file.height,
    )


def place_of(practice: Practice, lang: str) -> str:
    land = country(practice.country_code)
    region = practice.region.name.wording(lang).text if practice.region else ""
    return ", ".join(part for part in (practice.city, region, land.name.wording(lang).text if land else "") if part)
