"""A need of a cluster, the services proposed for it, and a cluster of another country."""

from __future__ import annotations

from typing import Any

from app.kernel.texts import Texts
from app.needs import services as needs
from app.needs.inputs import NeedInput
from app.network.actors import SYSTEM
from app.pilots import services
from app.pilots.inputs import ServiceInput
from app.pilots.models import ServiceProposal
from tests.builders import NOW, make_organisation


class Rovereto:
    """A cluster with a need, and one of another country."""

    def __init__(self) -> None:
        self.own, self.other = make_organisation("Polo Example"), make_organisation("Bayern Beispiel", country="DE")
        values = NeedInput(text="Shared test benches", cluster_id=self.own.id)
        self.need = needs.state_need(values=values, actor=SYSTEM, now=NOW)

    def values(self, **changes: Any) -> ServiceInput:
        given: dict[str, Any] = {
            "title": Texts(en="Lab voucher", it="Voucher"),
            "owner_id": self.own.id,
            "need_ids": (self.need.id,),
        }
        return ServiceInput(**given | changes)

    def propose(self, **changes: Any) -> ServiceProposal:
        return services.propose(values=self.values(**changes), proposer_id=self.own.id, actor=SYSTEM, now=NOW)
