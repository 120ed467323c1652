"""What the plans, comments and actions of the five groups say; invented, in three languages."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.texts import Texts

ASKS = Texts(
    en="Does your region find itself in this plan? What would you add or leave out?",
    it="La vostra regione si riconosce in questo piano? Che cosa aggiungereste o togliereste?",
    de="Findet sich Ihre Region in diesem Plan wieder? Was würden Sie ergänzen oder weglassen?",
)
_ACTIONS = Texts(
    en="The actions, their owners and their days stand in the list of the group.",
    it="Le azioni, i responsabili e le scadenze sono nell’elenco del gruppo.",
    de="Die Maßnahmen, wer sie umsetzt und bis wann, stehen in der Liste der Gruppe.",
)
_RESULTS = Texts(
    en="- Two services offered across borders\n- Thirty companies that used one\n"
    "- A second forum held by another region",
    it="- Due servizi offerti oltre confine\n- Trenta imprese che ne hanno usato uno\n"
    "- Un secondo forum ospitato da un’altra regione",
    de="- Zwei grenzüberschreitend angebotene Leistungen\n- Dreißig Unternehmen, die eine davon nutzten\n"
    "- Ein zweites Forum in einer anderen Region",
)
# by group, then by the place of the chapter
TEXTS: dict[str, dict[int, Texts]] = {
    "agrifood": {
        0: Texts(
            en="Our companies are small and close to their land. Research is strong in **Lodi** and in Stuttgart.\n\n"
            "What they lack are partners beyond the own region.",
            it="Le nostre imprese sono piccole e legate al territorio. La ricerca è forte a **Lodi** e a Stoccarda.\n\n"
            "Mancano partner fuori dalla propria regione.",
            de="Unsere Unternehmen sind klein und dem Land verbunden. Die Forschung ist stark in **Lodi** und "
            "Stuttgart.\n\nEs fehlen Partner jenseits der eigenen Region.",
        ),
        1: Texts(
            en="By the end of next year five regions offer a joint service to food companies.",
            it="Entro la fine del prossimo anno cinque regioni offrono un servizio comune alle imprese alimentari.",
            de="Bis Ende nächsten Jahres bieten fünf Regionen den Lebensmittelunternehmen eine gemeinsame Leistung an.",
        ),
        2: Texts(
            en="- Study visits to laboratories\n- A forum each year\n- A shared list of test kitchens",
            it="- Visite studio ai laboratori\n- Un forum all’anno\n- Un elenco comune delle cucine di prova",
            de="- Studienbesuche in Laboren\n- Jedes Jahr ein Forum\n- Eine gemeinsame Liste der Versuchsküchen",
        ),
        3: _ACTIONS,
        4: _RESULTS,
    },
    "energy_environment": {
        0: Texts(
            en="Wood, water and sun are there; what is missing is the exchange between those who use them.",
            it="Legno, acqua e sole ci sono; manca lo scambio tra chi li utilizza.",
            de="Holz, Wasser und Sonne sind da; es fehlt der Austausch zwischen denen, die sie nutzen.",
        ),
        1: Texts(
            en="Ten pilot plants that others may visit and copy.",
            it="Dieci impianti pilota da visitare e imitare.",
            de="Zehn Pilotanlagen, die andere besuchen und nachbauen können.",
        ),
        3: _ACTIONS,
    },
    "tourism": {
        0: Texts(
            en="Alpine and lake regions face the same short season.",
            it="Regioni alpine e lacustri hanno la stessa stagione breve.",
            de="Alpen- und Seenregionen haben dieselbe kurze Saison.",
        ),
        1: Texts(
            en="A common offer outside the high season.",
            it="Un’offerta comune fuori dall’alta stagione.",
            de="Ein gemeinsames Angebot außerhalb der Hochsaison.",
        ),
        3: _ACTIONS,
    },
    "ict": {
        0: Texts(
            en="Software houses know their neighbours and hardly anybody else.",
            it="Le software house conoscono i vicini e quasi nessun altro.",
            de="Softwarehäuser kennen ihre Nachbarn und sonst kaum jemanden.",
        ),
        1: Texts(
            en="A common test bed, open to companies of all regions.",
            it="Un banco di prova comune, aperto alle imprese di tutte le regioni.",
            de="Eine gemeinsame Testumgebung, offen für Unternehmen aller Regionen.",
        ),
        3: _ACTIONS,
    },
    "life_sciences": {
        0: Texts(
            en="Hospitals and laboratories of two regions have begun to talk.",
            it="Ospedali e laboratori di due regioni hanno cominciato a parlarsi.",
            de="Krankenhäuser und Labore zweier Regionen sind ins Gespräch gekommen.",
        ),
    },
}
# what the second version of the agri-food plan says otherwise
UPDATE: dict[int, Texts] = {
    0: Texts(
        en="Our companies are small and close to their land. Research is strong in **Lodi**, in Stuttgart and in "
        "Piešťany.\n\nWhat they lack are partners and first customers beyond the own region.",
        it="Le nostre imprese sono piccole e legate al territorio. La ricerca è forte a **Lodi**, a Stoccarda e a "
        "Piešťany.\n\nMancano partner e primi clienti fuori dalla propria regione.",
        de="Unsere Unternehmen sind klein und dem Land verbunden. Die Forschung ist stark in **Lodi**, Stuttgart und "
        "Piešťany.\n\nEs fehlen Partner und erste Kunden jenseits der eigenen Region.",
    ),
    2: Texts(
        en="- Study visits to laboratories, two each year\n- A forum each year\n- A shared list of test kitchens\n"
        "- Vouchers for a first week in a laboratory abroad",
        it="- Visite studio ai laboratori, due all’anno\n- Un forum all’anno\n"
        "- Un elenco comune delle cucine di prova\n- Voucher per una prima settimana in un laboratorio all’estero",
        de="- Studienbesuche in Laboren, zwei im Jahr\n- Jedes Jahr ein Forum\n- Eine gemeinsame Liste der "
        "Versuchsküchen\n- Gutscheine für eine erste Woche in einem Labor im Ausland",
    ),
}
# name, organisation, place of the chapter (None: the whole), what was said
COMMENTS: dict[str, tuple[tuple[str, str, int | None, str], ...]] = {
    "agrifood": (
        ("Max Mustermann", "o12", 2, "The vouchers need a ceiling, or two companies use them all."),
        ("Jozef Vzor", "o16", 0, "Thank you for naming our laboratory. Its test fields belong here too."),
        ("Piotr Przykładowy", "o14", None, "We find ourselves in it and can host the second forum."),
    ),
    "energy_environment": (("Max Mustermann", "o12", 1, "Ten plants are many; let us name them."),),
    "tourism": (("Ana Primer", "o13", None, "Agreed. The lakes want to be named as well."),),
    "ict": (("Piotr Przykładowy", "o14", 1, "Who pays for the test bed after the project?"),),
}
DISTRICTS: dict[str, tuple[Texts, tuple[str, ...]]] = {
    "agrifood": (
        Texts(en="Agri-food meta-district", it="Meta-distretto agroalimentare", de="Meta-Cluster Agrar und Ernährung"),
        ("o10", "o12", "o16"),
    ),
    "energy_environment": (
        Texts(en="Energy meta-district", it="Meta-distretto dell’energia", de="Meta-Cluster Energie"),
        ("o04", "o12", "o17"),
    ),
    "tourism": (
        Texts(en="Tourism meta-district", it="Meta-distretto del turismo", de="Meta-Cluster Tourismus"),
        ("o13", "o09"),
    ),
    "ict": (
        Texts(en="ICT meta-district", it="Meta-distretto dell’Ict", de="Meta-Cluster IKT"),
        ("o12", "o14"),
    ),
    "life_sciences": (
        Texts(
            en="Life sciences meta-district",
            it="Meta-distretto delle scienze della vita",
            de="Meta-Cluster Lebenswissenschaften",
        ),
        ("o11",),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAction:
    """``due``: in so many days; ``of_note``: made of the first note of the group's events."""

    title: Texts
    owner: str
    due: int
    event: str = ""
    of_note: bool = False
    steps: tuple[str, ...] = ()


