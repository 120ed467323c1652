"""Organisations. Addresses and pins are demonstration data and may be rough."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.kernel.texts import Texts
from app.network.rules import OrganisationStatus, OrganisationType

COMPANY, CLUSTER, AGENCY = (
    OrganisationType.COMPANY,
    OrganisationType.CLUSTER_ORGANISATION,
    OrganisationType.DEVELOPMENT_AGENCY,
)
RESEARCH, AUTHORITY, ASSOCIATION = (
    OrganisationType.RESEARCH,
    OrganisationType.PUBLIC_AUTHORITY,
    OrganisationType.ASSOCIATION,
)
PARK, CHAMBER = OrganisationType.SCIENCE_PARK, OrganisationType.CHAMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An organisation as this file writes it down; the first of ``types`` is the primary one."""

    slug: str
    name: str
    types: tuple[OrganisationType, ...]
    country: str
    region: str | None
    city: str
    pin: tuple[float, float] | None
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    street: str | None = None
    postcode: str | None = None
    unit_of: str | None = None
    sectors: tuple[str, ...] = ()
    specialisations: tuple[str, ...] = ()
    status: OrganisationStatus = OrganisationStatus.ACTIVE
    about: Texts = field(default_factory=Texts)


ORGANISATIONS = {
    "o01": Entry(
        slug="trentino-sviluppo",
        name="Trentino Sviluppo",
        types=(AGENCY,),
        street="Via Fortunato Zeni 8",
        postcode="38068",
        city="Rovereto",
        country="IT",
        region="ITH2",
        pin=(45.8906, 11.0321),
        sectors=("production_technologies", "energy_environment"),
    ),
    "o02": Entry(
        slug="polo-meccatronica",
        name="Polo Meccatronica",
        types=(CLUSTER, PARK),
        street="Via Fortunato Zeni 8",
        postcode="38068",
        city="Rovereto",
        country="IT",
        region="ITH2",
        pin=(45.8909, 11.0316),
        sectors=("production_technologies",),
        specialisations=("mechatronics",),
        about=Texts(
            en="Companies and other actors who cooperate on mechatronics.",
            it="Aziende e altri attori locali che cooperano sulla meccatronica.",
            de="Unternehmen und andere Akteure, die in der Mechatronik zusammenarbeiten.",
        ),
    ),
    "o03": Entry(
        slug="progetto-manifattura",
        name="Progetto Manifattura",
        types=(CLUSTER, PARK),
        street="Piazza Manifattura 1",
        postcode="38068",
        city="Rovereto",
        country="IT",
        region="ITH2",
        pin=(45.886, 11.021),
        sectors=("energy_environment",),
        specialisations=("cleantech", "green_building"),
    ),
    "o04": Entry(
        slug="habitech",
        name="Habitech",
        types=(CLUSTER,),
        street="Piazza Manifattura 1",
        postcode="38068",
        city="Rovereto",
        country="IT",
        region="ITH2",
        pin=(45.886, 11.021),
        sectors=("energy_environment", "wood_industry"),
        specialisations=("green_building",),
        about=Texts(
            en="126 members: 115 companies and 11 research or public bodies.",
            it="126 membri: 115 aziende e 11 enti di ricerca o pubblici.",
            de="126 Mitglieder: 115 Unternehmen und 11 Forschungs- oder öffentliche Einrichtungen.",
        ),
    ),
    "o05": Entry(
        slug="hub-innovazione-trentino",
        name="Hub Innovazione Trentino",
        short_name="HIT",
        aliases=("Hit",),
        types=(RESEARCH,),
        street="Via Sommarive 18",
        postcode="38123",
        city="Trento",
        country="IT",
        region="ITH2",
        pin=(46.067, 11.151),
        sectors=("ict", "production_technologies", "energy_environment"),
    ),
    "o06": Entry(
        slug="provincia-autonoma-di-trento",
        name="Provincia autonoma di Trento",
        short_name="PAT",
        types=(AUTHORITY,),
        street="Piazza Dante 15",
        postcode="38122",
        city="Trento",
        country="IT",
        region="ITH2",
        pin=(46.071, 11.120),
    ),
    "o06u": Entry(
        slug="dipartimento-della-conoscenza",
        name="Dipartimento della Conoscenza",
        types=(AUTHORITY,),
        city="Trento",
        country="IT",
        region="ITH2",
        pin=None,
        unit_of="o06",
    ),
    "o07": Entry(
        slug="confindustria-trento",
        name="Confindustria Trento",
        types=(ASSOCIATION,),
        street="Via Degasperi 77",
        postcode="38123",
        city="Trento",
        country="IT",
        region="ITH2",
        pin=(46.047, 11.129),
        sectors=("production_technologies", "professional_services"),
    ),
    "o08": Entry(
        slug="cluster-mechatronik-automation",
        name="Cluster Mechatronik & Automation",
        aliases=("Cluster Mechatronik & Automation Management",),
        types=(CLUSTER,),
        street="Am Technologiezentrum 5",
        postcode="86159",
        city="Augsburg",
        country="DE",
        region="DE2",
        pin=(48.328, 10.893),
        sectors=("production_technologies", "automotive_aeronautics"),
        specialisations=("mechatronics",),
    ),
    "o09": Entry(
        slug="milano-metropoli",
        name="Milano Metropoli Agenzia di Sviluppo",
        short_name="Milano Metropoli",
        types=(AGENCY,),
        city="Sesto San Giovanni",
        country="IT",
        region="ITC4",
        pin=(45.534, 9.233),
        sectors=("food_industry", "ict"),
        status=OrganisationStatus.HISTORIC,
    ),
    "o10": Entry(
        slug="parco-tecnologico-padano",
        name="Parco Tecnologico Padano",
        short_name="PTP",
        types=(PARK, RESEARCH),
        street="Via Einstein, Cascina Codazza",
        postcode="26900",
        city="Lodi",
        country="IT",
        region="ITC4",
        pin=(45.3042, 9.4719),
        sectors=("food_industry",),
    ),
    "o11": Entry(
        slug="rda-usti-region",
        name="Regional Development Agency of Usti Region",
        types=(AGENCY,),
        city="Ústí nad Labem",
        country="CZ",
        region="CZ04",
        pin=(50.661, 14.041),
        sectors=("energy_environment", "healthcare"),
    ),
    "o12": Entry(
        slug="stuttgart-region",
        name="Stuttgart Region Economic Development",
        short_name="WRS",
        types=(AGENCY,),
        street="Friedrichstraße 10",
        postcode="70174",
        city="Stuttgart",
        country="DE",
        region="DE1",
        pin=(48.782, 9.176),
        sectors=("ict", "automotive_aeronautics", "energy_environment"),
    ),
    "o13": Entry(
        slug="bsc-kranj",
        name="BSC Kranj",
        types=(AGENCY,),
        street="Cesta Staneta Žagarja 37",
        postcode="4000",
        city="Kranj",
        country="SI",
        region="SI04",
        pin=(46.243, 14.360),
        sectors=("tourism", "wood_industry"),
    ),
    "o14": Entry(
        slug="rda-bielsko-biala",
        name="Regional Development Agency Bielsko-Biała",
        types=(AGENCY,),
        city="Bielsko-Biała",
        country="PL",
        region="PL22",
        pin=(49.822, 19.045),
        sectors=("ict", "automotive_aeronautics"),
    ),
    "o15": Entry(
        slug="mid-pannon",
        name="Mid-Pannon Regional Development",
        types=(AGENCY,),
        city="Székesfehérvár",
        country="HU",
        region="HU21",
        pin=(47.190, 18.410),
        sectors=("mobility_logistics", "healthcare"),
    ),
    "o16": Entry(
        slug="rda-piestany",
        name="Regional Development Agency of Piešťany",
        types=(AGENCY,),
        city="Piešťany",
        country="SK",
        region="SK02",
        pin=(48.592, 17.827),
        sectors=("tourism", "food_industry"),
    ),
    "o17": Entry(
        slug="wko-oberoesterreich",
        name="Upper Austrian Chamber of Commerce",
        types=(CHAMBER,),
        street="Hessenplatz 3",
        postcode="4020",
        city="Linz",
        country="AT",
        region="AT31",
        pin=(48.302, 14.295),
        sectors=("energy_environment", "production_technologies"),
    ),
    "o18": Entry(
        slug="hes-so-fribourg",
        name="HES-SO Fribourg",
        types=(RESEARCH,),
        street="Bd de Pérolles 80",
        postcode="1700",
        city="Fribourg",
        country="CH",
        region="CH02",
        pin=(46.793, 7.160),
        sectors=("production_technologies",),
    ),
    # invented members, so that a cluster has some
    "m01": Entry(
        slug="officine-esempio",
        name="Officine Esempio",
        types=(COMPANY,),
        city="Rovereto",
        country="IT",
        region="ITH2",
        pin=None,
        specialisations=("mechatronics",),
    ),
    "m02": Entry(
        slug="automazione-prova",
        name="Automazione Prova & Figli",
        types=(COMPANY,),
        city="Trento",
        country="IT",
        region="ITH2",
        pin=None,
        specialisations=("mechatronics",),
    ),
    "m03": Entry(
        slug="laboratorio-segnaposto",
        name="Laboratorio Segnaposto",
        types=(RESEARCH,),
        city="Trento",
        country="IT",
        region="ITH2",
        pin=None,
        specialisations=("mechatronics",),
    ),
    "m04": Entry(
        slug="case-prova",
        name="Case Prova",
        types=(COMPANY,),
        city="Rovereto",
        country="IT",
        region="ITH2",
        pin=None,
        specialisations=("green_building",),
    ),
    # food clusters with invented names, so that every country of the project has a peer
    "c01": Entry(
        slug="beispiel-ernaehrungscluster",
        name="Beispiel Ernährungscluster Baden",
        types=(CLUSTER,),
        city="Freiburg",
        country="DE",
        region="DE1",
        pin=(47.995, 7.853),
        sectors=("food_industry",),
    ),
    "c02": Entry(
        slug="pelda-agrarklaszter",
        name="Példa Agrárklaszter",
        types=(CLUSTER,),
        city="Kaposvár",
        country="HU",
        region=None,
        pin=(46.359, 17.791),
        sectors=("food_industry",),
    ),
    "c03": Entry(
        slug="potravinovy-klastr-priklad",
        name="Potravinový klastr Příklad",
        types=(CLUSTER,),
        city="Ústí nad Labem",
        country="CZ",
        region="CZ04",
        pin=(50.66, 14.032),
        sectors=("food_industry",),
    ),
    "c04": Entry(
        slug="klaster-zywnosci-przyklad",
        name="Klaster Żywności Przykład",
        types=(CLUSTER,),
        city="Bielsko-Biała",
        country="PL",
        region=None,
        pin=(49.821, 19.045),
        sectors=("food_industry",),
    ),
    "c05": Entry(
        slug="zivilski-grozd-primer",
        name="Živilski grozd Primer",
        types=(CLUSTER,),
        city="Ljubljana",
        country="SI",
        region="SI04",
        pin=(46.051, 14.506),
        sectors=("food_industry",),
    ),
}

