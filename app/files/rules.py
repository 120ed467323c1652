"""Which files are taken, how large, and under which names they are shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.files.errors import FileTooBig, NameTooLong, TypeLies

MEGABYTE = 1_000_000
LONGEST_NAME = 150
REQUEST_MOST = 100 * MEGABYTE  # of several files sent together
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096  # pixels that are kept of a picture
UNPACKED_MOST = 300 * MEGABYTE
MOST_PARTS = 5_000  # of a document that is an archive inside
LISTING_MOST = 1 * MEGABYTE
FORGOTTEN_AFTER = timedelta(days=1)  # how long a file may lie there that no row tells of


class FileKind(StrEnum):
    DOCUMENT = "document"
    PICTURE = "picture"


class TextState(StrEnum):
    """What became of reading the text inside a document, for the search."""

    READ = "read"
    EMPTY = "empty"  # pictures only
    LOCKED = "locked"  # by a password
    BROKEN = "broken"  # or without end


ANY = frozenset(FileKind)
SIZE_MOST = {FileKind.DOCUMENT: 25 * MEGABYTE, FileKind.PICTURE: 15 * MEGABYTE}


@dataclass(frozen=True, slots=True)
class FileType:
    """A type by its content; the first of ``endings`` is given to names that have none."""

    media_type: str
    endings: tuple[str, ...]
    kind: FileKind = FileKind.DOCUMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A content that lies in the store; ``services.keep`` makes a row of it, or it is swept after a day."""

    public_id: str
    sha256: str
    media_type: str
    byte_size: int
    name: str
    width: int | None = None
    height: int | None = None


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
PDF = FileType("application/pdf", ("pdf",))
TEXT = FileType("text/plain", ("txt", "md"))
CSV = FileType("text/csv", ("csv",))
# by the part that only this type has
OOXML = {
    "word/document.xml": FileType(_OOXML + "wordprocessingml.document", ("docx",)),
    "ppt/presentation.xml": FileType(_OOXML + "presentationml.presentation", ("pptx", "ppsx")),
    "xl/workbook.xml": FileType(_OOXML + "spreadsheetml.sheet", ("xlsx",)),
}
# by what the first part says
ODF = {
    of.media_type: of
    for of in (
        FileType(_ODF + "text", ("odt",)),
        FileType(_ODF + "presentation", ("odp",)),
        FileType(_ODF + "spreadsheet", ("ods",)),
    )
}
JPEG = FileType("image/jpeg", ("jpg", "jpeg", "jpe"), FileKind.PICTURE)
PNG = FileType("image/png", ("png",), FileKind.PICTURE)
WEBP = FileType("image/webp", ("webp",), FileKind.PICTURE)
GIF = FileType("image/gif", ("gif",), FileKind.PICTURE)
TYPES = (PDF, *OOXML.values(), *ODF.values(), TEXT, CSV, JPEG, PNG, WEBP, GIF)
READABLE = frozenset(each.media_type for each in (PDF, *OOXML.values(), *ODF.values(), TEXT))  # what has words inside
ENDINGS = tuple(ending for each in TYPES for ending in each.endings)  # for the dialogue that chooses files

# what makes a name read as another one, and what no system takes in a name
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffd\u061c]")
_AWKWARD = re.compile(r'[<>:"|?*%#]')
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,4})\Z")


def shown_name(sent: str) -> str:
    """A name without folders, controls, marks of direction and signs that systems refuse; it may come out empty.

    Raises NameTooLong.
    """
    name = unicodedata.normalize("NFC", _UNSEEN.sub("", sent)).replace("\\", "/").rpartition("/")[2]
    name = " ".join(_AWKWARD.sub("-", name).split()).strip(". ")
    if len(name) > LONGEST_NAME - 6:  # an ending may still be added
        raise NameTooLong(name=name[:40], most=LONGEST_NAME - 6)
    return name


def ending_of(name: str) -> str:
    """``pdf`` of ``Slides.PDF``; empty where the last dot ends a word or begins a number."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def check_ending(name: str, found: FileType) -> None:
    """Raises TypeLies when the name promises something else than was found; a name without ending promises nothing."""
    ending = ending_of(name)
    if ending and ending not in found.endings:
        raise TypeLies(name=name, ending=f".{ending}")


def named_as(name: str, kept: FileType) -> str:
    """The name with an ending of the type that is kept."""
    ending = ending_of(name)
    if ending in kept.endings:
        return name
    stem = name[: -len(ending) - 1] if ending else name
    return f"{stem or 'file'}.{kept.endings[0]}"


def check_size(name: str, kind: FileKind, size: int) -> None:
    """Raises FileTooBig."""
    if size > SIZE_MOST[kind]:
        raise FileTooBig(name=name, most=SIZE_MOST[kind] // MEGABYTE)
