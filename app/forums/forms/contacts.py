from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import ValidationError

from app.forums.inputs import CardInput
from app.forums.models import ContactCard
from app.forums.rules.contacts import safe_address
from app.kernel.form_checks import line


class CardForm(FlaskForm):  # type: ignore[misc]
    shows_email = BooleanField(_("Show my e-mail address"))
    phone = line(_("Phone"), longest=60)
    website = line(_("Web page"), longest=300)
    about = line(_("What I look for or offer"), longest=300)

    def validate_website(self, field: Any) -> None:
        if field.data and not safe_address(field.data):
            raise ValidationError(_("Write the whole address, beginning with https://"))

    def to_input(self) -> CardInput:
        return CardInput(
            shows_email=self.shows_email.data,
            phone=self.phone.data or "",
            website=self.website.data or "",
            about=self.about.data or "",
        )

    @classmethod
    def of(cls, card: ContactCard | None) -> CardForm:
        return cls(formdata=None, obj=card) if card else cls(formdata=None)
