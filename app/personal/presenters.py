"""What the pages of personal calendars show."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from flask import current_app

from app.personal.services import Opened
from app.printing.codes import framed_drawing, qr_drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """Everything that opens a new calendar, to be shown once."""

    label: str
    url: str
    webcal: str
    google: str
    outlook: str
    office: str
    code: str  # of webcal, as a drawing for phones
    server: str
    user: str
    password: str


def way_in(opened: Opened, email: str, label: str) -> WayIn:
    public_url: str = current_app.config["FILO"].public_url
    url = f"{public_url}/calendars/{opened.secret}.ics"
    added = urlencode({"url": url, "name": label}, quote_via=quote)
    webcal = f"webcal://{url.removeprefix(f'{urlsplit(url).scheme}://')}"
    return WayIn(
        label=label,
        url=url,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{added}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{added}",
        code=framed_drawing(qr_drawing(webcal)),
        server=f"{public_url}/caldav/",
        user=email,
        password=opened.password,
    )
