"""The page that finds peers: who has something in common with an organisation, elsewhere, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.board import queries as board
from app.kernel.i18n import language
from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.phrases import say
from app.kernel.texts import Texts, Wording
from app.network.models import Organisation
from app.network.presenters.lists import page_from
from app.network.rules import OrganisationType
from app.profiles import queries
from app.profiles.rules import Peer, by_country, by_type, nearest_first

PAGE = 30
MOST_POSTS = 2
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
class PostLink:
    """``lang`` is the language of the title, empty where it is the reader's."""

    url: str
    kind_words: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerLine:
    """``posts``: its open offers and requests, by which it can be written to; the newest first."""

    organisation: Organisation
    country: str
    distance: str
    common: list[Wording]
    looking_for: Wording | None
    offers: Wording | None
    posts: list[PostLink]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerPage:
    """``has_interests``: whether anything is known of the organisation that peers could share."""

    organisation: Organisation
    has_interests: bool
    lines: list[PeerLine]
    total: int
    subjects: list[Chip]
    types: list[Chip]
    countries: list[Chip]
    map: OutlineMap | None
    previous_url: str | None
    next_url: str | None
    where: str


def peer_page(organisation: Organisation, values: Mapping[str, str], today: date) -> PeerPage:
    """What an address asks for by ``sector`` or ``group``, ``type``, ``country`` and ``page``.

    What does not fit is not asked. Types are counted in the country that is asked for, countries among the type.
    """
    common = queries.interests_of(organisation.id)
    sector = asked if (asked := values.get("sector", "")) in common.sectors else ""
    group = next((id for id in common.groups if str(id) == values.get("group")), None)
    peers = queries.peers_of(
        organisation,
        sectors=[sector] if sector else [] if group else common.sectors,
        groups=[group] if group else [] if sector else common.groups,
    )
    kind = asked if (asked := values.get("type", "")) in by_type(peers, OrganisationType) else ""
    of_kind = [peer for peer in peers if not kind or kind in peer.types]
    counted = by_country(of_kind)
    country = asked if (asked := values.get("country", "")) in counted else ""
    kinds = by_type((peer for peer in peers if country in ("", peer.country_code)), OrganisationType)
    shown = nearest_first(peer for peer in of_kind if country in ("", peer.country_code))
    page = min(page_from(values), max(-(-len(shown) // PAGE), 1))
    part = shown[(page - 1) * PAGE : page * PAGE]
    lines = _lines(part, common, today)

    def address(**changed: object) -> str:
        kept = {"sector": sector, "group": group, "type": kind, "country": country, **changed}
        asked: dict[str, Any] = {name: value for name, value in kept.items() if value}
        return url_for("profiles.peers", slug=organisation.slug, **asked)

    return PeerPage(
        organisation=organisation,
        has_interests=bool(common.sectors or common.groups),
        lines=lines,
        total=len(shown),
        subjects=[
            Chip(
                url=address(sector="", group="", type="", country=""),
                words=_("Everything in common"),
                is_current=not sector and not group,
            ),
            *(
                Chip(
                    url=address(sector="", group=id, type="", country=""),
                    words=_("Group: %(name)s", name=name.wording(language())),
                    is_current=group == id,
                )
                for id, name in common.groups.items()
            ),
            *(
                Chip(
                    url=address(sector=id, group="", type="", country=""),
                    words=_("Sector: %(name)s", name=name.wording(language())),
                    is_current=sector == id,
                )
                for id, name in common.sectors.items()
            ),
        ],
        types=_types(kinds, kind, address),
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


def _types(counted: dict[str, int], current: str, address: Callable[..., str]) -> list[Chip]:
    """None where all are of one type and nothing was asked for."""
    if len(counted) < 2 and not current:
        return []
    return [
        Chip(url=address(type=""), words=_("All types"), is_current=not current),
        *(
            Chip(url=address(type=kind), words=say(OrganisationType(kind)), is_current=kind == current, count=count)
            for kind, count in counted.items()
        ),
    ]


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


def _lines(peers: list[Peer], common: queries.Common, today: date) -> list[PeerLine]:
    ids = [peer.organisation_id for peer in peers]
    found, profiles, posts = queries.organisations(ids), queries.profiles_of(ids), _posts(ids, today)
    lines = []
    for peer in peers:
        organisation, profile = found[peer.organisation_id], profiles.get(peer.organisation_id)
        shared = [name for id, name in common.groups.items() if id in peer.groups]
        shared += [name for id, name in common.sectors.items() if id in peer.sectors]
        by_words = {wording.text: wording for name in shared if (wording := name.wording(language()))}
        lines.append(
            PeerLine(
                organisation=organisation,
                country=organisation.country.name.wording(language()).text,
                distance=_distance(peer.distance),
                common=list(by_words.values()),
                looking_for=_said(profile.looking_for if profile else None),
                offers=_said(profile.offers if profile else None),
                posts=posts.get(organisation.id, []),
            )
        )
    return lines


def _posts(organisation_ids: list[int], today: date) -> dict[int, list[PostLink]]:
    found: dict[int, list[PostLink]] = {}
    for row in board.newest_of_organisations(organisation_ids, today, MOST_POSTS):
        link = PostLink(
            url=f"/board/{row.slug}",
            kind_words=say(row.kind),
            title=row.title,
            lang="" if row.language == language() else row.language,
        )
        found.setdefault(row.organisation_id, []).append(link)
    return found


def _said(texts: Texts | None) -> Wording | None:
    return texts.wording(language()) if texts else None


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
