"""What the page of an organisation shows of its profile, and the ways to its peers and its year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.kernel.i18n import language
from app.network.current import current_actor
from app.network.models import Organisation
from app.network.panels import Panel
from app.network.permissions import may_edit_organisation
from app.network.rules import OrganisationType
from app.profiles import queries
from app.profiles.models import ClusterProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePanel:
    organisation: Organisation
    profile: ClusterProfile | None
    facts: list[tuple[str, str]]
    is_cluster: bool
    may_edit: bool


def profile_of(organisation: Any) -> Panel:
    profile = queries.find_profile(organisation.id)
    panel = ProfilePanel(
        organisation=organisation,
        profile=profile,
        facts=_facts(profile) if profile else [],
        is_cluster=OrganisationType.CLUSTER_ORGANISATION in {row.type for row in organisation.types},
        may_edit=may_edit_organisation(current_actor(), organisation.id),
    )
    return "profiles/_panel.html", {"view": panel}


def _facts(profile: ClusterProfile) -> list[tuple[str, str]]:
    facts = []
    if profile.founded_year:
        facts.append((_("Founded"), str(profile.founded_year)))
    if profile.staff is not None:
        facts.append((_("Full-time posts of its management"), format_decimal(profile.staff)))
    if profile.committed_members is not None:
        facts.append((_("Members in all"), format_decimal(profile.committed_members)))
    if kinds := _kinds(profile):
        facts.append((_("Among them"), ", ".join(kinds)))
    if profile.target_countries:
        names = queries.country_names(profile.target_countries)
        facts.append(
            (_("Wants to work with"), ", ".join(sorted(name.wording(language()).text for name in names.values())))
        )
    return facts


def _kinds(profile: ClusterProfile) -> list[str]:
    kinds = []
    if profile.small_companies:
        kinds.append(
            ngettext("%(num)d small or medium company", "%(num)d small and medium companies", profile.small_companies)
        )
    if profile.large_companies:
        kinds.append(ngettext("%(num)d large company", "%(num)d large companies", profile.large_companies))
    if profile.research_bodies:
        kinds.append(ngettext("%(num)d research body", "%(num)d research bodies", profile.research_bodies))
    if profile.other_members:
        kinds.append(ngettext("%(num)d other", "%(num)d others", profile.other_members))
    return kinds
