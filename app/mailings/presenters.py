"""Mailings as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from babel import Locale
from babel.dates import format_datetime
from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.events.presenters import zone_words
from app.kernel.dates import shown_zone
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES
from app.mailings import queries, registry
from app.mailings.circles import Circle
from app.mailings.composing import Worded, word
from app.mailings.filling import Words, fill_plain, unknown_in
from app.mailings.letters import sample_reader
from app.mailings.models import Mailing
from app.mailings.ready import READY
from app.mailings.registry import Reader
from app.mailings.rules import Narrowing, Owner, Progress, State
from app.network.queries import country_choices
from app.network.rules import OrganisationType
from app.questions.rules import Kind as QuestionKind

READERS = 50  # of whom a preview can be chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A mailing in the outbox."""

    mailing: Mailing
    subject: str
    to: str
    when: str
    why: str
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A draft as one reader would get it. ``keys`` are the readers to choose from."""

    reader: Reader
    worded: Worded
    readers: Sequence[Reader]
    languages: Sequence[str]
    unknown: Sequence[str]


def outbox(circle: Circle) -> dict[str, list[Line]]:
    """All mailings of a circle under their state, in the order in which an outbox is read."""
    mailings = queries.mailings_of(circle)
    progress = queries.progress([mailing.id for mailing in mailings])
    shelves: dict[str, list[Line]] = {str(state): [] for state in State}
    for mailing in mailings:
        shelves[mailing.state].append(line_of(mailing, circle, progress[mailing.id]))
    return shelves


def line_of(mailing: Mailing, circle: Circle, progress: Progress) -> Line:
    return Line(
        mailing=mailing,
        subject=_subject_of(mailing, circle) or _("(no subject yet)"),
        to=reached(mailing),
        when=timing_words(mailing, circle),
        why=say(mailing.why_code) if mailing.why_code else "",
        progress=progress,
    )


def _subject_of(mailing: Mailing, circle: Circle) -> str:
    """As every reader will see it; what differs from one to the other stays a placeholder."""
    known = {str(circle.owner): Words(circle.title.wording(language()).text)}
    if circle.event:
        known = {"event_title": known["event"]}
    elif circle.project:
        known |= {"project": Words(circle.project.acronym)}
    return fill_plain(mailing.subject.wording(language()).text, known)


def reached(mailing: Mailing) -> str:
    """Whom it reaches, in words."""
    narrowing = Narrowing.of(mailing.narrowing)
    parts = [say(mailing.audience)]
    if narrowing.org_type:
        parts.append(say(OrganisationType(narrowing.org_type)))
    if narrowing.country:
        parts.append(Locale.parse(language()).territories.get(narrowing.country, narrowing.country))
    if narrowing.question_id:
        parts.append(_("with a certain answer"))
    return ", ".join(parts)


def timing_words(mailing: Mailing, circle: Circle) -> str:
    """When it goes or went out."""
    moment = mailing.started_at or mailing.send_at
    said = moment_words(moment, circle.zone) if moment else ""
    if mailing.anchor is None or mailing.minutes is None:
        return said
    counted = _("%(time)s %(anchor)s", time=span_words(mailing.minutes), anchor=say(mailing.anchor))
    if said:
        return _("%(counted)s: %(moment)s", counted=counted, moment=said)
    if mailing.state is State.SCHEDULED:
        return _("%(counted)s; waits until the event has a date", counted=counted)
    return counted


def moment_words(moment: datetime, timezone: str) -> str:
    """``14 Jan 2027, 09:00 (Rome time)``."""
    said = format_datetime(moment.astimezone(shown_zone(timezone)), "d MMM y, HH:mm", locale=language())
    return _("%(moment)s (%(zone)s)", moment=said, zone=zone_words(timezone))


def span_words(minutes: int) -> str:
    """``7 days``, ``90 minutes``."""
    if minutes % (24 * 60) == 0:
        return ngettext("%(num)d day", "%(num)d days", minutes // (24 * 60))
    if minutes % 60 == 0:
        return ngettext("%(num)d hour", "%(num)d hours", minutes // 60)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def preview(mailing: Mailing, circle: Circle, *, key: int | None, lang: str) -> Preview:
    """The mail of one of the audience, in their language or in another one."""
    readers = queries.audience_page(mailing, circle.id, after=-1, limit=READERS)
    chosen = next((reader for reader in readers if reader.key == key), None) or (readers[0] if readers else None)
    reader = chosen or sample_reader(language())
    if lang in LANGUAGES:
        reader = replace(reader, locale=lang)
    with force_locale(reader.locale):
        url = current_app.config["FILO"].public_url
        worded = word(mailing, circle, reader, public_url=url, is_sample=True)
    texts = [*mailing.subject.all_words(), *mailing.body.all_words()]
    return Preview(
        reader=reader,
        worded=worded,
        readers=readers,
        languages=LANGUAGES,
        unknown=unknown_in(texts, registry.placeholders_of(circle.owner)),
    )


def choices(circle: Circle) -> dict[str, Any]:
    """What the form of a draft offers."""
    return {
        "audiences": [(str(name), say(name)) for name in registry.audiences_of(circle.owner)],
        "answers": _answers(circle),
        "org_types": [(str(kind), say(kind)) for kind in OrganisationType],
        "countries": [(choice.id, choice.name.wording(language()).text) for choice in country_choices()],
    }


def ready_texts(circle: Circle) -> list[tuple[str, str]]:
    """Names and words of the texts to begin with; they speak of an event."""
    return [(text.name, str(text.words)) for text in READY.values()] if circle.owner is Owner.EVENT else []


def _answers(circle: Circle) -> list[tuple[str, str]]:
    if circle.event is None:
        return []
    found = []
    for question in queries.questions_to_narrow_by(circle.id):
        label = question.label.wording(language()).text
        if question.kind is QuestionKind.CONSENT:
            answers = [("true", _("yes")), ("false", _("no"))]
        else:
            answers = [(choice.code, choice.label.wording(language()).text) for choice in question.choices]
        found += [(f"{question.id}:{code}", _("%(q)s: %(a)s", q=label, a=words)) for code, words in answers]
    return found
