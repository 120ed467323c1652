"""Cards of those who exchange contacts."""

from __future__ import annotations

from dataclasses import dataclass

from app.forums.models import ContactCard
from app.forums.queries import contacts as queries
from app.forums.rules import contacts as rules
from app.kernel.countries import country_names
from app.kernel.i18n import language
from app.kernel.phrases import say


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A card as others see it; ``website`` may be linked."""

    name: str
    organisation: str
    org_type: str
    country: str
    email: str
    phone: str
    website: str
    about: str


def directory(event_id: int, reader: int) -> list[CardView]:
    """The cards that somebody sees: nobody's before sharing the own one. Two queries at most."""
    cards = {one.registration_id: one for one in queries.cards_of(event_id)}
    shown = rules.visible_to(reader, cards.keys())
    return [card_view(card) for key, card in cards.items() if key in shown]


def card_view(card: ContactCard) -> CardView:
    one = card.registration
    return CardView(
        name=f"{one.given_name} {one.family_name}".strip(),
        organisation=one.organisation,
        org_type=say(one.org_type),
        country=country_names(language()).get(one.country_code, one.country_code),
        email=one.email if card.shows_email else "",
        phone=card.phone,
        website=rules.safe_address(card.website),
        about=card.about,
    )
