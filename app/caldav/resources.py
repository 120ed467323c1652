"""What stands at which address below ``/caldav/``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import Row

from app.caldav import queries, rules
from app.caldav.vevents import Entry
from app.changes.queries import forgotten_version, version_of
from app.events.rules import Kind
from app.feeds.phrases import KINDS
from app.kernel.texts import LANGUAGES, Texts
from app.personal.serving import calendar_name

ROOT, PUBLIC = "/caldav/", "/caldav/public/"
AGENDA = "agenda"


@dataclass(frozen=True)
class Visitor:
    """Who asks: the owner of a personal calendar, or anybody."""

    token: Row[Any] | None
    language: str

    @property
    def principal(self) -> str:
        return f"{ROOT}principals/{self.token.public_id}/" if self.token else PUBLIC

    @property
    def home(self) -> str:
        """One only: several programs take no more than the first, or none where there are two."""
        return f"{ROOT}homes/{self.token.public_id}/" if self.token else f"{PUBLIC}{self.language}/"

    def principal_at(self, path: str) -> str:
        """Among the public calendars everybody is the same: the address that somebody begins with chooses what
        a program finds."""
        return PUBLIC if path.startswith(PUBLIC) else self.principal


@dataclass(frozen=True)
class Resource:
    path: str
    name: str

    def children(self) -> Sequence[Resource]:
        return ()


@dataclass(frozen=True)
class Root(Resource):
    """Where programs begin to look."""


@dataclass(frozen=True)
class Principal(Resource):
    """Who somebody is; anybody's own is called the public calendars."""

    visitor: Visitor


@dataclass(frozen=True)
class Home(Resource):
    """What holds calendars."""

    calendars: Sequence[CalendarResource] = ()

    def children(self) -> Sequence[Resource]:
        return self.calendars


@dataclass(frozen=True)
class CalendarResource(Resource):
    """A collection of entries, each of which is a resource of its own."""

    lang: str
    is_personal: bool = False

    @property
    def version(self) -> int:
        raise NotImplementedError

    @property
    def changed_at(self) -> datetime | None:
        raise NotImplementedError

    def entries(self, *, start: datetime | None = None, end: datetime | None = None) -> list[Entry]:
        """All, or those of about a time."""
        raise NotImplementedError

    def named(self, uids: Collection[str]) -> dict[str, Entry]:
        raise NotImplementedError

    def changed_since(self, version: int) -> Sequence[str] | None:
        """Uids that came, changed or left after a version; None when that is not known any more."""
        raise NotImplementedError

    def children(self) -> Sequence[Resource]:
        return [EntryResource.of(self, entry) for entry in self.entries()]


@dataclass(frozen=True)
class PublicCalendar(CalendarResource):
    key: str = rules.ALL

    @cached_property
    def _version(self) -> Any:
        return version_of({self.key})

    @property
    def version(self) -> int:
        number: int = self._version.number
        return number

    @property
    def changed_at(self) -> datetime | None:
        moment: datetime | None = self._version.changed_at
        return moment

    def entries(self, *, start: datetime | None = None, end: datetime | None = None) -> list[Entry]:
        return queries.entries_of_list(rules.list_filter(self.key), self.lang, start=start, end=end)

    def named(self, uids: Collection[str]) -> dict[str, Entry]:
        found = queries.entries_of_list(rules.list_filter(self.key), self.lang, uids=uids)
        return {entry.uid: entry for entry in found}

    def changed_since(self, version: int) -> Sequence[str] | None:
        if version > self.version:
            return None
        if version == self.version:
            return ()
        uids = queries.changed_in(self.key, version)
        if version < forgotten_version():  # asked last: what is forgotten between two queries is known as forgotten
            return None
        sessions = queries.sessions_among(uids)
        return [uid for uid in uids if uid not in sessions]


@dataclass(frozen=True)
class Agenda(CalendarResource):
    token: Any = None

    @property
    def version(self) -> int:
        number: int = self.token.version
        return number

    @property
    def changed_at(self) -> datetime | None:
        moment: datetime = self.token.changed_at
        return moment

    def entries(self, *, start: datetime | None = None, end: datetime | None = None) -> list[Entry]:
        return queries.entries_of_agenda(self.token.id, start=start, end=end)

    def named(self, uids: Collection[str]) -> dict[str, Entry]:
        return {entry.uid: entry for entry in queries.entries_of_agenda(self.token.id, uids=uids)}

    def changed_since(self, version: int) -> Sequence[str] | None:
        if version > self.version or version < self.token.forgotten_version:
            return None
        return () if version == self.version else queries.changed_in_agenda(self.token.id, version)


