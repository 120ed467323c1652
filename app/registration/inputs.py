"""What comes in, from whichever edge."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.files.rules import Accepted
from app.kernel.texts import Texts
from app.network.rules import OrganisationType
from app.questions.rules import Asked
from app.registration.rules import GroupRule, Origin, Promotion, QuotaKind


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
        typed = "\0".join(str(getattr(self, name)) for name in self.__slots__[:-1])
        return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer in the normal form of its question's kind, and the version of the wording that was read."""

    value: Any
    wording_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A person who asks for a place, with everything that is asked for along with it.

    ``answers`` by question; ``limited``: those questions whose choices have seats, ``files``: what answers point to.
    ``organisation_id``: one that the network knows. ``is_invited`` opens an event by invitation,
    ``skips_approval`` (an invitation, or the pass code of ``code_id``) the approval.
    """

    person: PersonInput
    form_key: str
    companions: tuple[str, ...] = ()
    item_ids: frozenset[int] = frozenset()
    answers: Mapping[int, GivenAnswer] = field(default_factory=dict)
    limited: tuple[Asked, ...] = ()
    files: tuple[Accepted, ...] = ()
    code_id: int | None = None
    invitation_id: int | None = None
    is_invited: bool = False
    skips_approval: bool = False
    is_verified: bool = False
    party: str | None = None
    origin: Origin = Origin.FORM
    organisation_id: int | None = None
    delegation_id: int | None = None

    @property
    def seats(self) -> int:
        return 1 + len(self.companions)

    def digest(self) -> str:
        """Tells whether the same form came with other data."""
        digest = self.person.digest()
        if not (self.companions or self.item_ids or self.answers):
            return digest
        answers = [(question, _typed(answer.value)) for question, answer in sorted(self.answers.items())]
        more = repr((digest, self.companions, sorted(self.item_ids), answers))
        return hashlib.sha256(more.encode("utf-8", "surrogatepass")).hexdigest()


def _typed(value: Any) -> Any:
    """An answer without what differs when the same form is sent again: where a file was put, the page's language."""
    if isinstance(value, Mapping):
        return sorted((name, part) for name, part in value.items() if name not in {"file", "language"})
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """The colleague who takes a place over."""

    given_name: str
    family_name: str
    email: str
    locale: str

    @property
    def email_key(self) -> str:
        return self.email.strip().casefold()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInput:
    """What an organiser says of how places are given; hours None: who moves up is not asked."""

    needs_approval: bool = False
    verifies_address: bool = False
    promotion: Promotion = Promotion.AUTOMATIC
    offer_hours: int | None = None
    group_rule: GroupRule = GroupRule.PART
    most_companions: int = 0
    invited_skip_approval: bool = True
    changes_until: datetime | None = None
    rejection_text: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaInput:
    """Seats kept for some until ``releases_at`` (UTC; None: until the organiser releases them)."""

    kind: QuotaKind
    size: int
    organisation_id: int | None = None
    region_code: str | None = None
    org_type: str | None = None
    releases_at: datetime | None = None
