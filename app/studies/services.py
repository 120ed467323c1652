"""Enter studies, their document, and the services that they found."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count

from app.audit import services as audit
from app.files import services as files
from app.files.rules import Accepted
from app.kernel.db import db, transactional
from app.kernel.ids import slugify
from app.network.actors import Actor
from app.network.models import Country, Organisation, Project, Region
from app.search import services as search
from app.search.facets import Facets
from app.studies import queries
from app.studies.errors import MayNotWrite, UnknownChoice
from app.studies.inputs import ServiceInput, StudyInput
from app.studies.models import ClusterService, Study, StudyAuthor
from app.studies.permissions import may_write
from app.studies.rules import check_service, check_study

RESERVED = frozenset({"new", "services"})


@transactional
def add(
    *, values: StudyInput, actor: Actor, now: datetime, slug: str | None = None, demonstration: bool = False
) -> Study:
    """Enter a study of one's organisation. Raises MayNotWrite, TitleMissing, PeriodReversed, UnknownChoice."""
    row = Study(created_at=now, demonstration=demonstration)
    row.slug = slug or _free_slug(values)
    _write(row, values, actor, now)
    db.session.add(row)
    reindex(row)
    _note("study.added", row, actor, now)
    return row


@transactional
def edit(*, slug: str, values: StudyInput, actor: Actor, now: datetime) -> Study:
    """Change what is said of it. Raises StudyNotFound and what :func:`add` raises."""
    row = writable(slug, actor)
    _write(row, values, actor, now)
    reindex(row)
    _note("study.changed", row, actor, now)
    return row


@transactional
def set_document(*, slug: str, accepted: Accepted, actor: Actor, now: datetime) -> None:
    """Put the document of a study in the place of the one before. Raises MayNotWrite, StudyNotFound."""
    row = writable(slug, actor)
    row.document, row.changed_at = files.keep(accepted, now=now), now
    reindex(row)
    _note("study.document_set", row, actor, now)


@transactional
def add_service(
    *, slug: str, values: ServiceInput, actor: Actor, now: datetime, demonstration: bool = False
) -> ClusterService:
    """Write down a service that a study found. Raises MayNotWrite, StudyNotFound, TitleMissing, UnknownChoice."""
    study = writable(slug, actor)
    row = ClusterService(demonstration=demonstration)
    _describe(row, values)
    study.services.append(row)
    study.changed_at = now
    reindex_service(row)
    _note("study.service_added", study, actor, now)
    return row


@transactional
def edit_service(*, slug: str, service_id: int, values: ServiceInput, actor: Actor, now: datetime) -> ClusterService:
    """Raises ServiceNotFound and what :func:`add_service` raises."""
    study = writable(slug, actor)
    row = queries.service_in(study.id, service_id)
    _describe(row, values)
    study.changed_at = now
    reindex_service(row)
    _note("study.service_changed", study, actor, now)
    return row


@transactional
def remove_service(*, slug: str, service_id: int, actor: Actor, now: datetime) -> None:
    """It was entered by mistake. Raises MayNotWrite, StudyNotFound, ServiceNotFound."""
    study = writable(slug, actor)
    row = queries.service_in(study.id, service_id)
    study.services.remove(row)
    db.session.flush()
    db.session.refresh(row, ["studies"])
    if not row.studies:
        search.forget("cluster_service", row.id)
        db.session.delete(row)
    _note("study.service_removed", study, actor, now)


def writable(slug: str, actor: Actor) -> Study:
    """A study that the actor may write. Raises MayNotWrite, StudyNotFound."""
    row = queries.study(slug)
    if not may_write(actor, row.author_ids):
        raise MayNotWrite(slug=slug)
    return row


def _write(row: Study, values: StudyInput, actor: Actor, now: datetime) -> None:
    """Nobody gives a study away to organisations without an own one among them."""
    if not may_write(actor, frozenset(values.author_ids)):
        raise MayNotWrite(field="author_ids")
    check_study(values.title, values.starts, values.ends)
    _check_choices(values)
    for name in ("title", "summary", "findings", "starts", "ends", "project_id", "web"):
        setattr(row, name, getattr(values, name))
    known = {author.organisation_id: author for author in row.authors}
    row.authors = [known.get(one) or StudyAuthor(organisation_id=one) for one in dict.fromkeys(values.author_ids)]
    for position, author in enumerate(row.authors):
        author.position = position
    row.countries, row.regions = queries.countries(values.country_codes), queries.regions(values.region_codes)
    row.changed_at = now


def _check_choices(values: StudyInput) -> None:
    chosen = {
        "author_ids": queries.knows(Organisation, values.author_ids),
        "country_codes": queries.knows(Country, values.country_codes),
        "region_codes": queries.knows(Region, values.region_codes),
        "project_id": queries.knows(Project, [values.project_id] if values.project_id else []),
    }
    for field, known in chosen.items():
        if not known:
            raise UnknownChoice(field=field)


def _describe(row: ClusterService, values: ServiceInput) -> None:
    check_service(values.name)
    if not queries.knows(Organisation, [values.organisation_id]):
        raise UnknownChoice(field="organisation_id")
    for name in ("organisation_id", "name", "about", "aims", "state", "fee"):
        setattr(row, name, getattr(values, name))
    present = set(row.targets)
    for target in present - values.targets:
        row.targets.remove(target)
    for target in values.targets - present:
        row.targets.add(target)


def _facets(row: Study) -> Facets:
    return Facets(years=(row.starts_on.year,) if row.starts_on else ())


@transactional
def reindex(row: Study) -> None:
    """Put the search document anew: a study is found by what its document says, too."""
    db.session.flush()
    inside = files.words_of([row.document]) if row.document else []
    texts = [*row.summary.all_words(), *row.findings.all_words(), *inside]
    search.index("study", row.id, names=row.title.all_words(), texts=texts, facets=_facets(row))


@transactional
def reindex_service(row: ClusterService) -> None:
    """Put the search document anew."""
    db.session.flush()
    texts = [*row.about.all_words(), *row.aims.all_words()]
    search.index("cluster_service", row.id, names=row.name.all_words(), texts=texts)


def _note(event: str, row: Study, actor: Actor, now: datetime) -> None:
    audit.note(event, subject=f"study:{row.id}", account_id=actor.account_id, now=now)


def _free_slug(values: StudyInput) -> str:
    check_study(values.title, values.starts, values.ends)
    start = slugify(values.title.wording("en").text, longest=70) or "study"
    candidates = chain([start], (f"{start}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.slug_is_taken(slug))
