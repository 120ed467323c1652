"""Square codes that phones read."""

from __future__ import annotations

from functools import lru_cache

import segno

MASK = 3  # any mask is a right code; trying all eight takes five times as long


@lru_cache(maxsize=2048)
def qr_drawing(text: str) -> str:
    """The code of a text as an SVG without its quiet zone, for ``qr`` of ``_base.typ``: leave four modules free."""
    matrix = segno.make(text, error="m", micro=False, mask=MASK, boost_error=False).matrix
    size = len(matrix)
    runs = "".join(_runs(row, line) for line, row in enumerate(matrix))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{runs}"/></svg>'


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
