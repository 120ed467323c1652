from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import DataRequired

from app.accounts.rules import LONGEST_PASSWORD
from app.kernel.form_checks import NoControlCharacters, Shorter, trimmed
from app.mail.rules import LONGEST_ADDRESS


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password; or the address alone, to have a link mailed."""

    email = EmailField(
        _("E-mail address"),
        [DataRequired(_("Enter your e-mail address.")), NoControlCharacters(), Shorter(LONGEST_ADDRESS)],
        [trimmed],
    )
    password = PasswordField(_("Password"), [DataRequired(_("Enter your password.")), Shorter(LONGEST_PASSWORD)])
    next = HiddenField()

    def asks_for_link(self) -> bool:
        """Whether what was sent is enough to have a link mailed."""
        self.password.validators = ()
        return bool(self.validate_on_submit())
