"""In which letters a file of people is written, as far as it can be told for sure. Plain Python."""

from __future__ import annotations

import codecs
import re

from app.invitations.errors import EmptyList, NotAList, NotUtf8
from app.invitations.rules import Encoding

# workbooks, pictures, PDFs, archives: what people send under the name of a list
_OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11", b"{\\rtf", b"\x1f\x8b")
_OTHER_TEXTS = ("<!doctype", "<html", "<?xml", "begin:vcard")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# what accents of Western Europe are in UTF-8; in Windows-1252 it would read as Ã and a sign, which no name holds
_ACCENT_OF_UTF_8 = re.compile(rb"\xc3[\x80-\xbf]")


def decoded(content: bytes) -> tuple[str, Encoding]:
    """The text of a file and what it was read as. Raises NotAList, NotUtf8 or EmptyList.

    Its first bytes tell UTF-16 and UTF-8, and what is no UTF-8 is read as Windows-1252, in which spreadsheets save
    plain CSV; a file that is partly UTF-8 or holds a byte that Windows-1252 has not is refused. Printed letters of
    Latin-1 are the same in Windows-1252.
    """
    if content.startswith(_OTHER_KINDS):
        raise NotAList(field="file")
    encoding = _encoding_of(content)
    try:
        text = content.decode({Encoding.UTF_8: "utf-8-sig", Encoding.WINDOWS_1252: "cp1252"}.get(encoding, "utf-16"))
    except UnicodeDecodeError as error:
        raise NotUtf8(field="file") from error
    if "\0" in text or text.lstrip()[:12].casefold().startswith(_OTHER_TEXTS):
        raise NotAList(field="file")
    if not text.strip():
        raise EmptyList(field="file")
    return text, encoding


def _encoding_of(content: bytes) -> Encoding:
    if content.startswith(_UTF_16):
        return Encoding.UTF_16
    if content.startswith(codecs.BOM_UTF8) or _ACCENT_OF_UTF_8.search(content):
        return Encoding.UTF_8
    try:
        content.decode()
    except UnicodeDecodeError:
        return Encoding.WINDOWS_1252
    return Encoding.UTF_8
