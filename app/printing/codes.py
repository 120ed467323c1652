"""Square codes that phones read."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from app.kernel.codes import check_in_text

MASK = 3  # any mask is a right code; trying all eight takes five times as long


@lru_cache(maxsize=2048)
def qr_drawing(text: str) -> str:
    """The code of a text as an SVG without its quiet zone, for ``qr`` of ``_base.typ``: leave four modules free."""
    matrix = segno.make(text, error="m", micro=False, mask=MASK, boost_error=False).matrix
    size = len(matrix)
    runs = "".join(_runs(row, line) for line, row in enumerate(matrix))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{runs}"/></svg>'


def check_in_drawing(public_id: str) -> str:
    """The code that check-in reads, of a participant: an SVG without its quiet zone, for pages and papers."""
    return qr_drawing(check_in_text(public_id))


def framed_drawing(drawing: str) -> str:
    """A drawing of a code as a picture of its own, whatever colours stand around it: on white, with the quiet zone."""
    size = int(drawing.partition('viewBox="0 0 ')[2].partition(" ")[0]) + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><svg x="4" y="4" width="{size - 8}" height="{size - 8}">'
        f"{drawing}</svg></svg>"
    )


def check_in_picture(public_id: str, *, scale: int = 6) -> bytes:
    """The same as a PNG with its quiet zone, for mails, whose readers show no SVG."""
    file = io.BytesIO()
    segno.make(check_in_text(public_id), error="m", micro=False).save(file, kind="png", scale=scale, border=4)
    return file.getvalue()


def _runs(row: bytearray, line: int) -> str:
    """The dark modules of a row, neighbours as one bar."""
    bars, start = [], None
    for column, module in enumerate([*row, 0]):
        if module and start is None:
            start = column
        elif not module and start is not None:
            bars.append(f"M{start} {line}h{column - start}v1H{start}z")
            start = None
    return "".join(bars)
