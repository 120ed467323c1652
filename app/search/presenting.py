"""How a hit is shown. Rooms register it for their subject; search itself knows no domain.

``register_presentation(Presentation("story", kind=…, visible=…, read=…))`` in a room's ``join_house``. ``visible``
gives those of the ids that everybody may see now: drafts, what is internal and who did not agree neither appear nor
are counted. ``read`` gives the hits of one page in one query. A subject without a presentation is never shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.kernel.texts import Wording


@dataclass(frozen=True, slots=True)
class Hit:
    url: str
    title: Wording
    about: str = ""


@dataclass(frozen=True, slots=True)
class Presentation:
    """``kind`` is the word for several of them; ``read`` takes ids and a language."""

    subject: str
    kind: Callable[[], str]
    visible: Callable[[Collection[int]], Collection[int]]
    read: Callable[[Sequence[int], str], Mapping[int, Hit]]


_presentations: dict[str, Presentation] = {}


def register_presentation(presentation: Presentation) -> None:
    _presentations[presentation.subject] = presentation


def presentation_of(subject: str) -> Presentation | None:
    return _presentations.get(subject)


def place_of(subject: str) -> int:
    """Of things that are called alike the kind that was registered first comes first."""
    return next((place for place, known in enumerate(_presentations) if known == subject), len(_presentations))


def visible_of(found: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those that everybody may see; one query for each kind of thing."""
    seen = set()
    for subject, ids in _by_subject(found).items():
        if shown := _presentations.get(subject):
            seen |= {(subject, ref) for ref in shown.visible(ids)}
    return seen


def hits_of(found: Sequence[tuple[str, int]], language: str) -> dict[tuple[str, int], Hit]:
    """The hits of a page; one query for each kind of thing."""
    hits: dict[tuple[str, int], Hit] = {}
    for subject, ids in _by_subject(found).items():
        if shown := _presentations.get(subject):
            hits |= {(subject, ref): hit for ref, hit in shown.read(ids, language).items()}
    return hits


def _by_subject(found: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for subject, ref in found:
        ids[subject].append(ref)
    return ids
