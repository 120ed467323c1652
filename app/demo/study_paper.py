"""The document of the demonstration's study: its services on paper, invented as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.kernel.texts import Texts
from app.printing import render

METHOD = (
    "Clusters of the Alpine space were asked by questionnaire and in conversations which services their members use, "
    "who pays for them and what would be missed first. All figures and answers in this paper are demonstration data."
)
RANKING = "What members would miss first is a person who knows whom to call; equipment comes second, money third."


def study_paper(title: Texts, summary: Texts, services: Iterable[tuple[str, Texts, Texts]]) -> bytes:
    """A PDF in English. ``services``: the cluster, the name and the description of each."""
    chapters = [
        _chapter("Method", METHOD),
        *(
            _chapter(f"{name.wording('en').text} ({cluster})", about.wording("en").text)
            for cluster, name, about in services
        ),
        _chapter("What members would miss", RANKING),
    ]
    data = {
        "title": title.wording("en").text,
        "lang": "en",
        "name": title.wording("en").text,
        "group": "Hub Innovazione Trentino",
        "about": summary.wording("en").text,
        "funding": None,
        "drafters": "",
        "drafters_words": "",
        "countries": "",
        "adopted": [],
        "adopted_words": "",
        "chapters": chapters,
        "page_of": "Page {page} of {pages}",
    }
    return render("plan", data)


def _chapter(title: str, text: str) -> Mapping[str, Any]:
    runs = [{"text": text, "strong": False, "em": False}]
    return {"title": title, "lang": "en", "blocks": [{"kind": "paragraph", "depth": 0, "runs": runs}]}
