"""Which answers are taken, and how they are kept."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from app.kernel.countries import COUNTRY_CODES
from app.questions import errors
from app.questions.rules.words import MOST_CHOICES, RATINGS, Asked, Kind

LONGEST = 500
LONGEST_LONG = 2000
LARGEST = 1e9
_YEARS = range(1900, 2101)
# blanks of every kind, and letters without width or ink
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u00ad\u200b\u200c\u200d\u2060\u2800\u3164\ufeff"
_BREAKS = {ord(sign): None for sign in "\t\n\r"}
# controls, lone surrogates, what stands for bytes that are no text, and marks that turn the direction of writing
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}([.,][0-9]{1,9})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def normalise(question: Asked, raw: Any, *, language: str = "en") -> Any:
    """An answer as it is kept (a JSON value), or None when nothing was answered.

    Text and country: str. Choice: the code. Several: list of codes in the order of the question. Number: int or
    float. Date: ISO text. Rating: int. Consent: ``{"agreed", "wording", "language"}``, so that it can be proved
    what was agreed to. File: ``{"file": public id, "name": …}``. Raises AnswerRefused with ``field``; an answer that
    is too long is refused before anything else is done with it. Whether one is required is not asked here.
    """
    if isinstance(raw, str):
        if len(raw) > 2 * LONGEST_LONG:
            raise errors.TooLong(field=question.field, longest=longest(question.kind))
        raw = raw.strip(_BLANKS).replace("\r\n", "\n")
    if question.kind is Kind.CONSENT:
        return {"agreed": raw in (True, "y", "yes", "1"), "wording": question.wording_version, "language": language}
    return None if raw in (None, "") else _READERS[question.kind](question, raw)


def longest(kind: Kind) -> int:
    """How many characters an answer may have."""
    return LONGEST_LONG if kind is Kind.LONG_TEXT else LONGEST


def _text(question: Asked, raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > longest(question.kind):
        raise errors.TooLong(field=question.field, longest=longest(question.kind))
    if _UNSEEN.search(raw.translate(_BREAKS) if question.kind is Kind.LONG_TEXT else raw):
        raise errors.UnseenCharacters(field=question.field)
    return raw


def _several(question: Asked, raw: Any) -> list[str] | None:
    if not isinstance(raw, (list, tuple)) or len(raw) > 2 * MOST_CHOICES:
        raise errors.NotAChoice(field=question.field)
    known = [choice.code for choice in question.choices]
    if any(code not in known for code in raw):
        raise errors.NotAChoice(field=question.field)
    chosen = [code for code in known if code in raw]
    if not chosen:
        return None
    if question.least is not None and len(chosen) < question.least:
        raise errors.TooFew(field=question.field, least=_plain(question.least))
    if question.most is not None and len(chosen) > question.most:
        raise errors.TooMany(field=question.field, most=_plain(question.most))
    return chosen


def _choice(question: Asked, raw: Any) -> str:
    return str(_one_of([choice.code for choice in question.choices], question, raw))


def _rating(question: Asked, raw: Any) -> int:
    return int(_one_of([*RATINGS, *map(str, RATINGS)], question, raw))


def _one_of(known: list[Any], question: Asked, raw: Any) -> Any:
    if raw not in known:
        raise errors.NotAChoice(field=question.field)
    return raw


def _country(question: Asked, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in COUNTRY_CODES:
        raise errors.NotACountry(field=question.field)
    return raw


def _number(question: Asked, raw: Any) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise errors.NotANumber(field=question.field)
    if isinstance(raw, str) and not _NUMBER.fullmatch(raw):
        raise errors.NotANumber(field=question.field)
    value = float(raw.replace(",", ".") if isinstance(raw, str) else raw)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise errors.NotANumber(field=question.field)
    if question.least is not None and value < question.least:
        raise errors.TooSmall(field=question.field, least=_plain(question.least))
    if question.most is not None and value > question.most:
        raise errors.TooLarge(field=question.field, most=_plain(question.most))
    return _plain(value)


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _day(question: Asked, raw: Any) -> str:
    text = raw.isoformat() if isinstance(raw, date) else raw
    try:
        day = date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except (TypeError, ValueError) as error:
        raise errors.NotADate(field=question.field) from error
    if day.year not in _YEARS:
        raise errors.NotADate(field=question.field)
    return day.isoformat()


def _file(question: Asked, raw: Any) -> dict[str, str]:
    """A file was stored before; the answer only points to it."""
    if not isinstance(raw, Mapping) or not {"file", "name"} <= raw.keys():
        raise errors.NotAFile(field=question.field)
    return {"file": str(raw["file"])[:60], "name": str(raw["name"])[:200]}


_READERS: Mapping[Kind, Callable[[Asked, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.COUNTRY: _country,
    Kind.FILE: _file,
    Kind.RATING: _rating,
}


def is_answered(question: Asked, value: Any) -> bool:
    """Whether a kept value answers the question; a consent that was not given does not."""
    if question.kind is Kind.CONSENT:
        return isinstance(value, Mapping) and bool(value.get("agreed"))
    return value not in (None, "", [])


def check_answered(question: Asked, value: Any) -> None:
    """Refuse a required question without an answer; raises Missing or ConsentMissing."""
    if question.required and not is_answered(question, value):
        refusal = errors.ConsentMissing if question.kind is Kind.CONSENT else errors.Missing
        raise refusal(field=question.field)


def complete(questions: Iterable[Asked], answers: Mapping[int, Any]) -> list[Asked]:
    """The required questions that are not answered, in their order; answers by the question's id."""
    return [one for one in questions if one.required and not is_answered(one, answers.get(one.id))]


def check_seats(question: Asked, value: Any, taken: Mapping[str, int]) -> None:
    """Refuse a choice whose seats others have taken; ``taken`` by code, without this person. Raises ChoiceFull."""
    chosen = value if isinstance(value, list) else [value]
    for choice in question.choices:
        if choice.code in chosen and choice.seats is not None and taken.get(choice.code, 0) >= choice.seats:
            raise errors.ChoiceFull(field=question.field, choice=choice.code)
