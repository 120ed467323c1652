from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from app.practices.rules import Act, Aim
from app.practices.rules.consent import Consent
from app.practices.rules.form import Part
from app.practices.rules.news import Happening
from app.practices.rules.states import State, Step

PARTS: dict[Part, Any] = {
    Part.TITLE: _("Title"),
    Part.SUMMARY: _("Summary"),
    Part.PROBLEM: _("The problem"),
    Part.BODY: _("What is done"),
    Part.RESOURCES: _("Resources needed"),
    Part.EVIDENCE: _("Evidence of success"),
    Part.LESSONS: _("Challenges and lessons"),
    Part.TRANSFER: _("To carry it over"),
}
# the names of the other fields, for versions and sheets
FIELDS: dict[str, Any] = {
    "owner_id": _("Owner"),
    "owner_other": _("Other organisation in charge"),
    "country_code": _("Country"),
    "region_code": _("Region"),
    "city": _("Town"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "sector_id": _("Sector"),
    "aims": _("Promotes"),
    "project_id": _("Project"),
    "group_id": _("Thematic group"),
    "study_id": _("Found by the study"),
    "theme": _("Theme"),
    "cost_eur": _("Cost in euros"),
    "staff": _("Staff"),
    "starts": _("Since"),
    "ends": _("Until"),
    "is_ongoing": _("Still going on"),
    "did_not_work": _("It did not work"),
    "web": _("Web page"),
    "video_url": _("Video"),
    "keywords": _("Keywords"),
}
# what mails say of a step, in a sentence and in the line of the subject
NEWS: dict[Any, Any] = {
    Step.SUBMIT: _("It was submitted and waits for your decision."),
    Step.SELECT: _("It was selected. Fill in what is missing, then submit it."),
    Step.LEAVE_OUT: _("It was not selected. It is kept with the reason."),
    Step.SEND_BACK: _("It was sent back to you for changes."),
    Step.DECLINE: _("It was declined. It is kept with the reason."),
    Step.PUBLISH: _("It was published: everybody can read it."),
    Step.VALIDATE: _("An expert gave an opinion: it is validated."),
    Step.RETIRE: _("It was retired. Its page stays and says so."),
}
NEWS_SUBJECTS: dict[Any, Any] = {
    Step.SUBMIT: _("Waits for your decision: %(title)s"),
    Step.SELECT: _("Selected: %(title)s"),
    Step.LEAVE_OUT: _("Not selected: %(title)s"),
    Step.SEND_BACK: _("Please change: %(title)s"),
    Step.DECLINE: _("Declined: %(title)s"),
    Step.PUBLISH: _("Published: %(title)s"),
    Step.VALIDATE: _("Validated: %(title)s"),
    Step.RETIRE: _("Retired: %(title)s"),
    Happening.COMMENTED: _("Comments on: %(title)s"),
    Happening.ASKED: _("Your opinion is asked for: %(title)s"),
}
PHRASES: dict[Any, Any] = {
    Consent.NOT_ASKED: _("not asked yet"),
    Consent.ASKED: _("asked"),
    Consent.AGREED: _("agreed"),
    Consent.DECLINED: _("declined"),
    Consent.WITHDRAWN: _("withdrawn"),
    "practices.asked_today": _("The author was written to today already. Wait a day before you send it again."),
    "practices.author_has_no_address": _(
        "No address of this person is known, so nobody can be asked. Ask the person to tell the administrators."
    ),
    "practices.consent_words_changed": _("The words of the consent changed meanwhile. Read them again, then decide."),
    "practices.may_not_write_to": _(
        "Members of organisations in a project or a thematic group write to the people of a practice. "
        "Ask your organisation’s manager to enter you."
    ),
    "practices.nobody_to_write_to": _("Nobody can be written to about this practice. Look at the page of its owner."),
    "practices.already_written": _("You have sent exactly this already. Wait for the answer, or write something new."),
    "practices.too_many_written": _("This is much for one day. Go on tomorrow."),
    Act.PRESENTED: _("Presented"),
    Act.SHARED: _("Shared"),
    Act.DISCUSSED: _("Discussed"),
    Aim.COMPETITIVENESS: _("Competitiveness"),
    Aim.INNOVATION: _("Innovation"),
    Aim.TECHNOLOGY_TRANSFER: _("Technology transfer"),
    State.SURVEYED: _("Surveyed"),
    State.IDENTIFIED: _("Identified"),
    State.SELECTED: _("Selected"),
    State.SUBMITTED: _("Submitted"),
    State.PUBLISHED: _("Published"),
    State.VALIDATED: _("Validated"),
    State.RETIRED: _("Retired"),
    Step.IDENTIFY: _("Identify as a practice"),
    Step.SELECT: _("Select"),
    Step.LEAVE_OUT: _("Not select"),
    Step.SUBMIT: _("Submit"),
    Step.SEND_BACK: _("Send back for changes"),
    Step.DECLINE: _("Decline"),
    Step.PUBLISH: _("Publish"),
    Step.VALIDATE: _("Validate with an opinion"),
    Step.TAKE_BACK: _("Take back"),
    Step.RETIRE: _("Retire"),
    Step.REOPEN: _("Open again"),
    Step.REWRITE: _("Rewritten after the expert’s opinion"),
    "practices.not_now": _("This step does not fit the state of the practice any more. Reload the page and look."),
    "practices.not_your_step": _("This step belongs to somebody else: the editor of the project or the expert."),
    "practices.reason_missing": _("Write why, in a sentence: it is kept with the practice."),
    "practices.criteria_missing": _("Name the criteria by which it was judged."),
    "practices.form_not_filled": _("Something is missing in the form. Fill it in, then submit."),
    "practices.evidence_taken_away": _("Reviewers and readers rely on this: it can be changed, not emptied."),
    "practices.joins_unreviewed": _(
        "It would join this project past its editor. Retire it and open it again first; then it can be selected there."
    ),
    "practices.edited_meanwhile": _("Somebody else changed the same words meanwhile. Compare, then save again."),
    "practices.times_reversed": _("It cannot end before it began."),
    "practices.no_video_address": _("Give the address of a video on YouTube or Vimeo, as the browser shows it."),
    "practices.author_not_found": _("This link was altered, or the author was taken off. Ask who sent it to you."),
    "practices.may_not_identify": _(
        "Who conducted the study and the lead of its project say what is a practice. Ask them, or sign in as one."
    ),
    "practices.author_twice": _("This person is an author already."),
    "practices.comment_not_found": _("This comment is not there any more. Reload the page."),
    "practices.comment_empty": _("Write something, then send it."),
    "practices.version_not_found": _("There is no such version. Choose one from the list."),
    "practices.file_not_found": _("This file is not there any more. Reload the page."),
    "practices.credit_missing": _("Write who made the picture: it is shown beside it."),
    "practices.sheet_unreadable": _("This is no table that can be read. Send a CSV or XLSX file with a row of titles."),
    "practices.sheet_too_long": _("These are too many rows. Send at most 500 at once."),
    "practices.columns_missing": _("Columns are missing: %(names)s. Take the exported table as a pattern."),
    "practices.fault_empty": _("is empty"),
    "practices.fault_unknown": _("is not known here"),
    "practices.fault_long": _("is too long"),
    "practices.fault_rough": _("is no date: write 2012, 2012-09 or 2012-09-30"),
    "practices.fault_number": _("is no whole number"),
    "practices.fault_degrees": _("is no number of degrees"),
    "practices.fault_outside": _("does not lie in this country, or is only half a pin"),
    "practices.fault_address": _("is no address that can be used"),
    "practices.fault_foreign": _("is not yours to write"),
    "practices.fault_twice": _("stands in a row above already"),
    "practices.fault_reversed": _("lies before the beginning"),
    "practices.fault_promised": _("must not be emptied: the practice was submitted with it"),
    "practices.import_overtaken": _(
        "Meanwhile somebody saved what rows %(rows)s are about. Nothing was taken in: read the table again."
    ),
    "practices.import_is_gone": _("There is nothing to import any more. Send the table again."),
    "practices.not_found": _("There is no such practice. It may have been taken back; look for it in the list."),
    "practices.use_not_found": _("This entry is not there any more. Reload the page."),
    "practices.may_not_edit": _("A practice is written by those who manage its owner. Ask them, or sign in as one."),
    "practices.title_missing": _("Give it a title in at least one language."),
    "practices.unknown_choice": _("What was chosen here does not exist any more, or does not go with the rest."),
    "practices.summary_missing": _("Write a summary in at least one language, then publish: lists show nothing else."),
}
