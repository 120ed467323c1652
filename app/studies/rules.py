"""What a service of a cluster is, and when a study's period makes sense."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.studies.errors import PeriodReversed, TitleMissing


class Target(StrEnum):
    """For whom a service is."""

    SME = "target_sme"
    START_UP = "target_start_up"
    LARGE_FIRM = "target_large_firm"
    RESEARCH = "target_research"
    PUBLIC_BODY = "target_public_body"
    PEOPLE = "target_people"


class ServiceState(StrEnum):
    """How far a service is. In test: tried out with some, before it is offered to all."""

    PLANNED = "service_planned"
    IN_TEST = "service_in_test"
    OFFERED = "service_offered"
    ENDED = "service_ended"


class Fee(StrEnum):
    """What members pay for it."""

    FREE = "fee_free"
    IN_MEMBERSHIP = "fee_in_membership"
    REDUCED = "fee_reduced"
    PAID = "fee_paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """What a reader of the catalogue asks for; None asks for nothing."""

    target: str | None = None
    state: str | None = None
    country: str | None = None
    q: str | None = None

    def parts(self) -> dict[str, str]:
        """What is asked, as parts of an address."""
        return {name: value for name, value in asdict(self).items() if value}


def check_study(title: Texts, starts: RoughDate | None, ends: RoughDate | None) -> None:
    """A title in one language at least, and no end before the beginning. Raises TitleMissing, PeriodReversed."""
    if not title:
        raise TitleMissing(field="title_en")
    if starts and ends and ends.last < starts.first:
        raise PeriodReversed(field="ends")


def check_service(name: Texts) -> None:
    """Raises TitleMissing."""
    if not name:
        raise TitleMissing(field="name_en")
