from __future__ import annotations

from flask_babel import lazy_gettext as _

PHRASES = {
    "accounts.wrong_sign_in": _("Address and password do not belong together. Check both, or have a link mailed."),
    "accounts.too_many_tries": _("Too many tries. Wait a quarter of an hour, or have a link mailed to you."),
    "accounts.link_spent": _("This link was used already, or is too old. Ask for a new one."),
    "accounts.password_too_short": _("A password needs at least %(least)s characters."),
    "accounts.password_too_common": _("Everybody guesses this password. Take another one."),
    "accounts.account_exists": _("There is an account of %(email)s already."),
    "accounts.account_not_found": _("There is no account of %(email)s."),
}
