"""What an earlier edition wrote to people, as drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.kernel.db import db
from app.mailings import queries
from app.mailings.models import Mailing
from app.mailings.rules import Narrowing, State
from app.questions.queries import copied_questions

_SAME = ("kind", "subject", "body", "audience", "is_service", "is_proposal", "anchor", "minutes")


def copy_mailings(*, from_id: int, to_id: int, now: datetime) -> int:
    """Lay the texts of another event before the organisers of its copy; gives their number. Nothing is sent.

    A reminder counts from the new dates once somebody approves it. One that reached only those with a certain answer
    asks the copied question; where that did not come along, it would reach everybody, and says so by being a draft.
    """
    questions = copied_questions(from_id, to_id)
    originals = queries.written_for(from_id)
    for original in originals:
        narrowing = Narrowing.of(original.narrowing)
        if narrowing.question_id:
            question_id = questions.get(narrowing.question_id)
            narrowing = replace(narrowing, question_id=question_id, answer=narrowing.answer if question_id else "")
        same = {name: getattr(original, name) for name in _SAME}
        draft = Mailing(event_id=to_id, narrowing=narrowing.stored(), state=State.DRAFT, created_at=now, **same)
        db.session.add(draft)
    return len(originals)
