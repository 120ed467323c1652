"""Taking a file in: from what somebody sent to a content in the store, or a refusal that says why."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection
from typing import IO

from app.files.contents import type_of
from app.files.errors import FileEmpty, FileRefused, FileTooBig, UnknownType
from app.files.pictures import made_anew
from app.files.rules import (
    ANY,
    CSV,
    LONGEST_SIDE,
    MEGABYTE,
    SIZE_MOST,
    TEXT,
    Accepted,
    FileKind,
    FileType,
    check_ending,
    check_size,
    ending_of,
    named_as,
    shown_name,
)
from app.files.store import LocalStore, store

_BLOCK = 1 << 18


def accept(
    stream: IO[bytes],
    filename: str,
    kinds: Collection[FileKind] = ANY,
    *,
    into: LocalStore | None = None,
    longest_side: int = LONGEST_SIDE,
) -> Accepted:
    """Check a file by its content and put it into the store, outside any transaction.

    Pictures are made anew, no side above ``longest_side`` pixels. Raises FileRefused: FileEmpty, FileTooBig,
    NameTooLong, UnknownType, TypeLies, HasMacros, UnpacksTooBig, Damaged, TooManyPixels, PictureMoves;
    ``name`` and ``field`` are in the details.
    """
    name = filename[:40]
    try:
        name = shown_name(filename)
        with tempfile.TemporaryFile() as content:
            _receive(stream, content, max(SIZE_MOST[kind] for kind in kinds))
            return _taken_in(content, name, kinds, into or store(), longest_side=longest_side)
    except FileRefused as refusal:
        refusal.details = {"name": name, "field": "files", **refusal.details}
        raise


def _receive(stream: IO[bytes], content: IO[bytes], most: int) -> None:
    """Copy no more than may be taken of any kind."""
    size = 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > most:
            raise FileTooBig(most=most // MEGABYTE)
        content.write(block)
    if not size:
        raise FileEmpty


def _taken_in(
    content: IO[bytes], name: str, kinds: Collection[FileKind], shelf: LocalStore, *, longest_side: int
) -> Accepted:
    found = type_of(content)
    if found is TEXT and ending_of(name) in CSV.endings:
        found = CSV  # text that only its name tells from other text
    check_ending(name, found)
    if found.kind not in kinds:
        raise UnknownType
    check_size(name, found.kind, content.seek(0, 2))
    if found.kind is not FileKind.PICTURE:
        return _shelved(content, name, found, shelf, None)
    with tempfile.TemporaryFile() as anew:
        kept, width, height = made_anew(content, found, anew, longest_side=longest_side)
        return _shelved(anew, name, kept, shelf, (width, height))


def _shelved(
    content: IO[bytes], name: str, kept: FileType, shelf: LocalStore, size: tuple[int, int] | None
) -> Accepted:
    sha256 = _digest(content)
    width, height = size or (None, None)
    return Accepted(
        sha256=sha256,
        media_type=kept.media_type,
        byte_size=content.tell(),
        public_id=shelf.put(content),
        name=named_as(name, kept),
        width=width,
        height=height,
    )


def _digest(content: IO[bytes]) -> str:
    found = hashlib.sha256()
    content.seek(0)
    while block := content.read(_BLOCK):
        found.update(block)
    return found.hexdigest()
