"""The groups of all projects, for everybody: whose, in which sectors and countries, how far with their plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.network.rules import GroupRole
from app.plans.presenters.words import countries
from app.plans.queries import listing as queries
from app.plans.rules.districts import DistrictState
from app.plans.rules.plans import Stand, public_stand

Choice = tuple[str, str, bool, int, None]  # address, words, whether it is chosen, how many: as the macro takes them


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """``plan``: what the page of the group says to everybody; ``district``: its state and target year.

    ``sectors`` and ``coordinators`` with their addresses.
    """

    slug: str
    name: Wording
    project_slug: str
    project: str
    sectors: tuple[tuple[str, Wording], ...]
    countries: tuple[str, ...]
    coordinators: tuple[tuple[str, str], ...]
    plan: Stand | None
    district: tuple[DistrictState, int] | None


@dataclass(frozen=True, slots=True)
class GroupList:
    """``projects``: the ways to narrow the list; empty where there is one project at most."""

    lines: tuple[GroupLine, ...]
    projects: tuple[Choice, ...]
    is_narrowed: bool


def group_list(asked: str, all_words: str) -> GroupList:
    """The groups of the project of that address, or of all where no project with groups has it."""
    rows = queries.listed_groups()
    known = {row.project_slug: row.acronym for row in rows}
    wanted = asked if asked in known else ""
    shown = [row for row in rows if wanted in ("", row.project_slug)]
    ids = {row.id for row in shown}
    sectors = _by_group(queries.sectors_of_groups(ids)) if ids else {}
    roles = _by_group(queries.roles_of_groups(ids)) if ids else {}
    lines = [
        _line(list(plans), sectors.get(group_id, []), roles.get(group_id, []))
        for group_id, plans in groupby(shown, key=lambda row: row.id)
    ]
    return GroupList(tuple(lines), _choices(rows, known, wanted, all_words), bool(wanted))


def _line(plans: Sequence[Any], sectors: Iterable[Any], roles: Sequence[Any]) -> GroupLine:
    group = plans[0]
    stands = [
        Stand(state=one.state, adopted_on=one.adopted_on, adopted_number=one.adopted_number)
        for one in plans
        if one.state is not None
    ]
    return GroupLine(
        slug=group.slug,
        name=group.name.wording(language()),
        project_slug=group.project_slug,
        project=group.acronym,
        sectors=tuple((one.id, one.name.wording(language())) for one in sectors),
        countries=tuple(countries(one.country_code for one in roles)),
        coordinators=tuple((one.slug, one.name) for one in roles if one.role is GroupRole.COORDINATOR),
        plan=public_stand(stands),
        district=(group.district, group.target_year) if group.district else None,
    )


def _by_group(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.group_id, []).append(row)
    return found


def _choices(rows: Iterable[Any], known: dict[str, str], wanted: str, all_words: str) -> tuple[Choice, ...]:
    if len(known) < 2:
        return ()
    groups: dict[str, set[int]] = {}
    for row in rows:
        groups.setdefault(row.project_slug, set()).add(row.id)
    total = sum(len(ids) for ids in groups.values())
    return (
        ("/groups", all_words, not wanted, total, None),
        *(
            (f"/groups?project={slug}", acronym, slug == wanted, len(groups[slug]), None)
            for slug, acronym in known.items()
        ),
    )
