"""Documents by the hundred thousand, and what the first page of a search costs among them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from app.kernel.db import db, transactional
from app.kernel.texts import Wording
from app.search import asking, queries
from app.search.models import WORDS_TABLE, SearchEntry, search_document
from app.search.presenting import Hit, Presentation, register_presentation
from app.search.rules import document
from app.search.services import _learn
from app.search.words import in_names, mark_token, name_token, plain_words, tokens

AT_A_TIME = 5000
SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "mo", "ni", "po", "ru", "sa", "te", "vi", "zo")
EVERYWHERE = ("clusters", "innovation", "region")
QUERIES = {
    "a word of every document": "clusters",
    "three words of every document": "clusters innovation region",
    "a rare word and a common one": "bacodife clusters",
    "the beginning of a word": "bacod",
    "a name": "Document 4711",
    "a mistyped word": "bacodfie",
    "nothing": "xqxqxq",
}


def measure(app: Flask, count: int, rounds: int) -> Any:
    """Milliseconds of the best and the worst first page of each query, and whether the index answers it."""
    register_presentation(Presentation("bench", lambda: "Documents", set, _read))
    with app.app_context():
        _fill(count)
    client = app.test_client()
    found = {}
    for name, query in QUERIES.items():
        client.get("/search", query_string={"q": query})
        times = [_time(client, query) for _ in range(rounds)]
        found[name] = [min(times), max(times)]
    with app.app_context():
        asked = asking.alternatives(["clusters", "bacodife"])
        plan = queries.plan_of("words", asked, [mark_token("type", "bench")])
    return {"times": found, "plan": plan, "by_index": "VIRTUAL TABLE INDEX" in plan and "TEMP B-TREE" not in plan}


def _read(ids: Sequence[int], language: str) -> dict[int, Hit]:
    return {ref: Hit(f"/documents/{ref}", Wording(f"Document {ref}", language, False)) for ref in ids}


def _time(client: Any, query: str) -> float:
    began = time.perf_counter()
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    return (time.perf_counter() - began) * 1000


@transactional
def _fill(count: int) -> None:
    """Documents of 60 words out of 40,000, with three that are in each."""
    dice = random.Random(1)
    vocabulary = ["bacodife"] + ["".join(dice.choices(SYLLABLES, k=4)) for _ in range(40_000)]
    queries.drop_all()
    for first in range(0, count, AT_A_TIME):
        entries, words, parts = [], [], []
        for number in range(first, min(first + AT_A_TIME, count)):
            name = f"Document {number} of {dice.choice(vocabulary)}"
            said = f"{' '.join(dice.choices(vocabulary, k=60))} {' '.join(EVERYWHERE)}"
            subject, ref = "bench", number
            marks = f"sector:s{number % 12} country:{('IT', 'DE', 'SI')[number % 3]} year:{2015 + number % 12}"
            entries.append(
                {
                    "id": number + 1,
                    "subject": subject,
                    "ref": ref,
                    "name": name.lower(),
                    "marks": marks,
                    "size": len(said),
                    "text": said,
                }
            )
            words.append(
                {
                    "id": number + 1,
                    "names": " ".join(in_names(tokens(plain_words([name])))),
                    "words": " ".join(tokens(plain_words([name, said]))),
                    "marks": f"{mark_token('type', subject)} {name_token(name)}",
                }
            )
            parts.append({"subject": subject, "ref": ref, "folded": document([name], [said])})
        db.session.execute(insert(SearchEntry), entries)
        statement = f"INSERT INTO {WORDS_TABLE} (rowid, names, words, marks) VALUES (:id, :names, :words, :marks)"
        db.session.execute(text(statement), words)
        db.session.execute(insert(search_document), parts)
    _learn(sorted({*vocabulary, *EVERYWHERE}))
