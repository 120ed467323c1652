from __future__ import annotations

from datetime import datetime
from typing import Any

from app.kernel import clock
from app.mail.composing import Letter, composes
from app.personal import proofs, services
from app.personal.rules import PROOF_LIFE


@composes(services.PROOF_MAIL)
def compose_proof(context: dict[str, Any], locale: str) -> Letter | None:
    """The link is made now, so that its time runs from the sending; a mail that waited too long is dropped."""
    now = clock.now()
    if now - datetime.fromisoformat(context["asked_at"]) > PROOF_LIFE:
        return None
    proof = proofs.proof_of(context["email"], now=now)
    return Letter(values={"proof": proof, "minutes": int(PROOF_LIFE.total_seconds() // 60)})
