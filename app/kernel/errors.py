"""Refusals. A refusal carries a code and details, never a sentence: phrases are looked up at the edge."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 a refusal is no error
    """A verb that was not carried out. ``code`` is the key of its sentence in every language."""

    code = "refused"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details


class Invalid(Refusal):
    """What was sent cannot be meant; ``details["field"]`` names the field where there is one."""

    code = "invalid"


class NotFound(Refusal):
    """It does not exist, or the asker may not know that it does."""

    code = "not_found"


class Forbidden(Refusal):
    """The actor may not do this."""

    code = "forbidden"


class Conflict(Refusal):
    """Right in itself, but the present state does not allow it."""

    code = "conflict"


class TooMany(Refusal):
    """A limit against flooding was met; ``details["retry_after"]`` is in seconds."""

    code = "too_many"


class Unavailable(Refusal):
    """The database is busy or away; whether anything was kept is in doubt, and trying again is safe."""

    code = "unavailable"
