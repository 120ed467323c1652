"""Filters of lists: what an address asks for, what can be chosen, and where the next page is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network import queries
from app.network.queries import Choice, Directory, Wanted
from app.network.queries.listing import PAGE
from app.network.rules import OrganisationType

MOST_PAGES = 10_000


def wanted_from(values: Mapping[str, str]) -> Wanted:
    """What an address asks for. What cannot be typed in any field is taken for not asked."""
    given = {name: values.get(name, "").strip()[:200] for name in Wanted.__slots__}
    return Wanted(**{name: value for name, value in given.items() if value and value.isprintable()})


def page_from(values: Mapping[str, str]) -> int:
    """The number of the page that an address asks for, the first when it is no number."""
    text = values.get("page", "")
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def named(choices: list[Choice]) -> list[tuple[str, str]]:
    """Choices in the words of the language in force, by those words."""
    words = [(str(choice.id), choice.name.wording(language()).text) for choice in choices]
    return sorted(words, key=lambda pair: pair[1].casefold())


def type_choices() -> list[tuple[str, str]]:
    return [(str(type), say(type)) for type in OrganisationType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    directory: Directory
    wanted: Wanted
    types: list[tuple[str, str]]
    countries: list[tuple[str, str]]
    previous_url: str | None
    next_url: str | None
    where: str


def overview(wanted: Wanted, page: int) -> Overview:
    """One page of organisations, with the filter kept in every address."""
    directory = queries.listed_organisations(wanted, page=page)
    first = (page - 1) * PAGE + 1
    last = first + len(directory.organisations) - 1
    return Overview(
        directory=directory,
        wanted=wanted,
        types=type_choices(),
        countries=named(queries.country_choices()),
        previous_url=_address(wanted, page - 1) if page > 1 else None,
        next_url=_address(wanted, page + 1) if last < directory.total else None,
        where=_("%(first)s to %(last)s of %(total)s", first=first, last=last, total=directory.total),
    )


def _address(wanted: Wanted, page: int) -> str:
    values: dict[str, Any] = {**wanted.parts(), **({"page": page} if page > 1 else {})}
    return url_for("network.overview", **values)
