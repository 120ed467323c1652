from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class PracticeNotFound(NotFound):
    code = "practices.not_found"


class UseNotFound(NotFound):
    code = "practices.use_not_found"


class MayNotEdit(Forbidden):
    code = "practices.may_not_edit"


class TitleMissing(Invalid):
    code = "practices.title_missing"


class UnknownChoice(Invalid):
    """``field``: what was chosen does not exist, or does not go with the rest."""

    code = "practices.unknown_choice"


class SummaryMissing(Conflict):
    """A practice is published with a summary, for lists show nothing else of it."""

    code = "practices.summary_missing"
