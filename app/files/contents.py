"""Which type a content has. The name that came with it proves nothing and is not asked."""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
from typing import IO

import puremagic

from app.files.errors import Damaged, HasMacros, UnknownType, UnpacksTooBig
from app.files.rules import (
    GIF,
    JPEG,
    LISTING_MOST,
    MOST_PARTS,
    ODF,
    OOXML,
    PDF,
    PNG,
    TEXT,
    UNPACKED_MOST,
    WEBP,
    FileType,
)

_HEAD = 4096
_SURE = 0.5  # of puremagic, that what reads as text is something else
_ENDING_OF_ZIP = struct.Struct("<4s4H2LH")
# controls that no text has; tab, line feed, form feed and carriage return are none
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/)", re.IGNORECASE)


def type_of(content: IO[bytes]) -> FileType:
    """The type of a content, among those that are taken.

    Raises UnknownType, Damaged, HasMacros or UnpacksTooBig. Nothing is unpacked and no XML is read.
    """
    content.seek(0)
    head = content.read(_HEAD)
    if head.startswith(b"%PDF-"):
        return _pdf(content)
    if head.startswith(b"PK\x03\x04"):
        return _office(content)
    return _picture(head) or _text(content, head)


def _picture(head: bytes) -> FileType | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    return WEBP if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def _pdf(content: IO[bytes]) -> FileType:
    """A PDF ends with a mark; one that was cut off is told at once, not by those who open it later."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _HEAD))
    if b"%%EOF" not in content.read():
        raise Damaged
    return PDF


def _office(content: IO[bytes]) -> FileType:
    """An OOXML or ODF document, by the listing of its parts."""
    _check_listing(content)
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > UNPACKED_MOST:
                raise UnpacksTooBig
            names = [part.filename for part in parts]
            if any(_MACROS.search(name) for name in names):
                raise HasMacros
            return _ooxml(names) or _odf(archive, parts)
    except (zipfile.BadZipFile, struct.error, UnicodeError, ValueError, OSError, NotImplementedError) as error:
        raise Damaged from error


def _check_listing(content: IO[bytes]) -> None:
    """Look at the length of the listing before it is read: one of a million parts would fill the memory."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _ENDING_OF_ZIP.size - 0xFFFF))
    tail = content.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _ENDING_OF_ZIP.size:
        raise Damaged
    fields = _ENDING_OF_ZIP.unpack_from(tail, found)
    parts, listing = fields[4], fields[5]
    if parts > MOST_PARTS or listing > LISTING_MOST:
        raise UnpacksTooBig


def _ooxml(names: list[str]) -> FileType | None:
    if "[Content_Types].xml" not in names:
        return None
    return next((found for part, found in OOXML.items() if part in names), None)


def _odf(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> FileType:
    """ODF says its type in a first part of its own, which is not compressed."""
    if not parts or parts[0].filename != "mimetype" or parts[0].file_size > 100:
        raise UnknownType
    found = ODF.get(archive.read(parts[0]).decode("ascii", "replace"))
    if found is None:
        raise UnknownType
    return found


def _text(content: IO[bytes], head: bytes) -> FileType:
    """Text in UTF-8 that no program would take for anything else."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith((b"<", b"#!")) or _is_something_else(start):
        raise UnknownType
    decoder = codecs.getincrementaldecoder("utf-8")()
    content.seek(0)
    try:
        while block := content.read(1 << 18):
            if _CONTROLS.search(decoder.decode(block)):
                raise UnknownType
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UnknownType from error
    return TEXT


def _is_something_else(start: bytes) -> bool:
    try:
        found = puremagic.magic_string(start)
    except (puremagic.PureError, ValueError):
        return False
    return any(match.confidence >= _SURE and match.mime_type != "message/rfc822" for match in found)
