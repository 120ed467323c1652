from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class FormNotFound(NotFound):
    code = "questions.form_not_found"


class QuestionNotFound(NotFound):
    code = "questions.question_not_found"


class AnswerRefused(Invalid):
    """An answer that cannot be kept; ``field`` names the field of the form that asked."""

    code = "questions.answer_refused"


class Missing(AnswerRefused):
    code = "questions.missing"


class ConsentMissing(AnswerRefused):
    code = "questions.consent_missing"


class TooLong(AnswerRefused):
    """``longest``: in characters."""

    code = "questions.too_long"


class UnseenCharacters(AnswerRefused):
    code = "questions.unseen_characters"


class NotAChoice(AnswerRefused):
    code = "questions.not_a_choice"


class ChoiceFull(AnswerRefused):
    """``choice``: the code of what has no seat left."""

    code = "questions.choice_full"


class TooFew(AnswerRefused):
    """``least``: how many have to be chosen."""

    code = "questions.too_few"


class TooMany(AnswerRefused):
    """``most``: how many may be chosen."""

    code = "questions.too_many"


class NotANumber(AnswerRefused):
    code = "questions.not_a_number"


class TooSmall(AnswerRefused):
    """``least``: the smallest number that is taken."""

    code = "questions.too_small"


class TooLarge(AnswerRefused):
    """``most``: the largest number that is taken."""

    code = "questions.too_large"


class NotADate(AnswerRefused):
    code = "questions.not_a_date"


class NotACountry(AnswerRefused):
    code = "questions.not_a_country"


class NotAFile(AnswerRefused):
    code = "questions.not_a_file"


class LabelMissing(Invalid):
    code = "questions.label_missing"


class PurposeMissing(Invalid):
    code = "questions.purpose_missing"


class ChoicesMissing(Invalid):
    """A question to choose from needs two choices at least."""

    code = "questions.choices_missing"


class BoundsCrossed(Invalid):
    code = "questions.bounds_crossed"


class WrongKindHere(Invalid):
    """This form does not ask in that way: an anonymous one for a file, or another than feedback for a rating."""

    code = "questions.wrong_kind_here"


class ClosesBeforeOpening(Invalid):
    code = "questions.closes_before_opening"


class DeadlineMissing(Invalid):
    """A reminder counts back from a deadline."""

    code = "questions.deadline_missing"


class OnlyFeedbackIsAnonymous(Invalid):
    code = "questions.only_feedback_is_anonymous"


class KindKept(Invalid):
    """The question has answers, so it stays of its kind."""

    code = "questions.kind_kept"


class ChoiceKept(Invalid):
    """``choice``: the code of a choice that somebody made, which cannot go."""

    code = "questions.choice_kept"


class PromiseKept(Invalid):
    """Those who answered were told who reads it and when it is erased; both may become stricter, never looser."""

    code = "questions.promise_kept"


class AnsweredAlready(Conflict):
    """A form with answers is not removed, and does not change what it is for."""

    code = "questions.answered_already"


class EditedMeanwhile(Conflict):
    """Somebody else saved since this page was opened."""

    code = "questions.edited_meanwhile"


class TooManyQuestions(Conflict):
    """``most``: of one form."""

    code = "questions.too_many_questions"
