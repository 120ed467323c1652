"""Which videos are shown inside a page, and from where."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACES = (
    (re.compile(r"https://(?:www\.)?(?:youtube\.com/watch\?(?:.*&)?v=|youtu\.be/)([\w-]{6,20})(?:[&?#].*)?\Z"),
     "https://www.youtube-nocookie.com", "/embed/{}?autoplay=0"),
    (re.compile(r"https://(?:www\.)?vimeo\.com/(\d{5,12})(?:[/?#].*)?\Z"),
     "https://player.vimeo.com", "/video/{}?dnt=1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Video:
    """``origin``: whose pages a frame may show; ``frame``: the whole address for it."""

    origin: str
    frame: str

    @property
    def host(self) -> str:
        return self.origin.removeprefix("https://")


def video_of(address: str) -> Video | None:
    """The frame of a video on YouTube (without cookies) or Vimeo; None for any other address."""
    for shape, origin, path in _PLACES:
        if found := shape.match(address):
            return Video(origin, origin + path.format(found[1]))
    return None
