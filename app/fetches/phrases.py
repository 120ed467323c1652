"""Words about calendar programs and what they do."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.fetches.rules import Advice, Family, Trait

PHRASES = {
    Family.GOOGLE: _("Google Calendar"),
    Family.MICROSOFT: _("Microsoft 365, Exchange or Outlook.com"),
    Family.OUTLOOK: _("Outlook"),
    Family.APPLE_IOS: _("Apple (iPhone, iPad)"),
    Family.APPLE_MACOS: _("Apple (Mac)"),
    Family.THUNDERBIRD: _("Thunderbird"),
    Family.DAVX5: _("DAVx5"),
    Family.ICSX5: _("ICSx5"),
    Family.EVOLUTION: _("GNOME (Evolution)"),
    Family.KDE: _("KDE"),
    Family.NEXTCLOUD: _("Nextcloud"),
    Family.VDIRSYNCER: _("vdirsyncer"),
    Family.HOME_ASSISTANT: _("Home Assistant"),
    Family.PYTHON_CALDAV: _("python-caldav"),
    Family.BROWSER: _("A web browser"),
    Family.DOWNLOADER: _("A download tool"),
    Family.OTHER: _("Another program"),
    Family.UNKNOWN: _("A program that does not say its name"),
    Trait.ASKS_ONCE_OR_TWICE_A_DAY: _("Looks every 8 to 24 hours, whatever the feed says."),
    Trait.ASKS_EVERY_FEW_HOURS: _("Looks every few hours, sometimes only once a day."),
    Trait.ASKS_WEEKLY_UNLESS_TOLD: _("Looks once a week unless the feed says otherwise; this one says every hour."),
    Trait.ASKS_AS_CHOSEN: _("Looks as often as was chosen in its settings, from minutes to a week."),
    Trait.ASKS_AS_TOLD_BY_FEED: _("Looks as often as the feed says: every hour."),
    Trait.ASKS_WHEN_SCHEDULED: _("Looks when its owner has it run."),
    Trait.IGNORES_HINT: _("Ignores how often the feed asks to be looked at."),
    Trait.HAS_NO_BUTTON: _("Has no button to look at once."),
    Trait.SHARES_ONE_COPY: _("Keeps one copy by the address, for everybody who subscribed to it."),
    Trait.HIDES_CANCELLED: _("Hides what is cancelled."),
    Trait.SHOWS_CANCELLED_AS_HELD: _("On Android, may show what is cancelled as if it took place: its title says it."),
    Trait.KEEPS_CANCELLED: _("Strikes through what is cancelled and keeps it."),
    Trait.NOT_ON_MAC: _("Outlook on a Mac cannot subscribe by address."),
    Trait.FETCHES_ONCE: _("Fetches once; nothing is updated afterwards."),
    Advice.NEVER_FETCHED: _("Nothing has fetched this calendar yet. Check that the whole address was added."),
    Advice.HAS_NEWEST: _(
        "It has the newest version since %(last)s. If it still shows something else, the program is slow to show it."
    ),
    Advice.WAIT: _("It last looked on %(last)s, before the newest change. It will look again by itself: wait a day."),
    Advice.ASK_NOW: _(
        "It last looked on %(last)s, before the newest change. Let it refresh now, or choose a shorter interval there."
    ),
    Advice.OVERDUE: _(
        "It has not looked since %(last)s. It may have given up: remove the calendar there and subscribe anew."
    ),
    Advice.NEW_ADDRESS: _("To have everything at once, make a new address below and subscribe to that one."),
    Advice.OLD_ADDRESS: _("It asks at an address that was withdrawn. Remove that calendar there."),
    Advice.REFUSED: _("Its last request was refused. Check the address, and the password if there is one."),
    Advice.SERVER_FAILED: _(
        "Its last request failed here, not there. It will try again; if this goes on, tell your administrator."
    ),
    Advice.NOT_SUBSCRIBED: _("This was a download. To be kept up to date, subscribe to the address in a calendar."),
}
OUTCOMES = {
    200: _("Everything was sent"),
    207: _("Answered (CalDAV)"),
    304: _("Nothing new since it last asked"),
    401: _("Refused: no password, or a wrong one"),
    403: _("Refused: it fetches everything anew"),
    404: _("There is nothing at this address"),
    410: _("Withdrawn address"),
    429: _("Refused: it asks too often"),
}
FAILED, REFUSED, ANSWERED = _("Failed here"), _("Refused"), _("Answered")
