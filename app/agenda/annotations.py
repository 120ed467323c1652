"""What higher rooms know about agenda items: the practice that was presented there, say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link to show with an item; the label is in the reader's language, ``drawing`` is the name of an icon."""

    label: str
    url: str
    drawing: str = "lightbulb"


Annotate = Callable[[Sequence[int]], dict[int, list[Annotation]]]
_annotators: list[Annotate] = []


def register_annotation(annotate: Annotate) -> Annotate:
    """Let a higher room add links to items; it is asked once for all items of a page."""
    if annotate not in _annotators:
        _annotators.append(annotate)
    return annotate


def links_of(item_ids: Sequence[int]) -> dict[int, list[Annotation]]:
    """The links of each of these items."""
    found: dict[int, list[Annotation]] = defaultdict(list)
    if item_ids:
        for annotate in _annotators:
            for item_id, links in annotate(item_ids).items():
                found[item_id] += links
    return found
