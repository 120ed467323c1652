"""Words for the enumerations and refusals of events."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.events.rules import (
    Audience,
    Format,
    Kind,
    Missing,
    OrganisationRole,
    Part,
    PersonRole,
    Repeat,
    Status,
    SubFormat,
)
from app.kernel.dates import DatePrecision

# one mapping an enumeration: members of different ones are equal where their codes are
PHRASES: tuple[dict[Any, Any], ...] = (
    {
        Kind.CLUSTERS_WORKSHOP: _("Clusters workshop"),
        Kind.STUDY_VISIT: _("Study visit"),
        Kind.EXCHANGE_FORUM: _("Exchange forum"),
    },
    {
        SubFormat.CONFERENCE: _("Conference"),
        SubFormat.TRANSFER_WORKSHOP: _("Transfer workshop"),
        SubFormat.PEER_REVIEW: _("Peer review"),
        SubFormat.MATCHMAKING: _("Matchmaking"),
        SubFormat.WEBINAR: _("Webinar"),
        SubFormat.INTERNAL_MEETING: _("Internal meeting"),
    },
    {
        Format.ON_SITE: _("On site"),
        Format.ONLINE: _("Online"),
        Format.HYBRID: _("On site and online"),
    },
    {
        Audience.PUBLIC: _("Open to everybody"),
        Audience.INVITED: _("By invitation"),
        Audience.INTERNAL: _("Internal"),
    },
    {
        Status.DRAFT: _("Draft"),
        Status.PUBLISHED: _("Published"),
        Status.POSTPONED: _("Postponed"),
        Status.CALLED_OFF: _("Called off"),
        Status.HELD: _("Held"),
        Status.ARCHIVED: _("Archived"),
    },
    {
        OrganisationRole.ORGANISER: _("Organiser"),
        OrganisationRole.CO_ORGANISER: _("Co-organiser"),
        OrganisationRole.HOST: _("Host"),
        OrganisationRole.PARTICIPANT: _("Participant"),
        OrganisationRole.SUPPORTER: _("Supporter"),
    },
    {
        PersonRole.ORGANISER: _("Organiser"),
        PersonRole.MODERATOR: _("Moderator"),
        PersonRole.SPEAKER: _("Speaker"),
        PersonRole.INVITED_EXPERT: _("Invited expert"),
        PersonRole.RAPPORTEUR: _("Rapporteur"),
        PersonRole.PARTICIPANT: _("Participant"),
        PersonRole.OBSERVER: _("Observer"),
        PersonRole.HOST_CONTACT: _("Contact at the host"),
        PersonRole.INTERPRETER: _("Interpreter"),
        PersonRole.PRESS: _("Press"),
    },
    {
        DatePrecision.DAY: _("Day and time are known"),
        DatePrecision.MONTH: _("Only the month is known"),
        DatePrecision.YEAR: _("Only the year is known"),
    },
    {
        Missing.TITLE: _("A title in at least one language"),
        Missing.DATES: _("Dates"),
        Missing.PLACE: _("A venue, or the format “online”"),
        Missing.LINK: _("The link for those who take part online"),
        Missing.ORGANISER: _("An organiser"),
        Missing.FUNDING: _("The funding sentence of the project’s programme"),
    },
    {
        Part.TEXTS: _("Summary, description and costs"),
        Part.PLACE: _("Venue and rooms, link for those online"),
        Part.ORGANISATIONS: _("Organisations and their roles"),
        Part.PERSONS: _("Persons and their roles"),
        Part.AGENDA: _("Agenda"),
        Part.AGENDA_PERSONS: _("Who speaks in the agenda"),
        Part.SEATS: _("Places: their number, waiting list, approval, quotas, sign-ups for tables"),
        Part.QUESTIONS: _("Questions at registration, follow-up forms and feedback"),
        Part.REMINDERS: _("Messages and reminders, as drafts"),
        Part.INVITATIONS: _("People who were invited, as a list that is not sent"),
    },
    {
        Repeat.ONCE: _("Once"),
        Repeat.MONTHLY: _("Every month on the same weekday, for example on each third Wednesday"),
    },
    {
        "dates.no_such_time": _(
            "The clocks go forward at this time: it does not exist on that day. Choose another time."
        ),
        "dates.unknown_zone": _("This time zone is not known. Choose one from the list."),
        "events.not_found": _("There is no such event. It may have been withdrawn, or its address may have changed."),
        "events.series_not_found": _("There is no such series of events."),
        "events.series_title_missing": _("Give the series a title in at least one language."),
        "events.not_yet_complete": _("The event cannot be published yet. The page says what is missing."),
        "events.wrong_step": _("The event is in another state by now. Reload the page to see which steps are open."),
        "events.ends_before_start": _("The end must be after the start."),
        "events.too_long": _("An event lasts at most %(days)s days. Is the year right?"),
        "events.bad_repeat": _("Write a whole number from 1 to %(most)s."),
        "events.no_regions": _("Name at least one partner, and at most %(most)s at once."),
        "events.regions_refused": _("No copy was made: look at what stands beside the rows."),
        "events.reason_missing": _("Say why: everybody who registered will read it."),
        "events.may_not_manage": _("Only those who manage an organiser of this event may do this."),
        "events.edited_meanwhile": _(
            "Somebody else saved this event while you were writing. Open it in another window, compare, and save again."
        ),
        "events.moved_into_past": _("This day is over. Check the date, or call the event off."),
        "events.moved_out_of_past": _("This event is over. Plan a new edition instead of moving it."),
        "events.not_over_yet": _("The event has not ended yet."),
        "events.no_longer_edited": _("The event is archived: it stays as it is."),
        "events.was_published": _("Calendars know this event. Call it off instead of deleting it."),
        "events.last_organiser": _("An event needs an organiser. Add another one first."),
        "events.unknown_choice": _("This choice does not exist, or does not go with the rest. Choose another one."),
    },
)
