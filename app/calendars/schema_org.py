"""The same entry for search engines: an Event of schema.org as JSON-LD."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.calendars import text, zones
from app.calendars.entries import CalendarEntry


class State(StrEnum):
    SCHEDULED = "EventScheduled"
    RESCHEDULED = "EventRescheduled"
    POSTPONED = "EventPostponed"
    CANCELLED = "EventCancelled"


class Attendance(StrEnum):
    OFFLINE = "OfflineEventAttendanceMode"
    ONLINE = "OnlineEventAttendanceMode"
    MIXED = "MixedEventAttendanceMode"


class Availability(StrEnum):
    IN_STOCK = "InStock"
    SOLD_OUT = "SoldOut"
    PRE_SALE = "PreSale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where it takes place; the pin is the entry's."""

    name: str
    street: str
    postcode: str
    city: str
    country_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A place to be had for nothing; ``opens_at`` and ``closes_at`` bound when."""

    url: str
    availability: Availability
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What search engines ask for beyond the entry. ``summary`` is its description for people; ``organisers`` are
    names with their pages; ``performers`` are names of people who agreed to be named."""

    entry: CalendarEntry
    name: str
    summary: str
    state: State
    attendance: Attendance
    languages: tuple[str, ...] = ()
    previous_start: datetime | None = None
    address: Address | None = None
    organisers: tuple[tuple[str, str], ...] = ()
    performers: tuple[str, ...] = ()
    offer: Offer | None = None


def schema_event(of: Occasion) -> dict[str, Any]:
    """The Event as plain values for JSON; what is empty is left out. Instants carry the offset of the zone."""
    entry = of.entry
    before = of.previous_start if of.state is State.RESCHEDULED else None
    return _full(
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "@id": f"{entry.url}#event",
            "name": text.line(of.name),
            "description": text.paragraphs(of.summary),
            "url": entry.url,
            "identifier": entry.uid,
            "startDate": _moment(entry.starts_at, entry.timezone),
            "endDate": _moment(entry.ends_at, entry.ends_timezone or entry.timezone),
            "previousStartDate": _moment(before, entry.timezone) if before else "",
            "eventStatus": f"https://schema.org/{of.state}",
            "eventAttendanceMode": f"https://schema.org/{of.attendance}",
            "inLanguage": list(of.languages),
            "location": _location(of),
            "organizer": [_full({"@type": "Organization", "name": name, "url": url}) for name, url in of.organisers],
            "performer": [{"@type": "Person", "name": name} for name in of.performers],
            "keywords": list(entry.categories),
            "isAccessibleForFree": True if of.offer else "",
            "offers": _offer(of.offer, entry.timezone) if of.offer else "",
        }
    )


def _location(of: Occasion) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if of.address and of.attendance is not Attendance.ONLINE:
        places.append(_place(of.address, of.entry))
    if of.attendance is not Attendance.OFFLINE:
        # the page stands for a link that only those who registered get
        link = of.entry.conference[0] if of.entry.conference else of.entry.url
        places.append({"@type": "VirtualLocation", "url": text.uri(link)})
    return places


def _place(address: Address, entry: CalendarEntry) -> dict[str, Any]:
    postal = {
        "@type": "PostalAddress",
        "streetAddress": text.line(address.street),
        "postalCode": text.line(address.postcode),
        "addressLocality": text.line(address.city),
        "addressCountry": address.country_code,
    }
    place: dict[str, Any] = {"@type": "Place", "name": text.line(address.name), "address": _full(postal)}
    if entry.latitude is not None and entry.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude}
    return place


def _offer(offer: Offer, timezone: str) -> dict[str, Any]:
    return _full(
        {
            "@type": "Offer",
            "url": offer.url,
            "price": "0",
            "priceCurrency": "EUR",
            "availability": f"https://schema.org/{offer.availability}",
            "validFrom": _moment(offer.opens_at, timezone) if offer.opens_at else "",
            "validThrough": _moment(offer.closes_at, timezone) if offer.closes_at else "",
        }
    )


def _moment(instant: datetime, timezone: str) -> str:
    return instant.astimezone(zones.zone(timezone)).isoformat(timespec="seconds")


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], None)}
