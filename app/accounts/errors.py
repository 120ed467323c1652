from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound, TooMany


class WrongSignIn(Invalid):
    """Address and password do not belong together; never which of the two is wrong."""

    code = "accounts.wrong_sign_in"


class TooManyTries(TooMany):
    """``retry_after``: seconds."""

    code = "accounts.too_many_tries"


class LinkSpent(Conflict):
    """The mailed link was used, is too old, or was never made."""

    code = "accounts.link_spent"


class PasswordTooShort(Invalid):
    """``least``: how many characters a password needs."""

    code = "accounts.password_too_short"


class PasswordTooCommon(Invalid):
    code = "accounts.password_too_common"


class AccountExists(Conflict):
    """``email``"""

    code = "accounts.account_exists"


class AccountNotFound(NotFound):
    """``email``"""

    code = "accounts.account_not_found"
