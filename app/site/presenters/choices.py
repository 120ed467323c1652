"""What can be chosen in the filter of the list, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.events.rules import Kind
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.site import queries
from app.site.presenters.dates import language_name
from app.site.rules import Wanted, unknown_parts

KEPT_FOR = timedelta(seconds=60)
Values = Mapping[str, list[tuple[str, Texts]]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the filter; ``options`` are pairs of value and words."""

    name: str
    label: str
    all: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the filter that is set, and the list without it."""

    words: str
    url: str


class ChoiceValues:
    """The values of the filter, kept in this process while the pages' version stays."""

    def __init__(self) -> None:
        self._kept: tuple[int, datetime, Values] | None = None

    def at(self, version: int, now: datetime, *, keeps: bool = True) -> Values:
        if keeps and self._kept and self._kept[0] == version and now < self._kept[1]:
            return self._kept[2]
        values = queries.filter_values()
        self._kept = (version, now + KEPT_FOR, values)
        return values


def unknown(wanted: Wanted, values: Values) -> list[str]:
    """The parts of a filter whose value nothing can have."""
    known = {name: frozenset(code for code, _name in pairs) for name, pairs in values.items()}
    return unknown_parts(wanted.filter, known | {"kind": frozenset(Kind)})


def choices(wanted: Wanted, values: Values, language: str) -> list[Choice]:
    """The fields of the filter in the order of the form."""
    texts = {
        "sector": (_("Sector"), _("All sectors")),
        "group": (_("Thematic group"), _("All groups")),
        "project": (_("Project"), _("All projects")),
        "phase": (_("Phase"), _("All phases")),
        "country": (_("Country"), _("All countries")),
        "place": (_("Town"), _("All towns")),
        "language": (_("Spoken language"), _("All languages")),
    }
    return [
        Choice(name, label, everything, _options(name, values[name], language), getattr(wanted.filter, name) or "")
        for name, (label, everything) in texts.items()
    ]


def _options(name: str, pairs: list[tuple[str, Texts]], language: str) -> list[tuple[str, str]]:
    options = [(code, words_of(name, code, {code: texts}, language)) for code, texts in pairs]
    in_given_order = name in {"sector", "group", "phase"}
    return options if in_given_order else sorted(options, key=lambda option: option[1].casefold())


def words_of(name: str, value: str, texts: Mapping[str, Texts], language: str) -> str:
    """The words for a value of the filter; of an unknown one, itself."""
    if name == "kind":
        return say(Kind(value)) if value in frozenset(Kind) else value
    if name == "language":
        return language_name(value, language) if value in texts else value
    return texts[value].wording(language).text if value in texts else value


def chips(wanted: Wanted, values: Values, language: str) -> list[Chip]:
    """What is set, in words, each with the address of the list without it."""
    addresses = [wanted.narrowed(**{name: None}).address() for name in wanted.filter.parts()]
    return [Chip(*pair) for pair in zip(words_set(wanted, values, language), addresses, strict=True)]


def words_set(wanted: Wanted, values: Values, language: str) -> list[str]:
    """What is set in the filter, in words."""
    return [
        words_of(name, value, dict(values.get(name, [])), language) for name, value in wanted.filter.parts().items()
    ]
