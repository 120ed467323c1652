"""What may be asked, and what a question with answers still allows."""

from __future__ import annotations

from app.questions import errors
from app.questions.rules.words import BOUNDED, CHOSEN, PERSONAL, Asked, FormInput, Kind, Purpose, QuestionInput, Readers

MOST_QUESTIONS = 60  # of one form
MOST_ERASURE_DAYS = 3650


def kinds_for(purpose: Purpose, *, is_anonymous: bool) -> list[Kind]:
    """In which ways a form may ask: only feedback rates, and what is anonymous takes no file."""
    left_out = {Kind.FILE} if is_anonymous else set()
    if purpose is not Purpose.FEEDBACK:
        left_out.add(Kind.RATING)
    return [kind for kind in Kind if kind not in left_out]


def needs_reason(kind: Kind, *, purpose: Purpose) -> bool:
    """Whether a question must say what it is asked for."""
    return kind in PERSONAL and purpose is not Purpose.FEEDBACK


def check_form(form: FormInput) -> None:
    """Refuse a form that cannot be meant; raises Invalid with ``field``."""
    if not form.title:
        raise errors.LabelMissing(field="title_en")
    if form.opens_at and form.closes_at and form.closes_at <= form.opens_at:
        raise errors.ClosesBeforeOpening(field="closes_at")
    if form.remind_days_before is not None and form.closes_at is None:
        raise errors.DeadlineMissing(field="closes_at")
    if form.is_anonymous and form.purpose is not Purpose.FEEDBACK:
        raise errors.OnlyFeedbackIsAnonymous(field="is_anonymous")


def check_question(question: QuestionInput, *, purpose: Purpose, is_anonymous: bool) -> None:
    """Refuse a question that cannot be put; raises Invalid with ``field``."""
    if question.kind not in kinds_for(purpose, is_anonymous=is_anonymous):
        raise errors.WrongKindHere(field="kind")
    if not question.label:
        raise errors.LabelMissing(field="label_en")
    if needs_reason(question.kind, purpose=purpose) and not question.purpose:
        raise errors.PurposeMissing(field="purpose_en")
    if question.kind in CHOSEN and len(question.choices) < 2:
        raise errors.ChoicesMissing(field="choices.0.label_en")
    if question.kind in BOUNDED and None not in (question.least, question.most) and question.least > question.most:  # type: ignore[operator]
        raise errors.BoundsCrossed(field="most")


def check_change(before: Asked, after: QuestionInput, *, answered: frozenset[str] | None) -> None:
    """Refuse a change that would make given answers untrue.

    ``answered``: the choices that were made; None when nobody has answered, and then everything may change. Texts may
    always be corrected: a new version of the wording begins. Raises KindKept, ChoiceKept, PromiseKept with ``field``.
    """
    if answered is None:
        return
    if after.kind is not before.kind:
        raise errors.KindKept(field="kind")
    staying = {choice.code for choice in after.choices}
    for place, choice in enumerate(before.choices):
        if choice.code in answered and choice.code not in staying:
            raise errors.ChoiceKept(field=f"choices.{place}.goes", choice=choice.code)
    readers = list(Readers)
    if readers.index(after.readers) > readers.index(before.readers):
        raise errors.PromiseKept(field="readers")
    if _keeps_longer(before.erased_after_days, after.erased_after_days):
        raise errors.PromiseKept(field="erased_after_days")


def _keeps_longer(before: int | None, after: int | None) -> bool:
    return before is not None and (after is None or after > before)


def check_form_change(before: FormInput, after: FormInput, *, has_answers: bool) -> None:
    """Refuse to turn a form with answers to another purpose, or to name those who answered; raises AnsweredAlready."""
    turned = after.purpose is not before.purpose or after.is_anonymous is not before.is_anonymous
    if has_answers and turned:
        raise errors.AnsweredAlready(field="is_anonymous" if after.purpose is before.purpose else "purpose")


def wording_changes(before: Asked, after: QuestionInput | Asked) -> bool:
    """Whether those who answer from now on read something else than those before."""
    said = (before.label, before.help, before.purpose, before.choices)
    return said != (after.label, after.help, after.purpose, after.choices)
