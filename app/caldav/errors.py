from __future__ import annotations


class Refused(Exception):  # noqa: N818 a refusal is no error
    """What a DAV request gets instead of its answer: a status, and the precondition that failed as XML."""

    def __init__(self, status: int, condition: str = "", **headers: str) -> None:
        super().__init__(status, condition)
        self.status = status
        self.condition = condition
        self.headers = headers
