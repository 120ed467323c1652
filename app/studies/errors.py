from __future__ import annotations

from app.kernel.errors import Forbidden, Invalid, NotFound


class StudyNotFound(NotFound):
    code = "studies.not_found"


class ServiceNotFound(NotFound):
    code = "studies.service_not_found"


class DocumentNotFound(NotFound):
    code = "studies.document_not_found"


class MayNotWrite(Forbidden):
    """Only managers of an author organisation."""

    code = "studies.may_not_write"


class TitleMissing(Invalid):
    """``field``: where a title or a name in one language is needed."""

    code = "studies.title_missing"


class PeriodReversed(Invalid):
    code = "studies.period_reversed"


class UnknownChoice(Invalid):
    code = "studies.unknown_choice"
