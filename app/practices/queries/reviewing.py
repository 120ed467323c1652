from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.kernel.db import db
from app.network.actors import Actor
from app.network.models import Affiliation, GroupRoleRow, Organisation, Person, Project, ProjectRoleRow, ThematicGroup
from app.network.rules import GroupRole, ProjectRole
from app.practices.errors import AuthorNotFound, CommentNotFound, FileOfPracticeNotFound, VersionNotFound
from app.practices.models import (
    Practice,
    PracticeAuthor,
    PracticeChange,
    PracticeComment,
    PracticeDraft,
    PracticeExpert,
    PracticeFile,
    PracticeImport,
    PracticeLength,
    PracticeVersion,
)
from app.practices.permissions import Parties
from app.practices.rules.states import State
from app.studies.models import StudyAuthor


def lead_ids(project_id: int | None) -> frozenset[int]:
    """The lead partners of a project."""
    if project_id is None:
        return frozenset()
    query = select(ProjectRoleRow.organisation_id).where(
        ProjectRoleRow.project_id == project_id, ProjectRoleRow.role == ProjectRole.LEAD_PARTNER
    )
    return frozenset(db.session.scalars(query))


def conductors_of(study_ids: Iterable[int | None]) -> dict[int | None, frozenset[int]]:
    """Who conducted each of these studies; nobody that of none."""
    wanted = set(study_ids)
    found: dict[int | None, set[int]] = {one: set() for one in wanted}
    query = select(StudyAuthor.study_id, StudyAuthor.organisation_id).where(StudyAuthor.study_id.in_(wanted - {None}))
    for row in db.session.execute(query) if wanted - {None} else ():
        found[row.study_id].add(row.organisation_id)
    return {one: frozenset(authors) for one, authors in found.items()}


def parties_of(practice: Practice) -> Parties:
    """Whom a practice concerns, for permissions."""
    asked = select(PracticeExpert.person_id).where(PracticeExpert.practice_id == practice.id)
    return Parties(
        owner_id=practice.owner_id,
        project_id=practice.project_id,
        lead_ids=lead_ids(practice.project_id),
        group_id=practice.group_id,
        expert_ids=frozenset(db.session.scalars(asked)),
        conductor_ids=conductors_of([practice.study_id])[practice.study_id],
    )


def knows_project(project_id: int) -> bool:
    return db.session.get(Project, project_id) is not None


def group(group_id: int) -> ThematicGroup | None:
    return db.session.get(ThematicGroup, group_id)


def project_choices() -> Sequence[tuple[int, str]]:
    """Id and acronym of every project."""
    return [
        (row.id, row.acronym)
        for row in db.session.execute(select(Project.id, Project.acronym).order_by(Project.acronym))
    ]


def project_by_acronym(acronym: str) -> int | None:
    return db.session.scalar(select(Project.id).where(Project.acronym == acronym))


def group_choices() -> Sequence[ThematicGroup]:
    query = select(ThematicGroup).options(joinedload(ThematicGroup.project))
    return db.session.scalars(query.order_by(ThematicGroup.project_id, ThematicGroup.position)).all()


def waiting_for(actor: Actor, *, limit: int = 100) -> Sequence[Practice]:
    """Practices that wait for somebody as editor (identified, submitted) or expert (asked, published)."""
    leads = select(ProjectRoleRow.project_id).where(
        ProjectRoleRow.role == ProjectRole.LEAD_PARTNER, ProjectRoleRow.organisation_id.in_(actor.managed_ids)
    )
    groups = select(GroupRoleRow.group_id).where(
        GroupRoleRow.role == GroupRole.COORDINATOR, GroupRoleRow.organisation_id.in_(actor.managed_ids)
    )
    edits = or_(Practice.project_id.in_(leads), Practice.group_id.in_(groups))
    if actor.is_administrator:
        edits = Practice.project_id.is_not(None)
    asked = select(PracticeExpert.practice_id).where(PracticeExpert.person_id == actor.person_id)
    query = (
        select(Practice)
        .options(joinedload(Practice.owner))
        .where(
            or_(
                and_(edits, Practice.state.in_([State.IDENTIFIED, State.SUBMITTED])),
                and_(Practice.id.in_(asked), Practice.state == State.PUBLISHED),
            )
        )
        .order_by(Practice.changed_at, Practice.id)
    )
    return db.session.scalars(query.limit(limit)).all()


def to_change(actor: Actor, *, limit: int = 100) -> Sequence[tuple[Practice, int]]:
    """Practices of one's organisations that wait for their writers, with how many comments by others are open.

    They were selected and are to be submitted, or were sent back, or somebody asked something.
    """
    asked = (
        select(func.count(PracticeComment.id))
        .where(
            PracticeComment.practice_id == Practice.id,
            PracticeComment.settled_at.is_(None),
            PracticeComment.account_id.is_distinct_from(actor.account_id),
        )
        .correlate(Practice)
        .scalar_subquery()
    )
    to_submit = and_(Practice.state == State.SELECTED, Practice.project_id.is_not(None))
    query = (
        select(Practice, asked)
        .options(joinedload(Practice.owner))
        .where(Practice.owner_id.in_(actor.managed_ids), Practice.state != State.RETIRED, or_(to_submit, asked > 0))
        .order_by(Practice.changed_at, Practice.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query.limit(limit))]


