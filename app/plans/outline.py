"""The chapters with which a strategic plan usually begins; each group changes them as it likes."""

from __future__ import annotations

from app.kernel.texts import Texts

USUAL_CHAPTERS = (
    Texts(en="Where we stand", it="Il punto di partenza", de="Wo wir stehen"),
    Texts(en="What we want to reach", it="Gli obiettivi", de="Was wir erreichen wollen"),
    Texts(
        en="What we do across borders",
        it="Che cosa facciamo insieme oltre confine",
        de="Was wir grenzüberschreitend tun",
    ),
    Texts(en="Fundamental actions", it="Azioni fondamentali", de="Kernmaßnahmen"),
    Texts(en="How we will know", it="Come misuriamo i risultati", de="Woran wir den Erfolg erkennen"),
)
