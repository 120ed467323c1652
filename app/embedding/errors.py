from __future__ import annotations

from app.kernel.errors import Forbidden, Invalid


class NotAnOrigin(Invalid):
    """``typed``: what is no ``https://`` and a host, and would not be safe in a header."""

    code = "embedding.not_an_origin"


class TooManyOrigins(Invalid):
    """``most``: how many sites an organisation can name."""

    code = "embedding.too_many_origins"


class MayNotEmbed(Forbidden):
    code = "embedding.may_not"