def changes_of(practice_id: int) -> Sequence[PracticeChange]:
    """The steps of a practice, the newest first."""
    query = select(PracticeChange).where(PracticeChange.practice_id == practice_id)
    return db.session.scalars(
        query.options(joinedload(PracticeChange.organisation)).order_by(
            PracticeChange.at.desc(), PracticeChange.id.desc()
        )
    ).all()


def versions_of(practice_id: int) -> Sequence[PracticeVersion]:
    """What was saved of a practice, the newest first."""
    query = select(PracticeVersion).where(PracticeVersion.practice_id == practice_id)
    return db.session.scalars(query.order_by(PracticeVersion.number.desc())).all()


def version(practice_id: int, number: int) -> PracticeVersion:
    """Raises VersionNotFound."""
    query = select(PracticeVersion).where(PracticeVersion.practice_id == practice_id, PracticeVersion.number == number)
    found = db.session.scalar(query)
    if found is None:
        raise VersionNotFound(number=number)
    return found


def latest_by(practice_id: int) -> PracticeVersion | None:
    """The newest version, which says who saved it and when."""
    query = select(PracticeVersion).where(PracticeVersion.practice_id == practice_id)
    return db.session.scalar(query.order_by(PracticeVersion.number.desc()).limit(1))


def comments_of(practice_id: int) -> Sequence[PracticeComment]:
    """Review comments, open ones first, each in the order of writing."""
    query = select(PracticeComment).where(PracticeComment.practice_id == practice_id)
    return db.session.scalars(
        query.order_by(PracticeComment.settled_at.is_not(None), PracticeComment.at, PracticeComment.id)
    ).all()


def comment(practice_id: int, comment_id: int) -> PracticeComment:
    """Raises CommentNotFound."""
    found = db.session.get(PracticeComment, comment_id)
    if found is None or found.practice_id != practice_id:
        raise CommentNotFound(comment_id=comment_id)
    return found


def experts_of(practice_id: int) -> Sequence[PracticeExpert]:
    query = select(PracticeExpert).where(PracticeExpert.practice_id == practice_id)
    return db.session.scalars(query.options(joinedload(PracticeExpert.person)).order_by(PracticeExpert.asked_at)).all()


def expert(practice_id: int, person_id: int) -> PracticeExpert | None:
    return db.session.get(PracticeExpert, (practice_id, person_id))


def person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def person_choices(own: frozenset[int] | None) -> Sequence[tuple[int, str]]:
    """Id and name of who may be chosen: people of one's own organisations, and those whom everybody may read of.

    ``own``: organisations that the chooser belongs to; None for all people.
    """
    query = select(Person).order_by(Person.family_name, Person.given_name, Person.id)
    if own is not None:
        belongs = select(Affiliation.person_id).where(Affiliation.organisation_id.in_(own), Affiliation.until.is_(None))
        query = query.where(or_(Person.is_public, Person.id.in_(belongs)))
    return [(row.id, row.full_name) for row in db.session.scalars(query)]


def author(practice_id: int, author_id: int) -> PracticeAuthor:
    """Raises AuthorNotFound."""
    found = db.session.get(PracticeAuthor, author_id)
    if found is None or found.practice_id != practice_id:
        raise AuthorNotFound(author_id=author_id)
    return found


def author_by_link(public_id: str) -> PracticeAuthor | None:
    """An author with the practice, by what a personal link carries."""
    query = select(PracticeAuthor).where(PracticeAuthor.public_id == public_id)
    return db.session.scalar(
        query.options(joinedload(PracticeAuthor.practice), joinedload(PracticeAuthor.organisation))
    )


def file_of(practice_id: int, file_id: int) -> PracticeFile:
    """Raises FileOfPracticeNotFound."""
    found = db.session.get(PracticeFile, file_id, options=[joinedload(PracticeFile.file)])
    if found is None or found.practice_id != practice_id:
        raise FileOfPracticeNotFound(file_id=file_id)
    return found


def lengths(project_id: int | None) -> list[Mapping[str, int]]:
    """What the installation and then the project ask for, for ``lengths_of``."""
    own = PracticeLength.project_id == project_id
    rows = db.session.execute(
        select(PracticeLength.project_id, PracticeLength.part, PracticeLength.longest).where(
            or_(PracticeLength.project_id.is_(None), own)
        )
    ).all()
    general = {str(row.part): row.longest for row in rows if row.project_id is None}
    return [general, {str(row.part): row.longest for row in rows if row.project_id is not None}]


def length_rows(project_id: int | None) -> Sequence[PracticeLength]:
    return db.session.scalars(
        select(PracticeLength).where(PracticeLength.project_id.is_not_distinct_from(project_id))
    ).all()


def draft(account_id: int, place: str) -> PracticeDraft | None:
    query = select(PracticeDraft).where(PracticeDraft.account_id == account_id, PracticeDraft.place == place)
    return db.session.scalar(query)


def drafts_of_others(practice_id: int, account_id: int | None) -> Sequence[PracticeDraft]:
    """Who else has typed into this practice and not saved, the latest first."""
    query = select(PracticeDraft).where(
        PracticeDraft.practice_id == practice_id, PracticeDraft.account_id != (account_id or 0)
    )
    return db.session.scalars(query.order_by(PracticeDraft.saved_at.desc())).all()


def waiting_import(account_id: int) -> PracticeImport | None:
    return db.session.scalar(select(PracticeImport).where(PracticeImport.account_id == account_id))


def owners_by_name() -> Sequence[tuple[int, str, str | None]]:
    rows = db.session.execute(select(Organisation.id, Organisation.name, Organisation.short_name)).all()
    return [(row.id, row.name, row.short_name) for row in rows]
