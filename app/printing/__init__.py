"""PDF pages out of plain data: one engine, fonts of our own, no domain."""

from __future__ import annotations

from flask import Flask

from app.printing.codes import check_in_drawing as check_in_drawing
from app.printing.codes import check_in_picture as check_in_picture
from app.printing.codes import framed_drawing as framed_drawing
from app.printing.codes import qr_drawing as qr_drawing
from app.printing.emblems import emblem_file as emblem_file
from app.printing.engine import render as render
from app.printing.engine import with_defaults as with_defaults


def join_house(app: Flask) -> None:
    """Take part in the application."""
