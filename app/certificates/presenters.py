"""Certificates as pages and papers show them, in the language in force. Nothing stands there but what was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.certificates import queries
from app.certificates.archive import Paper
from app.certificates.models import Certificate
from app.certificates.rules import Attended, RuleInput, entitled, file_names, shown_code
from app.certificates.services import holder_of
from app.events.models import Event
from app.events.presenters import When, when_of
from app.kernel.date_words import date_span, day_words, local_day
from app.kernel.dates import DatePrecision
from app.kernel.i18n import language
from app.printing import emblem_file, qr_drawing, with_defaults
from app.registration.models import Registration
from app.registration.own_parts import OwnPart

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody on the organiser's list. ``is_outdated``: the registration says something else by now."""

    registration: Registration
    parts: int
    hours: str
    is_entitled: bool
    certificate: Certificate | None
    is_outdated: bool
    code: str


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """The certificate on a participant's own page."""
    found = queries.current(registration.id)
    if found is None or found.revoked_at is not None:
        return None
    return OwnPart(name="certificate", template="certificates/_own.html", kept=shown_code(found.code))


def lines_of(event: Event, rule: RuleInput, now: datetime) -> list[Line]:
    """Everybody who was present or has a certificate, in the order of names; what was until now."""
    attended = queries.attended(event.id, now)
    due = entitled(attended, rule)
    found = {one.registration_id: one for one in queries.of_event(event.id)}
    people = queries.people(event.id, {*attended, *found})
    return [_line(person, attended, due, found.get(person.id)) for person in people]


def _line(
    person: Registration, attended: Mapping[int, Attended], due: set[int], certificate: Certificate | None
) -> Line:
    one = attended.get(person.id, Attended(parts=frozenset()))
    return Line(
        registration=person,
        parts=len(one.parts),
        hours=hours_words(one.minutes),
        is_entitled=person.id in due,
        certificate=certificate,
        is_outdated=certificate is not None and holder_of(person) != certificate.holder,
        code=shown_code(certificate.code) if certificate else "",
    )


def facts_of(certificate: Certificate) -> list[tuple[str, str]]:
    """What the certificate says, as pairs of a word and a text, for the page that verifies it."""
    facts = [
        (_("Name"), certificate.name),
        (_("Organisation"), certificate.organisation),
        (_("Event"), certificate.event_title.wording(language()).text),
        (_("When"), _days(certificate)),
        (_("Where"), certificate.place.wording(language()).text),
        (_("Present"), _attendance(certificate)),
        (_("Issued by"), certificate.organiser),
        (_("Issued on"), day_words(local_day(certificate.issued_at, certificate.timezone))),
    ]
    return [(name, text) for name, text in facts if text]


def parts_words(certificate: Certificate) -> str:
    """At how many parts; empty where that was not counted."""
    if not certificate.parts:
        return ""
    return ngettext("at %(num)d part of the event", "at %(num)d parts of the event", certificate.parts)


def hours_words(minutes: int | None) -> str:
    """``3 h 20 min``; empty where no time was counted."""
    hours, left = divmod(minutes or 0, 60)
    if not left:
        return _("%(hours)s h", hours=hours) if hours else ""
    if not hours:
        return _("%(minutes)s min", minutes=left)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=left)


def paper(certificates: Sequence[Certificate], *, public_url: str) -> Data:
    """The certificates as one document, a page each; ``public_url`` is where their codes are verified."""
    first = certificates[0]
    title = first.event_title.wording(language()).text
    return {
        "title": _("%(paper)s: %(event)s", paper=_("Certificate of attendance"), event=title),
        "lang": language(),
        "certificates": [_page(one, public_url) for one in certificates],
    }


def papers(certificates: Sequence[Certificate], *, public_url: str) -> list[Paper]:
    """The same as a document each, with the name of its file; nothing of it is asked for again."""
    names = file_names([one.name for one in certificates], before=_("Certificate"))
    return [
        (name, one.issued_at, with_defaults(paper([one], public_url=public_url)))
        for name, one in zip(names, certificates, strict=True)
    ]


def _page(certificate: Certificate, public_url: str) -> Data:
    lang = language()
    address = f"{public_url}/certificates/{shown_code(certificate.code)}"
    return {
        "head": _("Certificate of attendance"),
        "before": _("This is to certify that"),
        "name": certificate.name,
        "organisation": certificate.organisation,
        "between": _("took part in"),
        "event": certificate.event_title.wording(lang).text,
        "kind": str(certificate.event_kind),
        "lines": [
            words
            for words in (_days(certificate), certificate.place.wording(lang).text, _presence(certificate))
            if words
        ],
        "text": certificate.text.wording(lang).text,
        "organiser": certificate.organiser,
        "signed_by": certificate.signed_by,
        "issued": _("Issued on %(day)s", day=day_words(local_day(certificate.issued_at, certificate.timezone))),
        "code": _("Code %(code)s", code=shown_code(certificate.code)),
        "verify": _("Anybody can check it: %(address)s", address=address),
        "qr": qr_drawing(address),
        "qr_words": _("Address that verifies this certificate"),
        "funding": _funding(certificate),
    }


def _attendance(certificate: Certificate) -> str:
    """``at 3 parts of the event, 4 h 30 min in all``."""
    words, hours = parts_words(certificate), hours_words(certificate.minutes)
    return _("%(parts)s, %(hours)s in all", parts=words, hours=hours) if words and hours else words or hours


def _presence(certificate: Certificate) -> str:
    words = _attendance(certificate)
    return _("Present %(parts)s", parts=words) if words else ""


def _days(certificate: Certificate) -> str:
    if certificate.date_precision is DatePrecision.DAY:
        return date_span(certificate.starts_at, certificate.ends_at, certificate.timezone)
    when: When = when_of(certificate.starts_at, certificate.ends_at, certificate.timezone, certificate.date_precision)
    return when.days


def _funding(certificate: Certificate) -> Data | None:
    if certificate.project is None:
        return None
    lang = language()
    sentence = certificate.funding_sentence.wording(lang).text
    return {
        "emblem": emblem_file(certificate.emblem),
        "name": certificate.programme.wording(lang).text,
        "sentence": " ".join(
            part for part in (sentence, _("Project: %(project)s", project=certificate.project)) if part
        ),
    }
