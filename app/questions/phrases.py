from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.questions.rules import Kind, Purpose, Readers

PHRASES: dict[Any, Any] = {
    Purpose.JOINING: _("With the registration"),
    Purpose.FOLLOW_UP: _("Afterwards, to the confirmed"),
    Purpose.FEEDBACK: _("Feedback after the event"),
    Kind.TEXT: _("A line of text"),
    Kind.LONG_TEXT: _("Several lines of text"),
    Kind.CHOICE: _("One of several choices"),
    Kind.SEVERAL: _("Any of several choices"),
    Kind.NUMBER: _("A number"),
    Kind.DATE: _("A date"),
    Kind.COUNTRY: _("A country"),
    Kind.FILE: _("A file"),
    Kind.CONSENT: _("A consent"),
    Kind.RATING: _("A rating from 1 to 5"),
    Readers.ORGANISERS: _("The organisers"),
    Readers.ORGANISERS_AND_HOST: _("The organisers and the host"),
    Readers.EVERYBODY_MANAGING: _("Everybody who manages an organisation with a part in the event"),
    "questions.seen_by.organisers": _("Seen by the organisers only."),
    "questions.seen_by.organisers_and_host": _("Seen by the organisers and the host only."),
    "questions.seen_by.everybody_managing": _("Seen by those who manage the organisations that take part."),
    "questions.form_not_found": _("There is no such form any more. Look for it in the list of questions."),
    "questions.question_not_found": _("There is no such question any more. Look for it in the list of questions."),
    "questions.missing": _("Please answer this."),
    "questions.consent_missing": _("This is needed to take part. Tick the box, or ask the organiser."),
    "questions.too_long": _("This is too long. Write at most %(longest)s characters."),
    "questions.unseen_characters": _("This holds characters that cannot be seen. Type it again by hand."),
    "questions.not_a_choice": _("Choose one of those that are offered."),
    "questions.choice_full": _(
        "Not enough places are left there for you and whoever comes with you. Choose another one."
    ),
    "questions.too_few": _("Choose at least %(least)s."),
    "questions.too_many": _("Choose at most %(most)s."),
    "questions.not_a_number": _("Write a number in digits, for example 42."),
    "questions.too_small": _("Write a number from %(least)s upwards."),
    "questions.too_large": _("Write a number of at most %(most)s."),
    "questions.not_a_date": _("Write a day as year-month-day, for example 2027-03-18."),
    "questions.not_a_country": _("Choose a country of the list."),
    "questions.files_taken": _(
        "PDF, Word, PowerPoint, Excel, OpenDocument, plain text and CSV (UTF-8) up to %(document)s MB; "
        "JPEG, PNG, WebP and GIF pictures up to %(picture)s MB."
    ),
    "questions.file_too_big": _(
        "%(name)s is larger than %(most)s MB, which is the most for a file of this kind. Save it smaller, for example "
        "with fewer pages or smaller pictures, and choose it again. If you cannot, write to the organiser."
    ),
    "questions.file_of_unknown_type": _(
        "%(name)s is of a type that is not taken. Save it as PDF, or as a JPEG picture, then choose that file. "
        "Taken are PDF, Word, PowerPoint, Excel, OpenDocument, plain text and CSV (UTF-8), and JPEG, PNG, "
        "WebP and GIF pictures."
    ),
    "questions.file_moves": _("%(name)s is a moving picture. Save one picture of it, then choose that file."),
    "questions.not_a_file": _("The file did not arrive. Choose it again."),
    "questions.label_missing": _("Write it in at least one language."),
    "questions.purpose_missing": _("Say what it is asked for: those who answer read it beside the question."),
    "questions.choices_missing": _("Give at least two choices."),
    "questions.bounds_crossed": _("The largest is smaller than the smallest."),
    "questions.wrong_kind_here": _(
        "This form cannot ask in that way: only feedback takes ratings, and an anonymous form takes no files."
    ),
    "questions.closes_before_opening": _("The deadline lies before the opening."),
    "questions.deadline_missing": _("A reminder needs a deadline. Set one, or remove the reminder."),
    "questions.only_feedback_is_anonymous": _("Only feedback can be anonymous."),
    "questions.kind_kept": _("There are answers already, so the kind stays. Retire this question and add another one."),
    "questions.choice_kept": _("Somebody has chosen this, so it stays. You may correct its words."),
    "questions.promise_kept": _(
        "Those who answered were promised what stood here. It may become stricter, but not looser."
    ),
    "questions.answered_already": _("There are answers already. Retire single questions, or add another form."),
    "questions.edited_meanwhile": _("Somebody else has saved this since you opened it. Reload the page and try again."),
    "questions.too_many_questions": _("A form has at most %(most)s questions. Add another form."),
}
