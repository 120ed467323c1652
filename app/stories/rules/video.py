"""Addresses of videos: what is shown in a frame after a click, and what is only a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from app.stories.errors import NoVideo

_YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"})
_VIMEO = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_ID = re.compile(r"\d{6,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """``site`` is where it lies; ``frame`` the address that may stand in a frame, empty where there is none."""

    url: str
    site: str
    frame: str = ""

    @property
    def frame_origin(self) -> str:
        return "https://" + urlsplit(self.frame).netloc if self.frame else ""


def video_of(url: str) -> Video:
    """Read the address of a video; raises NoVideo for what is no https address.

    Only YouTube and Vimeo have a frame, made of the video's number alone: nothing else that was typed comes into it.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise NoVideo(field="video_url") from error
    is_well_written = not re.search(r"[\s<>\"'\\]", url)
    if parts.scheme != "https" or "." not in host or parts.username or port not in {None, 443} or not is_well_written:
        raise NoVideo(field="video_url")
    return Video(url=url, site=host.removeprefix("www."), frame=_frame(host, parts.path, parts.query))


def _frame(host: str, path: str, query: str) -> str:
    last = path.rstrip("/").rpartition("/")[2]
    if host in _YOUTUBE:
        found = parse_qs(query).get("v", [last])[0]
        return f"https://www.youtube-nocookie.com/embed/{found}" if _YOUTUBE_ID.fullmatch(found) else ""
    if host in _VIMEO and _VIMEO_ID.fullmatch(last):
        return f"https://player.vimeo.com/video/{last}?dnt=1"
    return ""
