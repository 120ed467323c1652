from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.search import queries, services


@pytest.mark.parametrize("query", ["s3 4 alp", "S3-4AlpClusters", "alpclusters", "Intelligente"])
def test_a02_a_project_is_found_however_its_name_is_typed(database: Session, query: str) -> None:
    services.index("project", 7, names=["S3-4AlpClusters"], texts=["Strategia di Specializzazione Intelligente"])
    assert queries.found(query, 10) == [("project", 7)]


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "zzz", "'; DROP TABLE event"])
def test_nothing_is_found_for_what_nobody_wrote(database: Session, query: str) -> None:
    services.index("project", 7, names=["S3-4AlpClusters"])
    assert queries.found(query, 10) == []


def test_indexing_again_replaces_the_document(database: Session) -> None:
    services.index("event", 1, names=["Old"])
    services.index("event", 1, names=["Überprüfung"])
    assert queries.found("old", 10) == []
    assert queries.found("uberprufung", 10) == [("event", 1)]
