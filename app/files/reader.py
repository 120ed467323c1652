"""Reads the text of one document in a process of its own, which the operating system stops where it goes too far.

Started as a script, without the house: ``python -I reader.py PATH MEDIA_TYPE``; prints ``{"state", "text"}``. What a
hostile document can reach is this process, its seconds and its memory, nothing else (:mod:`app.files.reading`).
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

SECONDS = 20  # of processor time
MEMORY = 1 << 30  # bytes of address space
MOST_PAGES = 400
LONGEST = 300_000  # letters that are kept
PART_MOST = 20_000_000  # bytes of one part of an archive, unpacked
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]+")
_PARTS = re.compile(r"^(word/document\.xml|ppt/(slides|notesSlides)/[^/]+\.xml|xl/sharedStrings\.xml|content\.xml)$")
_LINES = ("}p", "}h", "}si")  # a paragraph, heading or cell of Office Open XML and OpenDocument


class Locked(Exception):  # noqa: N818
    """A password is asked for."""


def pieces(path: str, media_type: str) -> Iterator[str]:
    """The text of a document, page by page or part by part; raises Locked, or anything where it is broken."""
    if media_type == "application/pdf":
        yield from _of_pdf(path)
    elif media_type.startswith("text/"):
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            yield file.read(LONGEST)
    else:
        yield from _of_office(path)


def _of_pdf(path: str) -> Iterator[str]:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    reader = PdfReader(path)
    try:
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Locked
        for number, page in enumerate(reader.pages):
            if number == MOST_PAGES:
                return
            yield page.extract_text()
    except (DependencyError, FileNotDecryptedError) as error:
        raise Locked from error


def _of_office(path: str) -> Iterator[str]:
    from defusedxml.ElementTree import iterparse

    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if not _PARTS.match(part.filename) or part.file_size > PART_MOST:
                continue
            with archive.open(part) as content:
                for _event, element in iterparse(content):
                    if element.tag.endswith(_LINES):
                        yield "".join(element.itertext())
                        element.clear()


def read(path: str, media_type: str) -> dict[str, str]:
    """What is known of a text in the end: ``read``, ``empty`` (pictures only), ``locked`` or ``broken``."""
    found: list[str] = []
    length = 0
    state = ""
    try:
        for piece in pieces(path, media_type):
            words = _NO_TEXT.sub(" ", piece).strip()
            if words:
                found.append(words)
                length += len(words) + 1
            if length >= LONGEST:
                break
    except Locked:
        state = "locked"
    except Exception:  # whatever a broken document makes a library raise
        state = "" if found else "broken"
    text = "\n".join(found)[:LONGEST]
    return {"state": state or ("read" if text else "empty"), "text": text}


def limit_oneself() -> None:
    """Stop this process where a document would have it work or remember without end."""
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):  # not every system limits all of them
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit_oneself()
    answer = json.dumps(read(sys.argv[1], sys.argv[2]))
    sys.stdout.write(answer)
