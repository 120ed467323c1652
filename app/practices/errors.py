from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TooMany


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


class NotNow(Conflict):
    """The state of the practice does not know this step; ``step`` and ``state``."""

    code = "practices.not_now"


class NotYourStep(Forbidden):
    """The step is another's: the editor's or the expert's, say."""

    code = "practices.not_your_step"


class ReasonMissing(Invalid):
    code = "practices.reason_missing"


class CriteriaMissing(Invalid):
    code = "practices.criteria_missing"


class FormNotFilled(Conflict):
    """The form lacks something; ``faults`` says what, in its order."""

    code = "practices.form_not_filled"


class EvidenceTakenAway(Invalid):
    """What reviewers and readers rely on cannot be emptied any more; ``field``."""

    code = "practices.evidence_taken_away"


class EditedMeanwhile(Conflict):
    """Somebody else saved since this form was opened; ``by`` and ``at``."""

    code = "practices.edited_meanwhile"


class JoinsUnreviewed(Invalid):
    """What was selected or published elsewhere came past the editor of the project that it is put into."""

    code = "practices.joins_unreviewed"


class TimesReversed(Invalid):
    code = "practices.times_reversed"


class NoVideoAddress(Invalid):
    code = "practices.no_video_address"


class AuthorNotFound(NotFound):
    code = "practices.author_not_found"


class MayNotIdentify(Forbidden):
    """Only who conducted the study, the lead of its project, and the cluster of the service."""

    code = "practices.may_not_identify"


class AuthorTwice(Conflict):
    code = "practices.author_twice"


class AskedToday(Conflict):
    """The author was written to less than a day ago."""

    code = "practices.asked_today"


class AuthorHasNoAddress(Conflict):
    """Nothing is known to which the author's link could go, or only the address of who asks."""

    code = "practices.author_has_no_address"


class ConsentWordsChanged(Conflict):
    """The author agreed to words that do not hold any more."""

    code = "practices.consent_words_changed"


class MayNotWriteTo(Forbidden):
    """Only members of organisations that take part in a project or a thematic group."""

    code = "practices.may_not_write_to"


class NobodyToWriteTo(Conflict):
    code = "practices.nobody_to_write_to"


class AlreadyWritten(Conflict):
    code = "practices.already_written"


class TooManyWritten(TooMany):
    """``retry_after`` in seconds."""

    code = "practices.too_many_written"


class CommentNotFound(NotFound):
    code = "practices.comment_not_found"


class CommentEmpty(Invalid):
    code = "practices.comment_empty"


class VersionNotFound(NotFound):
    code = "practices.version_not_found"


class FileOfPracticeNotFound(NotFound):
    code = "practices.file_not_found"


class CreditMissing(Invalid):
    code = "practices.credit_missing"


class SheetUnreadable(Invalid):
    """The file is no table that can be read; ``field``."""

    code = "practices.sheet_unreadable"


class SheetTooLong(Invalid):
    code = "practices.sheet_too_long"


class ColumnsMissing(Invalid):
    """The table lacks columns that every practice needs; ``names``."""

    code = "practices.columns_missing"


class ImportOvertaken(Conflict):
    """Somebody saved practices of ``rows`` since the table was read."""

    code = "practices.import_overtaken"


class ImportIsGone(Conflict):
    """The preview is older than a day, or was carried out already."""

    code = "practices.import_is_gone"
