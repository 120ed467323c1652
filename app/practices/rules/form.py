"""The good-practice form of the Interreg Europe Policy Learning Platform: its parts, their lengths, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.texts import LANGUAGES, Texts


class Part(StrEnum):
    """The texts of the form, in its order; each is a field of that name in three languages."""

    TITLE = "title"
    SUMMARY = "summary"
    PROBLEM = "problem"
    BODY = "body"
    RESOURCES = "resources"
    EVIDENCE = "evidence"
    LESSONS = "lessons"
    TRANSFER = "transfer"


# characters; an installation and a project may ask for others
LENGTHS: dict[Part, int] = {
    Part.TITLE: 100,
    Part.SUMMARY: 160,
    Part.PROBLEM: 500,
    Part.BODY: 1500,
    Part.RESOURCES: 300,
    Part.EVIDENCE: 500,
    Part.LESSONS: 300,
    Part.TRANSFER: 1000,
}
# what a draft may hold: cutting down is a part of writing
ROOM: dict[Part, int] = dict.fromkeys(Part, 20_000) | {Part.TITLE: 160, Part.SUMMARY: 600}
NEEDED = (Part.TITLE, Part.SUMMARY, Part.PROBLEM, Part.BODY, Part.EVIDENCE, Part.LESSONS, Part.TRANSFER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a practice cannot be submitted yet: a part that is empty (``spare`` is 0), or so much too long."""

    part: Part
    field: str
    spare: int = 0


def lengths_of(*settings: Mapping[str, int]) -> dict[Part, int]:
    """The lengths in force: later settings (a project's) before earlier ones (the installation's), then the form's."""
    found = dict(LENGTHS)
    for each in settings:
        found |= {Part(name): longest for name, longest in each.items() if name in set(Part)}
    return found


def faults_of(texts: Mapping[Part, Texts], lengths: Mapping[Part, int]) -> list[Fault]:
    """What keeps a practice from being submitted, in the order of the form. One language of each part is enough."""
    faults = []
    for part in Part:
        text = texts[part]
        if part in NEEDED and not any(words.strip() for words in text.values()):
            faults.append(Fault(part=part, field=f"{part}_en"))
        faults += [
            Fault(part=part, field=f"{part}_{lang}", spare=spare)
            for lang in LANGUAGES
            if (spare := len(text.get(lang, "")) - lengths[part]) > 0
        ]
    return faults
