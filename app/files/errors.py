from __future__ import annotations

from app.kernel.errors import Invalid, NotFound


class FileRefused(Invalid):
    """A file that is not taken; ``name`` is how it was called."""


class FileEmpty(FileRefused):
    code = "files.empty"


class FileTooBig(FileRefused):
    """``most``: how many megabytes are taken of this kind."""

    code = "files.too_big"


class NameTooLong(FileRefused):
    """``most``: how many characters a name may have."""

    code = "files.name_too_long"


class UnknownType(FileRefused):
    """None of the types that are taken here."""

    code = "files.unknown_type"


class TypeLies(FileRefused):
    """The ending of the name promises another type than the content has."""

    code = "files.type_lies"


class HasMacros(FileRefused):
    """A document that would run a program when it is opened."""

    code = "files.has_macros"


class UnpacksTooBig(FileRefused):
    """Small as it is sent, huge when it is opened."""

    code = "files.unpacks_too_big"


class Damaged(FileRefused):
    """It begins as its type does, but cannot be read to the end."""

    code = "files.damaged"


class TooManyPixels(FileRefused):
    """``most``: how many million pixels a picture may have."""

    code = "files.too_many_pixels"


class PictureMoves(FileRefused):
    code = "files.picture_moves"


class FileNotFound(NotFound):
    """The row is there or not, but the content is not in the store."""

    code = "files.not_found"
