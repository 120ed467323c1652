"""An event as a calendar shows it: the same in feeds, in mails and as a single file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from app.calendars import text
from app.calendars.calendar import calendar_head, join
from app.calendars.entries import CalendarEntry, Conference, EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.calendars.zones import zone
from app.events import queries
from app.events.models import Event
from app.events.presenters import when_line
from app.events.rules import ORGANISING, SPEAKING, Format, Kind, OrganisationRole, Status, takes_days
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.network.models import Organisation, Person
from app.venues.models import Venue

# the names that CSS has nearest to the hues of the kinds (RFC 7986, 5.9)
COLORS = {Kind.CLUSTERS_WORKSHOP: "sienna", Kind.STUDY_VISIT: "seagreen", Kind.EXCHANGE_FORUM: "slateblue"}
_NOT_TAKING_PLACE = frozenset({Status.CALLED_OFF, Status.POSTPONED})


def calendar_entry(event: Event, lang: str, *, public_url: str, with_link: bool = True) -> CalendarEntry:
    """The entry of an event with an exact day, in one language; ``with_link``: with the link to take part online.

    On-site and hybrid events hang on the clocks of their zone, purely online ones are written in UTC; those of
    several days are a bar over their days. Called off and postponed ones stay as cancelled entries whose title
    says so.
    """
    queries.load_parts(event)
    with force_locale(lang):
        url = f"{public_url}/events/{event.slug}"
        is_online = event.format is Format.ONLINE
        venue = None if is_online else event.venue
        parts = _description(event, lang, url, with_link=with_link)
        return CalendarEntry(
            uid=event.uid,
            sequence=event.sequence,
            summary=titled(event.status, event.title.wording(lang).text),
            starts_at=event.starts_at,
            ends_at=max(event.ends_at, event.starts_at + timedelta(minutes=1)),
            timezone=event.timezone,
            in_utc=is_online,
            all_day=takes_days(event.starts_at, event.ends_at, event.timezone),
            created_at=event.created_at,
            changed_at=event.content_changed_at,
            status=EntryStatus.CANCELLED if event.status in _NOT_TAKING_PLACE else EntryStatus.CONFIRMED,
            description="\n\n".join(parts),
            description_html=text.html(parts),
            url=url,
            location=location_line(venue, lang) if venue else "",
            location_title=venue.name.wording(lang).text if venue else "",
            latitude=venue.latitude if venue else None,
            longitude=venue.longitude if venue else None,
            categories=(say(event.kind), *(sector.name.wording(lang).text for sector in event.sectors)),
            conference=Conference(event.online_url, _("Join online")) if event.online_url and with_link else None,
            color=COLORS[event.kind],
        )


def require_readable(event: Event, *texts: Texts) -> None:
    """Refuse what would be shown without its words, or on the clocks of a zone that does not exist. Raises
    UnknownZone, ValueError."""
    zone(event.timezone)
    venue = (event.venue.name,) if event.venue else ()
    if not event.title or not all(one.is_readable for one in (event.title, event.summary, *venue, *texts)):
        raise ValueError("what is stored cannot be read")


def calendar_file(event: Event, lang: str, *, public_url: str) -> bytes:
    """A whole file with this one event, to be downloaded."""
    entry = calendar_entry(event, lang, public_url=public_url)
    return join(calendar_head(entry.summary, "", lang), zones_of(entry), [vevent(entry)])


def titled(status: Status, title: str) -> str:
    """The title as a calendar shows it, in the language in force: some hide the state, so the title says it."""
    if status is Status.CALLED_OFF:
        return _("Cancelled: %(title)s", title=title)
    if status is Status.POSTPONED:
        return _("Postponed: %(title)s", title=title)
    return title


def location_line(venue: Venue, lang: str) -> str:
    """``Name, street, postcode city``: one line, as calendars fold others oddly."""
    town = " ".join(part for part in (venue.postcode, venue.city) if part)
    return ", ".join(part for part in (venue.name.wording(lang).text, venue.street, town) if part)


def named(person: Person, organisation: Organisation | None) -> str:
    """``Ada Esempio (Habitech)``, or nothing for whoever has not agreed to be named."""
    if not person.is_public:
        return ""
    return f"{person.full_name} ({organisation.short_name or organisation.name})" if organisation else person.full_name


def unique(names: Iterable[str]) -> list[str]:
    """The names that there are, each once."""
    return [name for name in dict.fromkeys(names) if name]


def _description(event: Event, lang: str, url: str, *, with_link: bool) -> list[str]:
    parts = [
        (event.status_reason or "") if event.status in _NOT_TAKING_PLACE else "",
        when_line(event) if takes_days(event.starts_at, event.ends_at, event.timezone) else "",
        event.summary.wording(lang).text,
        _people(event),
        (event.online_url or "") if with_link else "",
        url,
        _funding(event, lang),
    ]
    return [part for part in parts if part]


def _people(event: Event) -> str:
    """Who organises, hosts and speaks; never who takes part."""
    organisers = [part.organisation.name for part in event.organisations if part.role in ORGANISING]
    hosts = [part.organisation.name for part in event.organisations if part.role is OrganisationRole.HOST]
    speakers = unique(named(part.person, part.organisation) for part in event.persons if part.role in SPEAKING)
    hosts = [name for name in hosts if name not in organisers]
    lines = [
        _("Organised by: %(names)s", names=", ".join(organisers)) if organisers else "",
        _("Host: %(names)s", names=", ".join(hosts)) if hosts else "",
        _("With: %(names)s", names=", ".join(speakers)) if speakers else "",
    ]
    return "\n".join(line for line in lines if line)


def _funding(event: Event, lang: str) -> str:
    programme = event.project.programme if event.project else None
    return programme.funding_sentence.wording(lang).text if programme else ""