# the project's other eleven partners, by invented names: number, name, country, region, city, pin
PLACEHOLDER_PARTNERS = (
    (4, "Esempio Lombardia", "IT", "ITC4", "Milano", (45.464, 9.19)),
    (5, "Esempio Piemonte", "IT", "ITC1", "Torino", (45.07, 7.686)),
    (6, "Beispiel Bayern", "DE", "DE2", "München", (48.137, 11.575)),
    (7, "Beispiel Baden", "DE", "DE1", "Freiburg", (47.999, 7.842)),
    (8, "Beispiel Salzburg", "AT", "AT32", "Salzburg", (47.8, 13.045)),
    (9, "Beispiel Oberösterreich", "AT", "AT31", "Linz", (48.306, 14.286)),
    (10, "Primer Zahodna Slovenija", "SI", "SI04", "Ljubljana", (46.056, 14.506)),
    (11, "Primer Vzhodna Slovenija", "SI", "SI03", "Maribor", (46.557, 15.646)),
    (12, "Exemple Franche-Comté", "FR", "FRC2", "Besançon", (47.238, 6.024)),
    (13, "Exemple Rhône-Alpes", "FR", "FRK2", "Grenoble", (45.188, 5.724)),
    (14, "Exemple Mittelland", "CH", "CH02", "Bern", (46.948, 7.447)),
)

MEMBERS = (("o02", "m01"), ("o02", "m02"), ("o02", "m03"), ("o02", "o05"), ("o04", "m04"), ("o04", "o03"))
