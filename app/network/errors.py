from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class OrganisationNotFound(NotFound):
    code = "network.organisation_not_found"


class ProjectNotFound(NotFound):
    code = "network.project_not_found"


class GroupNotFound(NotFound):
    code = "network.group_not_found"


class SectorNotFound(NotFound):
    code = "network.sector_not_found"


class PersonNotFound(NotFound):
    """There is no such person, or none that agreed to be named in public."""

    code = "network.person_not_found"


class NameMissing(Invalid):
    code = "network.name_missing"


class TypeMissing(Invalid):
    code = "network.type_missing"


class PrimaryTypeElsewhere(Invalid):
    """The primary type is none of the types."""

    code = "network.primary_type_elsewhere"


class UnknownChoice(Invalid):
    """``field``: a country, region, sector, specialisation or organisation that does not exist."""

    code = "network.unknown_choice"


class RegionElsewhere(Invalid):
    """The region belongs to another country."""

    code = "network.region_elsewhere"


class HalfAPin(Invalid):
    """Latitude without longitude, or the other way round."""

    code = "network.half_a_pin"


class PinOutsideCountry(Invalid):
    code = "network.pin_outside_country"


class PinTurnedRound(Invalid):
    """Outside the country, but inside it when latitude and longitude change places."""

    code = "network.pin_turned_round"


class NotAWebAddress(Invalid):
    code = "network.not_a_web_address"


class UnitOfItself(Invalid):
    """An organisation would be, directly or not, a unit of itself."""

    code = "network.unit_of_itself"


class MemberOfItself(Invalid):
    code = "network.member_of_itself"


class NotMoney(Invalid):
    code = "network.not_money"


class TooMuchMoney(Invalid):
    code = "network.too_much_money"


class NoShareWithoutPart(Invalid):
    """Only partners have a share of the budget; observers and promoters have none."""

    code = "network.no_share_without_part"


class NotItsUnit(Invalid):
    """The acting unit belongs to another organisation."""

    code = "network.not_its_unit"


class UnknownPhase(Invalid):
    code = "network.unknown_phase"


class EndsBeforeStart(Invalid):
    code = "network.ends_before_start"


class CoordinatedAlready(Conflict):
    """The group has a coordinator; ``organisation`` names it."""

    code = "network.coordinated_already"


class MayNotEdit(Forbidden):
    code = "network.may_not_edit"
