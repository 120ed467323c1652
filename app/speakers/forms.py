"""The shape of what speakers and organisers type. Verdicts come from the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import Email, NumberRange, Optional, ValidationError

from app.events.forms import SPOKEN
from app.files.rules import ENDINGS
from app.kernel.form_checks import Boxes, NoControlCharacters, Shorter, line, lines, texts_into, texts_of, trimmed
from app.kernel.form_times import InZone, Moment, local
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.phrases import say
from app.materials.inputs import MaterialInput
from app.materials.presenters import language_name
from app.materials.rules import MaterialKind, Visibility
from app.speakers.inputs import NeedsInput, ProfileInput
from app.speakers.models import Speaker
from app.speakers.rules import LONGEST_BIO, LONGEST_REASON, MOST_ABSENCES, Equipment, SpeakerReply

PICTURES = ".jpg,.jpeg,.png,.webp"


class AnswerForm(FlaskForm):
    """``parts``: what is answered, each with the sign of the slot that was seen, ``key|sign``."""

    answer = SelectField()
    parts = SelectMultipleField(validate_choice=False)
    reason = lines(_("Why you cannot"), longest=LONGEST_REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = [(str(one), str(one)) for one in SpeakerReply]

    def validate_parts(self, field: Any) -> None:
        if not field.data or any("|" not in one for one in field.data):
            raise ValidationError(_("Choose what you answer. Reload the page and try again."))

    def seen(self) -> dict[str, str]:
        pairs = (one.rpartition("|") for one in self.parts.data or [])
        return {key: sign for key, _bar, sign in pairs}


class ProfileForm(FlaskForm):
    bio_en = lines(_("In English"), longest=LONGEST_BIO)
    bio_it = lines(_("In Italian"), longest=LONGEST_BIO)
    bio_de = lines(_("In German"), longest=LONGEST_BIO)
    photo = FileField(_("Photo"), render_kw={"accept": PICTURES})
    removes_photo = BooleanField(_("Remove the photo"))
    languages = Boxes(_("Languages you speak"))
    consents = BooleanField(_("My name, biography and photo may be shown on the public page of this event."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = [(code, language_name(code)) for code in SPOKEN]

    @classmethod
    def of(cls, speaker: Speaker) -> ProfileForm:
        return cls(
            data={
                **texts_into("bio", speaker.bio),
                "languages": [code for code in speaker.languages if code in SPOKEN],
                "consents": speaker.consent_at is not None,
            }
        )

    @property
    def has_photo(self) -> bool:
        return bool(self.photo.data and self.photo.data.filename)

    def to_input(self, *, language: str) -> ProfileInput:
        """Without the photo, which the view puts into the store first."""
        return ProfileInput(
            bio=texts_of(self, "bio"),
            languages=tuple(self.languages.data or ()),
            removes_photo=bool(self.removes_photo.data),
            consents=bool(self.consents.data),
            language=language,
        )


class NeedsForm(InZone, FlaskForm):  # type: ignore[misc]
    """Times are on the clocks of the event's zone; the pairs are named ``from_0`` and ``until_0``, and so on."""

    is_always_there = BooleanField(_("I can be there at any time of the event"))
    equipment = Boxes(_("What you need to present"))
    equipment_note = lines(_("Anything else about the technique"), longest=500)
    travel = lines(_("Travel: when you arrive, what has to be arranged"), longest=500)
    diet = line(_("What you cannot eat"), longest=300)
    access = lines(_("What you need to get in and take part"), longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.equipment.choices = [(str(one), say(one)) for one in Equipment]

    @classmethod
    def of(cls, speaker: Speaker, zone: str) -> NeedsForm:
        names = ("equipment", "equipment_note", "travel", "diet", "access")
        known = {str(one) for one in Equipment}
        data: dict[str, Any] = {name: getattr(speaker, name) for name in names}
        data["equipment"] = [code for code in speaker.equipment if code in known]
        data["is_always_there"] = speaker.availability_at is not None and not speaker.absences
        for number, one in enumerate(speaker.absences[:MOST_ABSENCES]):
            data[f"from_{number}"], data[f"until_{number}"] = local(one.starts_at, zone), local(one.ends_at, zone)
        return cls(data=data, zone=zone)

    @property
    def pairs(self) -> list[tuple[Moment, Moment]]:
        return [(self[f"from_{number}"], self[f"until_{number}"]) for number in range(MOST_ABSENCES)]

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        for begins, ends in self.pairs:
            for one, other in ((begins, ends), (ends, begins)):
                if one.data is None and other.data is not None and not one.errors:
                    one.errors = [say("speakers.half_an_absence")]
                    is_right = False
        if self.is_always_there.data and any(begins.data or ends.data for begins, ends in self.pairs):
            self.is_always_there.errors = [say("speakers.always_and_not")]
            is_right = False
        return bool(is_right)

    def to_input(self) -> NeedsInput:
        return NeedsInput(
            equipment=tuple(Equipment(code) for code in self.equipment.data or ()),
            equipment_note=self.equipment_note.data or "",
            travel=self.travel.data or "",
            diet=self.diet.data or "",
            access=self.access.data or "",
            is_always_there=bool(self.is_always_there.data),
            absences=tuple(_spans(self.pairs)),
        )


for _number in range(MOST_ABSENCES):
    setattr(NeedsForm, f"from_{_number}", Moment(_("Not there from")))
    setattr(NeedsForm, f"until_{_number}", Moment(_("until")))


def _spans(pairs: Sequence[tuple[Moment, Moment]]) -> list[tuple[datetime, datetime]]:
    return [(begins.instant, ends.instant) for begins, ends in pairs if begins.instant and ends.instant]


def _id(value: Any) -> int | None:
    return int(value) if value else None


class SlidesForm(FlaskForm):
    """Who sees it is chosen as for all material of an event; what is public, the sender permits."""

    file = FileField(_("File"), render_kw={"accept": ",".join(f".{each}" for each in ENDINGS)})
    agenda_item_id = SelectField(_("For which of your parts"), coerce=_id)
    title = line(_("Title"), longest=200)
    language = SelectField(_("Language"))
    visibility = SelectField(_("Who sees it"), default=Visibility.PARTICIPANTS)
    permits = BooleanField(_("It is mine to publish, and everybody may see it under my name."))

    def offer(self, *, items: Sequence[tuple[int, str]]) -> None:
        offered = (Visibility.PARTICIPANTS, Visibility.PUBLIC, Visibility.ORGANISERS)
        self.visibility.choices = [(str(one), say(one)) for one in offered]
        self.language.choices = [(code, language_name(code)) for code in SPOKEN]
        self.agenda_item_id.choices = [*items, ("", str(_("The whole event")))]

    def validate_file(self, field: Any) -> None:
        if not (field.data and field.data.filename):
            raise ValidationError(_("Choose a file."))

    def to_input(self, *, name: str) -> MaterialInput:
        """``name``: of the sender, who permits and is credited."""
        return MaterialInput(
            kind=MaterialKind.SLIDES,
            language=self.language.data,
            visibility=Visibility(self.visibility.data),
            title=self.title.data or None,
            agenda_item_id=self.agenda_item_id.data,
            credit=name[:200],
            permission_by=name[:200] if self.permits.data else None,
        )


class LinkForm(FlaskForm):
    email = EmailField(
        _("E-mail"),
        [
            Optional(),
            NoControlCharacters(),
            Shorter(254),
            Email(_("Write the whole address, for example name@company.example.")),
        ],
        [trimmed],
    )
    locale = SelectField(_("Language of the mail"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale.choices = list(LANGUAGE_NAMES.items())


class DeadlineForm(InZone, FlaskForm):  # type: ignore[misc]
    answer_by = Moment(_("Answer by"))
    remind_days_before = IntegerField(
        _("Days before, at which the silent are reminded"),
        [Optional(), NumberRange(1, 60, _("Write a number from 1 to 60."))],
    )
