"""Words for the enumerations and refusals of the network."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.network.rules import (
    DevelopmentCategory,
    GroupRole,
    LabelLevel,
    OrganisationStatus,
    OrganisationType,
    ProjectRole,
    ProjectStage,
)

PHRASES: dict[Any, Any] = {
    OrganisationType.COMPANY: _("Company"),
    OrganisationType.CLUSTER_ORGANISATION: _("Cluster organisation"),
    OrganisationType.DEVELOPMENT_AGENCY: _("Development agency"),
    OrganisationType.RESEARCH: _("Research & technology transfer"),
    OrganisationType.PUBLIC_AUTHORITY: _("Public authority"),
    OrganisationType.ASSOCIATION: _("Business association"),
    OrganisationType.SCIENCE_PARK: _("Science park, incubator"),
    OrganisationType.CHAMBER: _("Chamber"),
    OrganisationType.OTHER: _("Other organisation"),
    OrganisationStatus.ACTIVE: _("Active"),
    OrganisationStatus.HISTORIC: _("No longer active"),
    DevelopmentCategory.LESS_DEVELOPED: _("Less developed region"),
    DevelopmentCategory.TRANSITION: _("Transition region"),
    DevelopmentCategory.MORE_DEVELOPED: _("More developed region"),
    ProjectRole.LEAD_PARTNER: _("Lead partner"),
    ProjectRole.PARTNER: _("Partner"),
    ProjectRole.ASSOCIATED: _("Associated partner"),
    ProjectRole.OBSERVER: _("Observer"),
    ProjectRole.PROMOTER: _("Promoter"),
    ProjectRole.EXCHANGE_COORDINATOR: _("Exchange coordinator"),
    ProjectRole.ADVISORY: _("Advisory board"),
    GroupRole.COORDINATOR: _("Coordinator"),
    GroupRole.SUPPORTING_BODY: _("Supporting body"),
    GroupRole.MEMBER: _("Member"),
    LabelLevel.BRONZE: _("Bronze"),
    LabelLevel.SILVER: _("Silver"),
    LabelLevel.GOLD: _("Gold"),
    ProjectStage.UPCOMING: _("Starts soon"),
    ProjectStage.RUNNING: _("Running"),
    ProjectStage.CLOSED: _("Closed"),
    "network.organisation_not_found": _("There is no such organisation. Look for it in the network."),
    "network.project_not_found": _("There is no such project. Look for it in the network."),
    "network.group_not_found": _("There is no such thematic group. Look for it in the network."),
    "network.sector_not_found": _("There is no such sector. The network lists all of them."),
    "network.person_not_found": _("There is no such person, or none who agreed to be named here."),
    "network.name_missing": _("Please give a name."),
    "network.type_missing": _("Tick at least one type."),
    "network.primary_type_elsewhere": _("The main type must be one of those ticked."),
    "network.unknown_choice": _("Choose one of the list."),
    "network.region_elsewhere": _("This region lies in another country. Change one of the two."),
    "network.half_a_pin": _("Give latitude and longitude, or neither."),
    "network.pin_outside_country": _("These coordinates lie outside the country. Check the number."),
    "network.pin_turned_round": _(
        "Latitude and longitude seem to have changed places. Latitude is the one to the north."
    ),
    "network.not_a_web_address": _("A web address begins with https:// and names a site."),
    "network.unit_of_itself": _("An organisation cannot be a unit of itself or of one of its units."),
    "network.member_of_itself": _("A cluster cannot be its own member."),
    "network.not_money": _("This is no amount in euros. Write it as in the example."),
    "network.too_much_money": _("This is more than a budget can hold."),
    "network.no_share_without_part": _("Only partners of the project have a share of its budget."),
    "network.not_its_unit": _("This unit belongs to another organisation."),
    "network.unknown_phase": _("The project has no such phase."),
    "network.ends_before_start": _("The end lies before the start."),
    "network.coordinated_already": _("%(organisation)s coordinates this group already."),
    "network.may_not_edit": _("Only administrators and those who manage the organisation may change this."),
}
