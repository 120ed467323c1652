"""The page that finds peers: who has something in common with an organisation, elsewhere, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.kernel.i18n import language
from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.texts import Wording
from app.network.models import Organisation
from app.network.presenters.lists import page_from
from app.profiles import queries
from app.profiles.rules import Peer, by_country, nearest_first

PAGE = 30
CLOSE = 10  # km within which a distance would claim to know more than pins do


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    url: str
    words: str
    is_current: bool
    count: int | None = None

    @property
    def row(self) -> tuple[str, str, bool, int | None, None]:
        """As the macro ``chips`` takes it."""
        return self.url, self.words, self.is_current, self.count, None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerLine:
    organisation: Organisation
    country: str
    distance: str
    common: list[Wording]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerPage:
    """``has_interests``: whether anything is known of the organisation that peers could share."""

    organisation: Organisation
    has_interests: bool
    lines: list[PeerLine]
    total: int
    subjects: list[Chip]
    countries: list[Chip]
    map: OutlineMap | None
    previous_url: str | None
    next_url: str | None
    where: str


def peer_page(organisation: Organisation, values: Mapping[str, str]) -> PeerPage:
    """What an address asks for by ``sector`` or ``group``, ``country`` and ``page``; what does not fit is not asked."""
    common = queries.interests_of(organisation.id)
    sector = asked if (asked := values.get("sector", "")) in common.sectors else ""
    group = next((id for id in common.groups if str(id) == values.get("group")), None)
    peers = queries.peers_of(
        organisation,
        sectors=[sector] if sector else [] if group else common.sectors,
        groups=[group] if group else [] if sector else common.groups,
    )
    counted = by_country(peers)
    country = asked if (asked := values.get("country", "")) in counted else ""
    shown = nearest_first(peer for peer in peers if country in ("", peer.country_code))
    page = min(page_from(values), max(-(-len(shown) // PAGE), 1))
    part = shown[(page - 1) * PAGE : page * PAGE]
    lines = _lines(part, common)

    def address(**changed: object) -> str:
        kept = {"sector": sector, "group": group, "country": country, **changed}
        asked: dict[str, Any] = {name: value for name, value in kept.items() if value}
        return url_for("profiles.peers", slug=organisation.slug, **asked)

    return PeerPage(
        organisation=organisation,
        has_interests=bool(common.sectors or common.groups),
        lines=lines,
        total=len(shown),
        subjects=[
            Chip(
                url=address(sector="", group="", country=""),
                words=_("Everything in common"),
                is_current=not sector and not group,
            ),
            *(
                Chip(
                    url=address(sector="", group=id, country=""),
                    words=_("Group: %(name)s", name=name.wording(language())),
                    is_current=group == id,
                )
                for id, name in common.groups.items()
            ),
            *(
                Chip(
                    url=address(sector=id, group="", country=""),
                    words=_("Sector: %(name)s", name=name.wording(language())),
                    is_current=sector == id,
                )
                for id, name in common.sectors.items()
            ),
        ],
        countries=_countries(counted, country, address),
        map=_map(organisation, lines),
        previous_url=address(page=page - 1) if page > 1 else None,
        next_url=address(page=page + 1) if page * PAGE < len(shown) else None,
        where=_(
            "%(first)s to %(last)s of %(total)s",
            first=(page - 1) * PAGE + 1,
            last=(page - 1) * PAGE + len(part),
            total=len(shown),
        ),
    )


def _countries(counted: dict[str, int], current: str, address: Callable[..., str]) -> list[Chip]:
    names = queries.country_names(counted)
    return [
        Chip(url=address(country=""), words=_("All countries"), is_current=not current, count=sum(counted.values())),
        *(
            Chip(
                url=address(country=code),
                words=names[code].wording(language()).text,
                is_current=code == current,
                count=count,
            )
            for code, count in counted.items()
        ),
    ]


def _lines(peers: list[Peer], common: queries.Common) -> list[PeerLine]:
    found = queries.organisations([peer.organisation_id for peer in peers])
    lines = []
    for peer in peers:
        organisation = found[peer.organisation_id]
        shared = [name for id, name in common.groups.items() if id in peer.groups]
        shared += [name for id, name in common.sectors.items() if id in peer.sectors]
        by_words = {wording.text: wording for name in shared if (wording := name.wording(language()))}
        lines.append(
            PeerLine(
                organisation=organisation,
                country=organisation.country.name.wording(language()).text,
                distance=_distance(peer.distance),
                common=list(by_words.values()),
            )
        )
    return lines


def _distance(km: float | None) -> str:
    if km is None:
        return _("distance not known")
    if km < CLOSE:
        return _("less than %(km)s km away", km=CLOSE)
    return _("%(km)s km away", km=format_decimal(round(km, -1) if km >= 100 else round(km)))


def _map(organisation: Organisation, lines: list[PeerLine]) -> OutlineMap | None:
    here = [organisation] if organisation.latitude is not None else []
    there = [line.organisation for line in lines if line.organisation.latitude is not None]
    if not there:
        return None
    pins = [
        pin(
            each.latitude or 0.0,
            each.longitude or 0.0,
            label=each.name,
            url=None if each is organisation else url_for("network.organisation", slug=each.slug),
            kind="visit" if each is organisation else "",
        )
        for each in (*here, *there)
    ]
    return outline(pins, countries=sorted({each.country_code for each in (*here, *there)}))
