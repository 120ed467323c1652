"""The ids behind the names that the data of the demonstration uses."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.network_data import LoadedNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIds:
    network: LoadedNetwork
    venues: dict[str, int]