ACTIONS: dict[str, tuple[DemoAction, ...]] = {
    "agrifood": (
        DemoAction(
            title=Texts(
                en="Draw up the shared list of test kitchens",
                it="Compilare l’elenco comune delle cucine di prova",
                de="Die gemeinsame Liste der Versuchsküchen anlegen",
            ),
            owner="o10",
            due=-30,
            event="E5",
            of_note=True,
            steps=("finish",),
        ),
        DemoAction(
            title=Texts(
                en="Agree with two regions on a laboratory voucher",
                it="Concordare con due regioni un voucher per i laboratori",
                de="Mit zwei Regionen einen Laborgutschein vereinbaren",
            ),
            owner="o12",
            due=-6,
            event="E5",
            steps=("start",),
        ),
        DemoAction(
            title=Texts(
                en="Put three joint services to the world café and choose one",
                it="Portare tre servizi comuni al world café e sceglierne uno",
                de="Drei gemeinsame Leistungen ins World-Café bringen und eine auswählen",
            ),
            owner="o09",
            due=80,
            event="E8",
        ),
        DemoAction(
            title=Texts(
                en="Find a host for the second forum, as the café asked",
                it="Trovare chi ospita il secondo forum, come chiesto dal café",
                de="Gastgeber für das zweite Forum finden, wie im Café gewünscht",
            ),
            owner="o14",
            due=140,
            event="E8",
        ),
    ),
    "energy_environment": (
        DemoAction(
            title=Texts(
                en="Open four pilot plants to visitors",
                it="Aprire ai visitatori quattro impianti pilota",
                de="Vier Pilotanlagen für Besuche öffnen",
            ),
            owner="o12",
            due=-40,
            steps=("start", "finish"),
        ),
    ),
    "tourism": (
        DemoAction(
            title=Texts(
                en="Describe the common offer of the low season",
                it="Descrivere l’offerta comune di bassa stagione",
                de="Das gemeinsame Angebot der Nebensaison beschreiben",
            ),
            owner="o13",
            due=45,
            steps=("start",),
        ),
    ),
    "ict": (
        DemoAction(
            title=Texts(
                en="Sign the rules of the common test bed",
                it="Firmare le regole del banco di prova comune",
                de="Die Regeln der gemeinsamen Testumgebung unterzeichnen",
            ),
            owner="o14",
            due=-15,
            event="E7",
            steps=("finish",),
        ),
    ),
    "life_sciences": (),
}
