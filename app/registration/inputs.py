"""What comes in, from whichever edge."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, field
from datetime import datetime

from app.network.rules import OrganisationType


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInput:
    """What a participant says of himself or herself."""

    given_name: str
    family_name: str
    email: str
    organisation: str
    org_type: OrganisationType
    country_code: str
    diet: str = ""
    access: str = ""
    message: str = ""
    locale: str = field(default="en", compare=False)

    @property
    def email_key(self) -> str:
        """Addresses that differ in case or blanks are one."""
        return self.email.strip().casefold()

    def digest(self) -> str:
        """Tells whether the same form came with other data; the language of the page is no data."""
        typed = "\0".join(str(value) for value in astuple(self)[:-1])
        return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What may be mended after registering: everything but the address, which proves who one is."""

    given_name: str
    family_name: str
    organisation: str
    org_type: OrganisationType
    country_code: str
    diet: str = ""
    access: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsInput:
    """What an organiser says of the seats; ``capacity`` None means no limit, instants are UTC."""

    capacity: int | None
    has_waitlist: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None
