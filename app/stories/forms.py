"""The shape of what is typed about write-ups and in comments. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.files.rules import JPEG, PNG, WEBP
from app.kernel.form_checks import Boxes, NoControlCharacters, Shorter, line, lines, texts_of, trimmed
from app.kernel.i18n import LANGUAGE_NAMES, language
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.mail.rules import is_mailable
from app.stories.inputs import AuthorInput, CommentInput, PictureInput, StoryInput
from app.stories.rules.commenting import LONGEST_NAME, LONGEST_TEXT

Choices = Sequence[tuple[Any, str]]
PICTURE_ENDINGS = ",".join(f".{ending}" for kind in (JPEG, PNG, WEBP) for ending in kind.endings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the form of a write-up offers to choose from."""

    owners: Choices
    events: Choices
    projects: Choices
    groups: Choices
    practices: Choices


def _id(value: Any) -> int | None:
    return int(value) if value else None


def _mailable(form: Any, field: Any) -> None:
    if not is_mailable(field.data):
        raise ValidationError(_("This is no e-mail address. Check it, or leave it out."))


class StoryForm(FlaskForm):
    """``offer`` gives the choices before the form is validated or shown."""

    language = SelectField(_("Written in"))
    title_en = line(_("Title in English"), longest=200)
    title_it = line(_("Title in Italian"), longest=200)
    title_de = line(_("Title in German"), longest=200)
    standfirst_en = lines(_("Standfirst in English"), longest=600)
    standfirst_it = lines(_("Standfirst in Italian"), longest=600)
    standfirst_de = lines(_("Standfirst in German"), longest=600)
    body_en = lines(_("Text in English"), longest=40_000)
    body_it = lines(_("Text in Italian"), longest=40_000)
    body_de = lines(_("Text in German"), longest=40_000)
    owner_id = SelectField(_("Published by"), [DataRequired(_("Choose who publishes it."))], coerce=_id)
    event_id = SelectField(_("Event"), coerce=_id)
    project_id = SelectField(_("Project"), coerce=_id)
    group_ids = Boxes(_("Thematic groups"), coerce=int)
    practice_ids = Boxes(_("Practices it speaks of"), coerce=int)
    video_url = line(_("Address of a video"), longest=500)
    takes_comments = BooleanField(_("Readers may comment"), default=True)
    revision = HiddenField()
    form_key = HiddenField(validators=[Optional(), Length(max=64)], default=opaque_id)

    def offer(self, offered: Offered) -> None:
        self.language.choices = list(LANGUAGE_NAMES.items())
        self.owner_id.choices = [("", str(_("Choose…"))), *offered.owners]
        self.event_id.choices = [("", "–"), *offered.events]
        self.project_id.choices = [("", "–"), *offered.projects]
        self.group_ids.choices, self.practice_ids.choices = list(offered.groups), list(offered.practices)

    def beside(self, stored: StoryForm) -> list[tuple[str, str]]:
        """The texts that stand otherwise, by their labels; sent again, the form counts as having seen them."""
        self.revision.data = stored.revision.data
        names = [f"{part}_{lang}" for part in ("title", "standfirst", "body") for lang in LANGUAGE_NAMES]
        return [
            (str(self[name].label.text), stored[name].data or "")
            for name in names
            if (self[name].data or "") != (stored[name].data or "")
        ]

    def to_input(self) -> StoryInput:
        return StoryInput(
            language=self.language.data,
            title=texts_of(self, "title"),
            standfirst=texts_of(self, "standfirst"),
            body=texts_of(self, "body"),
            owner_id=self.owner_id.data,
            event_id=self.event_id.data,
            project_id=self.project_id.data,
            group_ids=tuple(self.group_ids.data or ()),
            practice_ids=tuple(self.practice_ids.data or ()),
            video_url=self.video_url.data or None,
            takes_comments=self.takes_comments.data,
        )


class AuthorForm(FlaskForm):
    organisation_id = SelectField(_("Organisation"), [DataRequired(_("Choose the organisation."))], coerce=_id)
    name = line(_("Name"), longest=160)
    agreed = BooleanField(_("This person has agreed to be named, in writing or face to face"))

    def offer(self, organisations: Choices) -> None:
        self.organisation_id.choices = [("", str(_("Choose…"))), *organisations]

    def to_input(self) -> AuthorInput:
        return AuthorInput(
            organisation_id=self.organisation_id.data, name=self.name.data or None, agreed=self.agreed.data
        )


class PictureForm(FlaskForm):
    file = FileField(
        _("Picture"), [FileRequired(_("Choose a picture: JPEG, PNG or WebP."))], render_kw={"accept": PICTURE_ENDINGS}
    )
    caption = line(_("What it shows"), longest=300, required=_("Say what it shows, for those who cannot see it."))
    credit = line(_("Author or credit"), longest=200)
    shows_people = BooleanField(_("People can be recognised in it"))
    permission_by = line(_("Who agreed to be seen, and how"), longest=300)

    def to_input(self, language: str) -> PictureInput:
        return PictureInput(
            credit=self.credit.data or "",
            caption=Texts({language: self.caption.data}),
            shows_people=self.shows_people.data,
            permission_by=self.permission_by.data or "",
        )


class CommentForm(FlaskForm):
    """``website`` is a trap for programs: people do not see it."""

    name = line(_("Your name"), longest=LONGEST_NAME, required=_("Give a name; it stands beside your comment."))
    text = lines(_("Your comment"), longest=LONGEST_TEXT, required=_("Write something, then send it."))
    email = EmailField(_("Your e-mail"), [Optional(), NoControlCharacters(), Shorter(254), _mailable], [trimmed])
    website = StringField(_("Leave this empty"))
    page_stamp = HiddenField()

    def to_input(self) -> CommentInput:
        return CommentInput(
            name=self.name.data or "",
            text=self.text.data or "",
            email=self.email.data or None,
            locale=language(),
            trap=self.website.data or "",
            page_stamp=self.page_stamp.data or "",
        )
