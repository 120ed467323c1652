"""What the page of a project shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.i18n import language
from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.texts import Texts, Wording
from app.network.actors import Actor
from app.network.models import Organisation, Phase, Project, ProjectRoleRow, ThematicGroup
from app.network.permissions import may_see_shares
from app.network.presenters.words import euros, part_of, unit_name
from app.network.rules import PARTNER_ROLES, ProjectRole, ProjectStage, budget_overview, coverage, stage

# the order in which roles stand beside a name, and partners before the others
ORDER = list(ProjectRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    """An organisation in a project, once, with all its roles. ``share`` is words; empty where there is none to show."""

    name: str
    organisation: Organisation
    roles: list[ProjectRole]
    share: str

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.organisation.city, self.organisation.country_code) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """``sum``, ``gaps`` and ``hidden`` are words, empty where there is nothing to say."""

    sum: str
    part: str
    gaps: str
    hidden: str


@dataclass(frozen=True, slots=True)
class CoverageCell:
    name: Texts
    partners: int
    is_gap: bool
    is_declared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    project: Project
    title: Wording
    stage: ProjectStage | None
    objectives: list[str]
    objectives_lang: Wording
    partners: list[PartnerLine]
    others: list[PartnerLine]
    budget: Budget
    coverage: list[CoverageCell]
    map: OutlineMap
    launches: dict[int, list[ThematicGroup]]  # by phase


def project_page(project: Project, actor: Actor, country_names: dict[str, Texts], today: date) -> ProjectPage:
    """Shares that are not public are left out for whoever is not one of the partners."""
    sees_shares = may_see_shares(actor, project.id)
    by_organisation = _grouped(project.roles)
    partner_rows = [rows for rows in by_organisation if any(row.role in PARTNER_ROLES for row in rows)]
    lines = [_line(rows, sees_shares=sees_shares) for rows in by_organisation]
    partners = [line for line in lines if PARTNER_ROLES & set(line.roles)]
    objectives = project.objectives.wording(language())
    return ProjectPage(
        project=project,
        title=project.title.wording(language()),
        stage=_stage(project, today),
        objectives=[line for line in objectives.text.splitlines() if line.strip()],
        objectives_lang=objectives,
        partners=partners,
        others=[line for line in lines if line not in partners],
        budget=_budget([_carrier(rows) for rows in partner_rows], project.total_budget, sees_shares=sees_shares),
        coverage=_coverage(project, [line.organisation.country_code for line in partners], country_names),
        map=_map(partners),
        launches=launches(project),
    )


def launches(project: Project) -> dict[int, list[ThematicGroup]]:
    """The groups that were launched in each phase: the latest that had begun by then and was not over."""
    found: dict[int, list[ThematicGroup]] = {}
    for group in project.groups:
        if phase := _phase_of_launch(group, project.phases):
            found.setdefault(phase.id, []).append(group)
    return found


def _phase_of_launch(group: ThematicGroup, phases: Iterable[Phase]) -> Phase | None:
    if group.launched is None:
        return None
    day = group.launched.first
    running = [
        phase
        for phase in phases
        if phase.starts and phase.starts.first <= day and (phase.ends is None or day <= phase.ends.last)
    ]
    return max(running, key=lambda phase: (phase.starts_on, phase.number), default=None)


def _grouped(roles: Iterable[ProjectRoleRow]) -> list[list[ProjectRoleRow]]:
    """The roles of each organisation, lead partners first, then by name."""
    by_organisation: dict[int, list[ProjectRoleRow]] = {}
    for row in sorted(roles, key=lambda row: ORDER.index(row.role)):
        by_organisation.setdefault(row.organisation_id, []).append(row)
    return sorted(
        by_organisation.values(), key=lambda rows: (ORDER.index(rows[0].role), rows[0].organisation.name.casefold())
    )


def _carrier(rows: list[ProjectRoleRow]) -> ProjectRoleRow:
    """The role that carries the share: the first as partner."""
    return next(row for row in rows if row.role in PARTNER_ROLES)


def _line(rows: list[ProjectRoleRow], *, sees_shares: bool) -> PartnerLine:
    unit = next((row.acting_unit for row in rows if row.acting_unit), None)
    share = next((row for row in rows if row.role in PARTNER_ROLES), None)
    return PartnerLine(
        name=unit_name(rows[0].organisation, unit),
        organisation=rows[0].organisation,
        roles=[row.role for row in rows],
        share=_share_words(share, sees_shares=sees_shares) if share else "",
    )


def _share_words(row: ProjectRoleRow, *, sees_shares: bool) -> str:
    if row.budget_share is None:
        return str(_("not entered"))
    if row.budget_is_public:
        return euros(row.budget_share)
    if not sees_shares:
        return str(_("for partners only"))
    return str(_("%(amount)s (partners only)", amount=euros(row.budget_share)))


def _budget(rows: list[ProjectRoleRow], total: Decimal | None, *, sees_shares: bool) -> Budget:
    shown = [row.budget_share for row in rows if row.budget_share is None or row.budget_is_public or sees_shares]
    overview = budget_overview(shown)
    entered = len(shown) - overview.not_entered
    hidden = len(rows) - len(shown)
    return Budget(
        sum=euros(overview.total) if entered else "",
        part=part_of(overview.total, total) if entered else "",
        gaps=ngettext("%(num)d partner: no figure entered", "%(num)d partners: no figure entered", overview.not_entered)
        if overview.not_entered
        else "",
        hidden=ngettext("%(num)d share is for partners only", "%(num)d shares are for partners only", hidden)
        if hidden
        else "",
    )


def _coverage(project: Project, partner_countries: list[str], names: dict[str, Texts]) -> list[CoverageCell]:
    declared = [country.code for country in project.countries]
    return [
        CoverageCell(
            names.get(cell.country_code, Texts(en=cell.country_code)), cell.partners, cell.is_gap, cell.is_declared
        )
        for cell in coverage(declared, partner_countries)
    ]


def _map(partners: list[PartnerLine]) -> OutlineMap:
    pins = [
        pin(
            line.organisation.latitude,
            line.organisation.longitude,
            label=f"{line.name}, {line.place}",
            url=url_for("network.organisation", slug=line.organisation.slug),
        )
        for line in partners
        if line.organisation.latitude is not None and line.organisation.longitude is not None
    ]
    return outline(pins, countries=sorted({line.organisation.country_code for line in partners}))


def _stage(project: Project, today: date) -> ProjectStage | None:
    if project.starts is None and project.ends is None:
        return None
    return stage(project.starts.first if project.starts else None, project.ends.last if project.ends else None, today)