@dataclass(frozen=True)
class EntryResource(Resource):
    entry: Entry
    calendar: CalendarResource

    @classmethod
    def of(cls, calendar: CalendarResource, entry: Entry) -> EntryResource:
        return cls(f"{calendar.path}{rules.entry_name(entry.uid)}", entry.uid, entry, calendar)

    @property
    def etag(self) -> str:
        return rules.etag_of(self.entry.body)


def resource_at(path: str, visitor: Visitor) -> Resource | None:
    """The resource at a path as it came out of a request's line, for who may know of it."""
    parts = [unquote(part) for part in path.removeprefix("/").rstrip("/").split("/")]
    match parts:
        case ["caldav"]:
            return Root(ROOT, "Filò") if visitor.token else None
        case ["caldav", "public", *rest]:
            return _public(rest, visitor)
        case ["caldav", "principals", public_id] if _is_own(public_id, visitor):
            return Principal(visitor.principal, visitor.token.label if visitor.token else "", visitor)
        case ["caldav", "homes", public_id, *rest] if _is_own(public_id, visitor):
            return _own(rest, visitor)
    return None


def _is_own(public_id: str, visitor: Visitor) -> bool:
    return visitor.token is not None and visitor.token.public_id == public_id


def _own(rest: list[str], visitor: Visitor) -> Resource | None:
    token = visitor.token
    if token is None:
        return None
    home = f"{ROOT}homes/{token.public_id}/"
    name = calendar_name(token.label, token.language)
    agenda = Agenda(f"{home}{AGENDA}/", name, lang=token.language, is_personal=True, token=token)
    match rest:
        case []:
            return Home(home, token.label, (agenda,))
        case ["agenda"]:
            return agenda
        case ["agenda", last]:
            return _entry(agenda, last)
    return None


def _public(rest: list[str], visitor: Visitor) -> Resource | None:
    match rest:
        case []:
            return Principal(PUBLIC, "Filò", Visitor(None, visitor.language))
        case [lang] if lang in LANGUAGES:
            return Home(f"{PUBLIC}{lang}/", "Filò", tuple(public_calendars(lang)))
        case [lang, name] if lang in LANGUAGES:
            return _list(lang, name)
        case [lang, name, last] if lang in LANGUAGES and (calendar := _list(lang, name)):
            return _entry(calendar, last)
    return None


def _entry(calendar: CalendarResource, last: str) -> EntryResource | None:
    uid = rules.uid_of(last)
    entry = calendar.named({uid}).get(uid) if uid else None
    return EntryResource.of(calendar, entry) if entry else None


def _list(lang: str, name: str) -> PublicCalendar | None:
    """A list that has, or had, events; the one of all is always there."""
    key = rules.list_key(name)
    if key is None or (key != rules.ALL and version_of({key}).number == 0):
        return None
    return _calendar(key, lang, {})


def public_calendars(lang: str) -> list[PublicCalendar]:
    """Every public list, in a fixed number of queries."""
    names = queries.names_of_lists()
    keys = [row.key for row in queries.collections_of_lists() if rules.list_key(rules.list_name(row.key))]
    known = [key for key in keys if key == rules.ALL or key.startswith("kind:") or key in names]
    return [_calendar(key, lang, names) for key in dict.fromkeys([rules.ALL, *known])]


def _calendar(key: str, lang: str, names: Mapping[str, Texts | str]) -> PublicCalendar:
    return PublicCalendar(f"{PUBLIC}{lang}/{rules.list_name(key)}/", _title(key, lang, names), lang=lang, key=key)


def _title(key: str, lang: str, names: Mapping[str, Texts | str]) -> str:
    part, _colon, value = key.partition(":")
    with force_locale(lang):
        if part == "kind":
            what = str(KINDS[Kind(value)])
        elif not value:
            what = str(_("Events"))
        else:
            name = (names or queries.names_of_lists()).get(key, value)
            what = name.wording(lang).text if isinstance(name, Texts) else name
        return str(_("Filò – %(what)s", what=what))
