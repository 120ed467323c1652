"""Texts to begin with, in every language that has a translation; organisers change them as they like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from app.kernel.texts import LANGUAGES, Texts
from app.mailings import registry
from app.mailings.rules import Anchor, Audience, Owner

DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A text with the time and the audience that it is made for. ``name`` stands in addresses."""

    name: str
    words: Any  # what the list of ready texts calls it
    subject_line: Any
    paragraphs: Sequence[Any]
    audience: Audience
    anchor: Anchor
    minutes: int

    def subject(self) -> Texts:
        return _in_every_language([self.subject_line])

    def body(self) -> Texts:
        return _in_every_language(self.paragraphs)

    def reached(self) -> Audience:
        """Those who were there, as soon as anybody notes it; until then those who had a place."""
        return self.audience if self.audience in registry.audiences_of(Owner.EVENT) else Audience.CONFIRMED


_DEAR = _("Dear {given_name},")
_FACTS = _("**{event_title}**  \n{when}  \n{where}")
_ONLINE = _("Join online: {online_link}")
_PLACE = _("[See, mend or give back your place]({link})")
_GIVE_BACK = _("If you cannot come, please give your place back: somebody else may be waiting.")

WEEK_BEFORE = Ready(
    name="week-before",
    words=_("Reminder one week before"),
    subject_line=_("In one week: {event_title}"),
    paragraphs=[
        _DEAR,
        _("in one week we meet:"),
        _FACTS,
        _ONLINE,
        _("The programme stands on the page of the event: {event_link}"),
        _GIVE_BACK,
        _PLACE,
    ],
    audience=Audience.CONFIRMED,
    anchor=Anchor.BEFORE_START,
    minutes=7 * DAY,
)
WHAT_TO_BRING = Ready(
    name="what-to-bring",
    words=_("What to bring"),
    subject_line=_("What to bring: {event_title}"),
    paragraphs=[
        _DEAR,
        _("please bring with you:"),
        _("- an identity document: the gate asks for it\n- closed shoes\n- your business cards and one question"),
        _FACTS,
        _PLACE,
    ],
    audience=Audience.CONFIRMED,
    anchor=Anchor.BEFORE_START,
    minutes=3 * DAY,
)
DAY_BEFORE = Ready(
    name="day-before",
    words=_("The day before, with practical things"),
    subject_line=_("Tomorrow: {event_title}"),
    paragraphs=[
        _DEAR,
        _("tomorrow we meet. Everything in short:"),
        _FACTS,
        _ONLINE,
        _("Show the code in your confirmation at the door; it is also here: {link}"),
        _("If something comes up on the way, write to {contact}."),
    ],
    audience=Audience.CONFIRMED,
    anchor=Anchor.BEFORE_START,
    minutes=DAY,
)
THANK_YOU = Ready(
    name="thank-you",
    words=_("Thank you, with slides, certificate and feedback form"),
    subject_line=_("Thank you: {event_title}"),
    paragraphs=[
        _DEAR,
        _("thank you for taking part in {event_title}."),
        _("Slides and other material:\n{materials}"),
        _("Your certificate of attendance: {certificate}"),
        _("What did you think of it? Two minutes help us: {feedback}"),
        _("We hope to see you again."),
    ],
    audience=Audience.PRESENT,
    anchor=Anchor.AFTER_END,
    minutes=DAY,
)
READY = {text.name: text for text in (WEEK_BEFORE, WHAT_TO_BRING, DAY_BEFORE, THANK_YOU)}
PROPOSED = (WEEK_BEFORE, DAY_BEFORE, THANK_YOU)


def _in_every_language(parts: Sequence[Any]) -> Texts:
    """What has no translation is left out, so that its readers see in which language the text is."""
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = "\n\n".join(str(part) for part in parts)
    plain = said["en"]
    return Texts({language: text for language, text in said.items() if language == "en" or text != plain})
