"""Contents as programs write them, and as they are made up by people who mean no good."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 80 if mode in {"L", "P"} else None).save(file, kind, **options)
    return file.getvalue()


def photo_of_a_place(*, orientation: int = 6) -> bytes:
    """A JPEG that says where it was taken and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Camera of Ada"
    exif.get_ifd(0x8825)[2] = (45.0, 53.0, 20.0)
    return picture(exif=exif, comment=b"at home")


def film(frames: int) -> bytes:
    """A GIF of many frames, put together by hand: an encoder would take its time."""
    head = b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\x00\x05\x00\x00\x00" + b"\x2c\0\0\0\0\x02\0\x02\0\0" + b"\x02\x03\x44\x02\x05\x00"
    return head + frame * frames + b"\x3b"


def huge_png(side: int = 30_000) -> bytes:
    """A picture of nearly a thousand million pixels in a hundred kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", row)
        + chunk(b"IEND", b"")
    )


def archive(*parts: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same bytes whenever it is made: every process of a run must name a test of it alike."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as packed:
        for name, data in parts:
            packed.writestr(zipfile.ZipInfo(name), data, packing)
    return file.getvalue()


def office(part: str = "word/document.xml", *more: tuple[str, bytes]) -> bytes:
    return archive(("[Content_Types].xml", b"<Types/>"), (part, b"<x/>"), *more)


def archive_that_grows(size: int) -> bytes:
    """Only its listing says how much it would be: nothing is unpacked to find out."""
    whole = office("word/document.xml", ("a", b"x"))
    entry = whole.rfind(b"PK\x01\x02")
    return whole[: entry + 24] + struct.pack("<L", size) + whole[entry + 28 :]


def odf(kind: str = "text") -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(("mimetype", said), ("content.xml", b"<x/>"), packing=zipfile.ZIP_STORED)


def archive_of_a_million_parts() -> bytes:
    """Only the ending says so: the listing is not read to find out."""
    whole = office()
    end = whole.rfind(b"PK\x05\x06")
    return whole[:end] + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 60_000, 60_000, 4_000_000, 0, 0)
