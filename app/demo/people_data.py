"""People: placeholders, and the one expert that a newspaper named."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.kernel.texts import Texts

MANAGER = Texts(en="Cluster manager", it="Gestore di cluster", de="Clustermanagement")
OFFICER = Texts(en="Project officer", it="Responsabile di progetto", de="Projektleitung")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    given: str
    family: str
    organisation: str
    job: Texts = OFFICER
    is_manager: bool = True
    is_public: bool = True
    form_of_address: str | None = None
    languages: tuple[str, ...] = field(default=("en",))


PERSONS = {
    "ada_esempio": Entry(given="Ada", family="Esempio", organisation="o05", languages=("it", "en", "de")),
    "bruno_segnaposto": Entry(given="Bruno", family="Segnaposto", organisation="o06", languages=("it", "en")),
    "carla_prova": Entry(given="Carla", family="Prova", organisation="o04", job=MANAGER, languages=("it", "en")),
    "dario_fittizio": Entry(given="Dario", family="Fittizio", organisation="o07", languages=("it",)),
    "elena_finta": Entry(given="Elena", family="Finta", organisation="o01", languages=("it", "en")),
    "gaia_modello": Entry(given="Gaia", family="Modello", organisation="o09", languages=("it", "en")),
    "heiko_bartschat": Entry(
        given="Heiko",
        family="Bartschat",
        form_of_address="Mr",
        organisation="o08",
        job=MANAGER,
        languages=("de", "en"),
    ),
    "max_mustermann": Entry(given="Max", family="Mustermann", organisation="o12", languages=("de", "en")),
    "erika_musterfrau": Entry(
        given="Erika", family="Musterfrau", organisation="o08", job=MANAGER, languages=("de", "en")
    ),
    "jan_vzorovy": Entry(given="Jan", family="Vzorový", organisation="o11", languages=("cs", "en")),
    "ana_primer": Entry(given="Ana", family="Primer", organisation="o13", languages=("sl", "en")),
    "piotr_przykladowy": Entry(given="Piotr", family="Przykładowy", organisation="o14", languages=("pl", "en")),
    "eva_minta": Entry(given="Éva", family="Minta", organisation="o15", is_public=False, languages=("hu", "en")),
    "jozef_vzor": Entry(given="Jozef", family="Vzor", organisation="o16", is_public=False, languages=("sk", "en")),
}
