"""A peer review: what still lacks, who reviews, what was found and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import ngettext

from app.forums.models import PeerReview, ReviewFinding, ReviewTodo
from app.forums.rules import review as rules
from app.forums.rules.review import FindingKind, Frame, Missing, TodoState
from app.kernel.countries import country_names
from app.kernel.date_words import day_words
from app.kernel.i18n import language
from app.kernel.phrases import say


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoView:
    id: int
    text: str
    owner: str
    due: date
    due_words: str
    state: TodoState
    state_words: str
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    id: int
    kind: FindingKind
    kind_words: str
    text: str
    todos: tuple[TodoView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """``missing``: in words, what lacks before the review can begin."""

    host: str
    host_home: str
    question: str
    has_begun: bool
    missing: tuple[str, ...]
    peers: tuple[tuple[int, str, str, str], ...]  # id, name, organisation, country
    findings: tuple[FindingView, ...]
    open_todos: int
    overdue: int


def view_of(review: PeerReview | None, frame: Frame, today: date) -> ReviewView:
    """A review, also one that is not set up yet."""
    countries = country_names(language())
    findings = tuple(_finding(one, today) for one in review.findings) if review else ()
    todos = [todo for one in findings for todo in one.todos]
    host = review.host if review else None
    region = host.region.name.wording(language()).text if host and host.region else ""
    home = [region, countries.get(host.country_code, host.country_code)] if host else []
    return ReviewView(
        host=host.name if host else "",
        host_home=", ".join(part for part in home if part),
        question=review.question if review else "",
        has_begun=bool(review and review.begun_at),
        missing=missing_words(frame),
        peers=tuple(
            (one.id, one.name, one.organisation, countries.get(one.country_code, one.country_code))
            for one in (review.reviewers if review else ())
        ),
        findings=findings,
        open_todos=sum(todo.state not in rules.SETTLED for todo in todos),
        overdue=sum(todo.is_overdue for todo in todos),
    )


def missing_words(frame: Frame) -> tuple[str, ...]:
    """Everything that lacks, and how far what is there goes."""
    return tuple(_missing(one, frame) for one in rules.missing(frame))


def _missing(one: Missing, frame: Frame) -> str:
    words = say(one)
    if one is Missing.COUNTRIES:
        count = len(frame.other_countries)
        known = ngettext("There is %(num)d so far.", "There are %(num)d so far.", count)
    elif one is Missing.DAYS:
        known = ngettext("There is %(num)d so far.", "There are %(num)d so far.", frame.days)
    else:
        return words
    return f"{words} {known}"


def _finding(row: ReviewFinding, today: date) -> FindingView:
    todos = {one.id: one for one in row.todos}
    order = rules.open_first((one.id, one.state, one.due) for one in row.todos)
    return FindingView(
        id=row.id,
        kind=row.kind,
        kind_words=say(row.kind),
        text=row.text,
        todos=tuple(_todo(todos[key], today) for key in order),
    )


def _todo(row: ReviewTodo, today: date) -> TodoView:
    return TodoView(
        id=row.id,
        text=row.text,
        owner=row.owner,
        due=row.due,
        due_words=day_words(row.due),
        state=row.state,
        state_words=say(row.state),
        is_overdue=rules.is_overdue(row.state, row.due, today),
    )
