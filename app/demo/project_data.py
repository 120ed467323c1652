"""Two programmes and two projects that really were, as far as they are publicly known."""

from __future__ import annotations

from decimal import Decimal

from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.network.inputs import GroupInput, PhaseInput, ProgrammeInput, ProjectInput
from app.network.rules import GroupRole, ProjectRole

PROGRAMMES = {
    "A": ProgrammeInput(
        code="alpine-space-2014",
        name=Texts(en="Interreg Alpine Space", it="Interreg Spazio Alpino", de="Interreg Alpenraum"),
        period_from=2014,
        period_to=2020,
        fund="European Regional Development Fund",
        emblem="alpine-space-2014.svg",
        funding_sentence=Texts(
            en="This project is co-financed by the European Union (European Regional Development Fund) "
            "through the Interreg Alpine Space programme 2014–2020.",
            it="Progetto co-finanziato dall’Unione europea (Fondo europeo di sviluppo regionale) "
            "attraverso il Programma Interreg Spazio Alpino 2014–2020.",
            de="Dieses Projekt wird von der Europäischen Union (Europäischer Fonds für regionale Entwicklung) "
            "über das Programm Interreg Alpenraum 2014–2020 kofinanziert.",
        ),
        site="https://www.alpine-space.eu/",
    ),
    "B": ProgrammeInput(
        code="central-europe-2007",
        name=Texts(en="Central Europe", it="Central Europe", de="Mitteleuropa"),
        period_from=2007,
        period_to=2013,
        fund="European Regional Development Fund",
        emblem="central-europe-2007.svg",
        funding_sentence=Texts(
            en="This project is implemented through the Central Europe programme 2007–2013, "
            "co-financed by the European Union (European Regional Development Fund).",
            it="Progetto realizzato nell’ambito del Programma Central Europe 2007–2013, "
            "co-finanziato dall’Unione europea (Fondo europeo di sviluppo regionale).",
            de="Dieses Projekt wird im Programm Mitteleuropa 2007–2013 durchgeführt, "
            "kofinanziert von der Europäischen Union (Europäischer Fonds für regionale Entwicklung).",
        ),
        site="https://www.central2013.eu/",
    ),
}

PROJECTS = {
    "A": ProjectInput(
        slug="s3-4alpclusters",
        acronym="S3-4AlpClusters",
        aliases=("S3 4 AlpClusters", "AlpClusters"),
        title=Texts(
            en="Smart specialisation strategy to build an innovation model for Alpine Space clusters",
            it="Strategia di Specializzazione Intelligente per creare un modello di innovazione "
            "per i cluster dello Spazio Alpino",
        ),
        objectives=Texts(
            en="Develop and test innovative services for small and medium enterprises\n"
            "Learn from each other how clusters serve their members\n"
            "Put services into practice across regions",
            it="Sviluppare e testare servizi innovativi dedicati alle Pmi\n"
            "Imparare gli uni dagli altri come i cluster servono i propri membri\n"
            "Realizzare i servizi attraverso la cooperazione trans-regionale",
            de="Innovative Dienstleistungen für KMU entwickeln und erproben\n"
            "Voneinander lernen, wie Cluster ihren Mitgliedern dienen\n"
            "Dienstleistungen über Regionen hinweg umsetzen",
        ),
        starts=RoughDate.parse("2016-11-01"),
        ends=RoughDate.parse("2019-04-30"),
        total_budget=Decimal("2521964.00"),
        eu_contribution=Decimal("1929500.00"),
        country_codes=("IT", "DE", "AT", "SI", "FR", "CH"),
    ),
    "B": ProjectInput(
        slug="cluster-cord",
        acronym="Cluster-Cord",
        aliases=("Clusters-Cord", "ClustersCORD"),
        title=Texts(
            en="Clusters and cooperation for regional development in Central Europe",
            it="Cluster e cooperazione per lo sviluppo regionale nell’Europa centrale",
            de="Cluster und Zusammenarbeit für die regionale Entwicklung in Mitteleuropa",
        ),
        objectives=Texts(
            en="Promote the exchange of best practices\n"
            "Let parts of the same cluster in different regions cooperate\n"
            "Bring transnational meta-clusters to life",
            it="Promuovere lo scambio di best practice\n"
            "Favorire la cooperazione tra realtà dello stesso cluster attive in aree geografiche diverse\n"
            "Dare vita a “meta-distretti” transnazionali",
            de="Den Austausch bewährter Verfahren fördern\n"
            "Teile desselben Clusters in verschiedenen Regionen zusammenarbeiten lassen\n"
            "Transnationale Meta-Cluster ins Leben rufen",
        ),
        starts=RoughDate.parse("2010-03"),
        ends=RoughDate.parse("2013-02"),
        total_budget=Decimal("1358494.68"),
        eu_contribution=Decimal("1112940.82"),
        country_codes=("IT", "DE", "HU", "SK", "CZ", "PL", "SI"),
    ),
}

