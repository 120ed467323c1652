"""Pictures made anew: only what is seen is kept, nothing of where, when and with what it was taken."""

from __future__ import annotations

from typing import IO

from PIL import Image, ImageOps

from app.files.errors import Damaged, PictureMoves, TooManyPixels
from app.files.rules import GIF, JPEG, LONGEST_SIDE, MOST_PIXELS, PNG, WEBP, FileType

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", GIF: "GIF"}
_OPTIONS = {JPEG: {"quality": 88, "progressive": True}, PNG: {}, WEBP: {"quality": 88}}
# what the formats can hold, for pictures that come in another colour space
_MODES = {JPEG: {"RGB", "L"}, PNG: {"RGB", "RGBA", "L", "LA"}, WEBP: {"RGB", "RGBA"}}


def made_anew(
    content: IO[bytes], found: FileType, target: IO[bytes], *, longest_side: int = LONGEST_SIDE
) -> tuple[FileType, int, int]:
    """Write a picture of a type into ``target`` without metadata, turned upright, no side above ``longest_side``.

    Gives the type that was written (a GIF becomes a PNG), width and height. Raises TooManyPixels and PictureMoves
    before anything is decoded, and Damaged.
    """
    content.seek(0)
    try:
        with Image.open(content, formats=[_FORMATS[found]]) as picture:
            _check(picture, found)
            picture.draft("RGB", (longest_side, longest_side))
            ImageOps.exif_transpose(picture, in_place=True)
            return _write(picture, PNG if found is GIF else found, target, longest_side)
    except (TooManyPixels, PictureMoves):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder that is led astray raises whatever it comes upon
        raise Damaged from error


def _check(picture: Image.Image, found: FileType) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    # a photo of a telephone may hold a second one of the same, which is left out
    if found is not JPEG and getattr(picture, "is_animated", False):
        raise PictureMoves


def _write(picture: Image.Image, kept: FileType, target: IO[bytes], longest_side: int) -> tuple[FileType, int, int]:
    if picture.mode not in _MODES[kept]:
        picture = picture.convert("RGBA" if picture.has_transparency_data and kept is not JPEG else "RGB")
    picture.thumbnail((longest_side, longest_side))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    bare.save(target, _FORMATS[kept], **_OPTIONS[kept])
    return kept, bare.width, bare.height


def _too_many_pixels() -> TooManyPixels:
    return TooManyPixels(most=MOST_PIXELS // 1_000_000)
