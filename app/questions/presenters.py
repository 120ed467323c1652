"""Questions and answers as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from app.events.models import Event
from app.files.rules import MEGABYTE, SIZE_MOST
from app.kernel.countries import country_names
from app.kernel.date_words import day_words, last_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.questions.rules import Asked, Kind, erased_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """What ``questions/_fields.html`` shows of a question: the name of its field, and what stands beside it."""

    field: str
    kind: Kind
    label: Texts
    help: Texts
    purpose: Texts
    seen_by: str
    kept: str
    taken: str = ""  # which files, and how large


def shown(questions: Sequence[Asked], event: Event, *, is_anonymous: bool = False) -> list[ShownQuestion]:
    """Questions for a page of the event, in the language in force."""
    last = last_day(event.starts_at, event.ends_at, event.timezone)
    return [
        ShownQuestion(
            field=one.field,
            kind=one.kind,
            label=one.label,
            help=one.help,
            purpose=one.purpose,
            seen_by=say(f"questions.seen_by.{one.readers}"),
            kept="" if is_anonymous else kept_words(erased_on(last, one.erased_after_days)),
            taken=_files_taken() if one.kind is Kind.FILE else "",
        )
        for one in questions
    ]


def _files_taken() -> str:
    most = {str(kind): size // MEGABYTE for kind, size in SIZE_MOST.items()}
    return say("questions.files_taken", **most)


def kept_words(day: date | None) -> str:
    """When an answer goes, as a sentence."""
    if day is None:
        return _("Kept as long as your registration.")
    return _("Erased on %(day)s.", day=day_words(day))


def in_words(question: Asked, value: Any, lang: str) -> str:
    """An answer as people read it in a language; empty for none. Never refuses what was kept once."""
    if value in (None, "", []):
        return ""
    with force_locale(lang) if lang != language() else nullcontext():
        return _words(question, value, lang)


def _words(question: Asked, value: Any, lang: str) -> str:
    match question.kind:
        case Kind.CHOICE:
            return question.label_of(str(value)).wording(lang).text
        case Kind.SEVERAL if isinstance(value, list):
            return ", ".join(question.label_of(str(code)).wording(lang).text for code in value)
        case Kind.COUNTRY:
            return country_names(lang).get(str(value), str(value))
        case Kind.DATE:
            return _day(str(value))
        case Kind.CONSENT if isinstance(value, Mapping):
            return _("Yes") if value.get("agreed") else _("No")
        case Kind.FILE if isinstance(value, Mapping):
            return str(value.get("name", ""))
        case Kind.RATING:
            return _("%(rating)s of 5", rating=value)
        case _:
            return str(value)


def _day(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text