LAUNCH = RoughDate.parse("2011-10-25")  # of phase 2 and of its five groups
PHASES = {
    "A": (
        PhaseInput(
            number=1,
            name=Texts(en="Study and selection", it="Studio e selezione", de="Studie und Auswahl"),
            goal=Texts(
                en="Study the services of Alpine clusters and select the best practices.",
                it="Studiare i servizi erogati dai cluster alpini e selezionare le migliori pratiche.",
                de="Die Dienstleistungen der Cluster im Alpenraum untersuchen und gute Praxis auswählen.",
            ),
            starts=RoughDate.parse("2016-11"),
            ends=RoughDate.parse("2017"),
        ),
        PhaseInput(
            number=2,
            name=Texts(
                en="Regional clusters workshops", it="Clusters workshop regionali", de="Regionale Cluster-Workshops"
            ),
            goal=Texts(
                en="Present, share and discuss the practices in every region.",
                it="Presentare, condividere e discutere le pratiche in ogni regione.",
                de="Die gute Praxis in jeder Region vorstellen, teilen und besprechen.",
            ),
            starts=RoughDate.parse("2017-11"),
            ends=RoughDate.parse("2018-06"),
        ),
        PhaseInput(
            number=3,
            name=Texts(
                en="Services put to the test", it="Sperimentazione dei servizi", de="Erprobung der Dienstleistungen"
            ),
            goal=Texts(
                en="Carry out the proposed services together, across regions.",
                it="Realizzare insieme, tra più regioni, i servizi proposti.",
                de="Die vorgeschlagenen Dienstleistungen gemeinsam und überregional umsetzen.",
            ),
            starts=RoughDate.parse("2018"),
            ends=RoughDate.parse("2019-04"),
        ),
    ),
    "B": (
        PhaseInput(
            number=1,
            name=Texts(en="Finding sectors", it="Individuazione dei settori", de="Bestimmung der Branchen"),
            goal=Texts(
                en="Identify the industrial sectors that could gain from meta-clusters.",
                it="Individuare i settori industriali potenzialmente interessati ai meta-distretti.",
                de="Die Branchen bestimmen, die von Meta-Clustern profitieren können.",
            ),
            results=Texts(
                en="Ten sectors identified in seven countries.",
                it="Dieci settori individuati in sette paesi.",
                de="Zehn Branchen in sieben Ländern bestimmt.",
            ),
            starts=RoughDate.parse("2010-03"),
            ends=RoughDate.parse("2011"),
        ),
        PhaseInput(
            number=2,
            name=Texts(en="Thematic groups", it="Gruppi tematici", de="Themengruppen"),
            goal=Texts(
                en="Five groups hold forums and study visits and write strategic plans.",
                it="Cinque gruppi tematici tra exchange forum, visite studio e piani strategici.",
                de="Fünf Gruppen halten Foren und Studienbesuche ab und schreiben Strategiepläne.",
            ),
            starts=LAUNCH,
            ends=RoughDate.parse("2013"),
        ),
    ),
}

GROUPS = (
    GroupInput(
        slug="agrifood",
        name=Texts(en="Agri-food", it="Agroalimentare", de="Agrar- & Ernährungswirtschaft"),
        position=1,
        sector_ids=("food_industry",),
        launched=LAUNCH,
    ),
    GroupInput(
        slug="energy_environment",
        name=Texts(en="Energy & environment", it="Energia e Ambiente", de="Energie & Umwelt"),
        position=2,
        sector_ids=("energy_environment", "wood_industry"),
        launched=LAUNCH,
    ),
    GroupInput(
        slug="tourism",
        name=Texts(en="Tourism", it="Turismo", de="Tourismus"),
        position=3,
        sector_ids=("tourism",),
        launched=LAUNCH,
    ),
    GroupInput(slug="ict", name=Texts(en="ICT", it="Ict", de="IKT"), position=4, sector_ids=("ict",), launched=LAUNCH),
    GroupInput(
        slug="life_sciences",
        name=Texts(en="Life sciences", it="Scienze naturali", de="Lebenswissenschaften"),
        aliases=("Scienze della vita",),
        position=5,
        sector_ids=("healthcare", "food_industry"),
        launched=LAUNCH,
    ),
)

LEAD, PARTNER = ProjectRole.LEAD_PARTNER, ProjectRole.PARTNER
# project, organisation, role, acting unit
PROJECT_ROLES = (
    ("A", "o18", LEAD, None),
    ("A", "o05", PARTNER, None),
    ("A", "o06", PARTNER, "o06u"),
    *(("A", f"p{number:02}", PARTNER, None) for number in range(4, 15)),
    ("A", "o07", ProjectRole.OBSERVER, None),
    ("A", "o07", ProjectRole.PROMOTER, None),
    ("B", "o11", LEAD, None),
    ("B", "o09", PARTNER, None),
    ("B", "o09", ProjectRole.EXCHANGE_COORDINATOR, None),
    *(("B", organisation, PARTNER, None) for organisation in ("o12", "o13", "o14", "o15", "o16", "o17")),
)
SHARES = (("A", "o06", Decimal("120000.00")), ("A", "o05", Decimal("222000.00")))  # EUR, both published
GROUP_ROLES = (
    ("agrifood", "o09", GroupRole.COORDINATOR),
    ("agrifood", "o10", GroupRole.SUPPORTING_BODY),
    ("agrifood", "o16", GroupRole.MEMBER),
    ("energy_environment", "o12", GroupRole.MEMBER),
    ("energy_environment", "o17", GroupRole.MEMBER),
    ("tourism", "o13", GroupRole.MEMBER),
    ("ict", "o12", GroupRole.MEMBER),
    ("ict", "o14", GroupRole.MEMBER),
    ("life_sciences", "o11", GroupRole.MEMBER),
    ("life_sciences", "o15", GroupRole.MEMBER),
)
