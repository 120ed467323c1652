"""Working tables: who leads them, and what they came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.agenda.models import AgendaItem
from app.agenda.rules import AgendaRole, ItemKind
from app.forums.models import TableOutput
from app.forums.queries import outputs as queries
from app.forums.rules.outputs import check_writable
from app.kernel.errors import Conflict
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording

LEADING = (AgendaRole.MODERATOR, AgendaRole.RAPPORTEUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputView:
    title: Wording
    text: str


def leading(item: AgendaItem) -> list[tuple[str, str]]:
    """Role and names of moderator and rapporteur; names are empty where nobody is named."""
    return [
        (say(role), ", ".join(one.person.full_name for one in item.persons if one.role is role)) for role in LEADING
    ]


def why_closed(output: TableOutput, now: datetime) -> str | None:
    """Why the rapporteur cannot write any more; None while that is open."""
    try:
        check_writable(is_released=output.released_at is not None, event_ends_at=output.item.event.ends_at, now=now)
    except Conflict as refusal:
        return say(refusal.code)
    return None


def released(event_id: int) -> list[OutputView]:
    """The outputs that participants may read."""
    lang = language()
    return [
        OutputView(title=row.title.wording(lang) or Wording(say(ItemKind.WORKING_TABLE), lang, False), text=row.text)
        for row in queries.released(event_id)
    ]
