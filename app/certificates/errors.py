from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class CertificateNotFound(NotFound):
    code = "certificates.not_found"


class NoCertificate(NotFound):
    """The registration has none, or it is revoked."""

    code = "certificates.none"


class TooEarly(Conflict):
    """The event is not over, so nobody knows yet at how much of it somebody was."""

    code = "certificates.too_early"


class DoesNotTakePlace(Conflict):
    code = "certificates.does_not_take_place"


class NothingToCorrect(Conflict):
    code = "certificates.nothing_to_correct"


class RevokedAlready(Conflict):
    code = "certificates.revoked_already"


class ReasonMissing(Invalid):
    code = "certificates.reason_missing"


class LeastOutOfRange(Invalid):
    code = "certificates.least_out_of_range"
