"""The addresses of feeds. An address is read, or refused, before anything is looked up or kept under it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import unquote_plus, urlencode

from app.events.rules import FILTER_PARAMETERS, Filter, Kind
from app.feeds.rules import version_keys
from app.kernel.texts import LANGUAGES
from app.search.rules import LONGEST_QUERY, terms

ROOTS = {
    "venues": "venue",
    "organisations": "organisation",
    "groups": "group",
    "projects": "project",
    "sectors": "sector",
    "series": "series",
}
_LONGEST = 2000
_OWN_PARAMETERS = ("sessions", "lang")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")


class BadAddressError(Exception):
    """A feed that cannot be meant; the message says why, in English, to whoever wrote the address."""


@dataclass(frozen=True)
class Feed:
    """What an address asks for. Two spellings of the same feed are equal."""

    path: str
    filter: Filter
    lang: str
    sessions: bool
    default_lang: str

    @cached_property
    def address(self) -> str:
        """The path and query as we write them ourselves: each feed has one such address, and is kept under it."""
        pairs = [*self._narrowed_further, *([("sessions", "1")] if self.sessions else []), *self._in_language]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    @cached_property
    def kept_as(self) -> str:
        """The address under which fetches are kept: what people search for is nobody's business."""
        if not self.filter.q:
            return self.address
        return replace(self, filter=replace(self.filter, q="…")).address

    @cached_property
    def key(self) -> str:
        """A short name for ETags, the same in every process."""
        named = f"{self.path}?{urlencode(sorted(self.filter.parts().items()))}&{self.sessions:d}"
        return hashlib.sha256(named.encode()).hexdigest()[:12]

    @cached_property
    def collections(self) -> tuple[str, ...]:
        """The keys of its version."""
        return tuple(sorted(version_keys(self.filter)))

    @property
    def filename(self) -> str:
        return "filo.ics" if self.path == "/events.ics" else f"{self._of[1]}.ics"

    @property
    def page(self) -> str:
        """The page that shows the same; of an organisation's calendar, say, the organisation's."""
        is_list = self.path == "/events.ics"
        path = self.path.removesuffix(".ics") if is_list else self.path.removesuffix("/events.ics").removesuffix(".ics")
        pairs = [*(self._narrowed_further if is_list else []), *self._in_language]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @cached_property
    def _of(self) -> tuple[str, str]:
        """What stands in the path: a part of the filter and its value; two empty words for the list of all."""
        return next(iter((_narrowed_by(self.path) or {}).items()), ("", ""))

    @property
    def _narrowed_further(self) -> list[tuple[str, str]]:
        given = self.filter.parts()
        return [(name, given[name]) for name in FILTER_PARAMETERS if name in given and name != self._of[0]]

    @property
    def _in_language(self) -> list[tuple[str, str]]:
        return [("lang", self.lang)] if self.lang != self.default_lang else []


@lru_cache(maxsize=1024)
def read_address(path: str, query: str, default_lang: str) -> Feed | None:
    """The feed at an address; None where the path is no feed's. Raises BadAddressError, which nothing remembers."""
    narrowed = _narrowed_by(path)
    if narrowed is None:
        return None
    narrowing = () if "event" in narrowed else tuple(name for name in FILTER_PARAMETERS if name not in narrowed)
    given = _parameters(query, allowed=(*narrowing, *_OWN_PARAMETERS))
    lang = given.pop("lang", default_lang)
    if lang not in LANGUAGES:
        raise BadAddressError(f"lang is one of {', '.join(LANGUAGES)}.")
    sessions = given.pop("sessions", "0")
    if sessions not in {"0", "1"}:
        raise BadAddressError("sessions is 1 or 0.")
    return Feed(path, Filter(**_checked({**given, **narrowed})), lang, sessions == "1", default_lang)


def feed_of(filter: Filter, *, lang: str, sessions: bool = False, default_lang: str) -> Feed:
    """The feed with just the events of a filter, at the address that :func:`read_address` reads as it.

    Raises BadAddressError for what no feed can be narrowed by: two of the parts that only a path can name, say.
    """
    parts = filter.parts()
    in_path = [(root, part) for root, part in ROOTS.items() if part in parts and part not in FILTER_PARAMETERS]
    if not in_path and len(parts) == 1:
        in_path = [(root, part) for root, part in ROOTS.items() if part in parts]
    path = f"/{in_path[0][0]}/{parts[in_path[0][1]]}/events.ics" if in_path else "/events.ics"
    left = {name: value for name, value in parts.items() if not in_path or name != in_path[0][1]}
    given = [*left.items(), ("sessions", f"{sessions:d}"), ("lang", lang)]
    feed = read_address(path, urlencode(given), default_lang)
    if feed is None:
        raise BadAddressError("This cannot be the name of anything.")
    return feed


def _narrowed_by(path: str) -> dict[str, str] | None:
    """The part of the filter that stands in the path."""
    if path == "/events.ics":
        return {}
    parts = path.split("/")
    if len(parts) == 3 and parts[1] == "events" and _SLUG.fullmatch(slug := parts[2].removesuffix(".ics")):
        return {"event": slug}
    if len(parts) == 4 and parts[3] == "events.ics" and parts[1] in ROOTS and _SLUG.fullmatch(parts[2]):
        return {ROOTS[parts[1]]: parts[2]}
    return None


def _parameters(query: str, *, allowed: tuple[str, ...]) -> dict[str, str]:
    if len(query) > _LONGEST:
        raise BadAddressError("This address is too long.")
    given: dict[str, str] = {}
    for pair in query.split("&") if query else ():
        name, _, raw = pair.partition("=")
        if name not in allowed:
            raise BadAddressError(f"Only these parameters are known here: {', '.join(allowed)}.")
        if name in given:
            raise BadAddressError(f"{name} is given twice.")
        given[name] = _value(name, raw)
    return {name: value for name, value in given.items() if value}


def _value(name: str, raw: str) -> str:
    try:
        value = unquote_plus(raw, errors="strict").strip()
    except UnicodeDecodeError as error:
        raise BadAddressError(f"{name} is not written in UTF-8.") from error
    if len(value) > LONGEST_QUERY or not value.isprintable():
        raise BadAddressError(f"{name} is too long, or has characters that cannot be printed.")
    return value


def _checked(parts: Mapping[str, str]) -> dict[str, str]:
    if "kind" in parts and parts["kind"] not in set(Kind):
        raise BadAddressError(f"kind is one of {', '.join(Kind)}.")
    if "q" in parts:  # written differently, found alike
        return {**parts, "q": " ".join(terms(parts["q"])) or "-"}
    return dict(parts)
