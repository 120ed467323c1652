"""Countries, regions, sectors and specialisations: the words of the field, in three languages."""

from __future__ import annotations

from app.kernel.db import transactional
from app.kernel.texts import Texts
from app.network import services
from app.network.actors import SYSTEM
from app.network.rules import CountryBox, DevelopmentCategory

LESS, TRANSITION, MORE = (
    DevelopmentCategory.LESS_DEVELOPED,
    DevelopmentCategory.TRANSITION,
    DevelopmentCategory.MORE_DEVELOPED,
)

# code, English, Italian, German, then south, west, north, east in degrees
COUNTRIES = (
    ("IT", "Italy", "Italia", "Italien", (35.4, 6.6, 47.1, 18.6)),
    ("DE", "Germany", "Germania", "Deutschland", (47.2, 5.8, 55.1, 15.1)),
    ("HU", "Hungary", "Ungheria", "Ungarn", (45.7, 16.1, 48.6, 22.9)),
    ("SK", "Slovakia", "Slovacchia", "Slowakei", (47.7, 16.8, 49.7, 22.6)),
    ("CZ", "Czechia", "Repubblica Ceca", "Tschechien", (48.5, 12.0, 51.1, 18.9)),
    ("PL", "Poland", "Polonia", "Polen", (49.0, 14.1, 54.9, 24.2)),
    ("SI", "Slovenia", "Slovenia", "Slowenien", (45.4, 13.3, 46.9, 16.7)),
    ("AT", "Austria", "Austria", "Österreich", (46.3, 9.5, 49.1, 17.2)),
    ("CH", "Switzerland", "Svizzera", "Schweiz", (45.8, 5.9, 47.9, 10.5)),
    ("FR", "France", "Francia", "Frankreich", (41.3, -5.2, 51.1, 9.6)),
)

# NUTS code, country, English, Italian, German, development category of 2021–2027
REGIONS = (
    ("ITC1", "IT", "Piedmont", "Piemonte", "Piemont", MORE),
    ("ITC4", "IT", "Lombardy", "Lombardia", "Lombardei", MORE),
    ("ITH2", "IT", "Trentino", "Trentino", "Trentino", MORE),
    ("DE1", "DE", "Baden-Württemberg", "Baden-Württemberg", "Baden-Württemberg", MORE),
    ("DE2", "DE", "Bavaria", "Baviera", "Bayern", MORE),
    ("HU21", "HU", "Central Transdanubia", "Transdanubio centrale", "Mitteltransdanubien", LESS),
    ("SK02", "SK", "Western Slovakia", "Slovacchia occidentale", "Westslowakei", LESS),
    ("CZ04", "CZ", "Northwest", "Nord-Ovest", "Nordwesten", LESS),
    ("PL22", "PL", "Silesia", "Slesia", "Schlesien", LESS),
    ("SI04", "SI", "Western Slovenia", "Slovenia occidentale", "Westslowenien", MORE),
    ("SI03", "SI", "Eastern Slovenia", "Slovenia orientale", "Ostslowenien", LESS),
    ("AT31", "AT", "Upper Austria", "Alta Austria", "Oberösterreich", MORE),
    ("AT32", "AT", "Salzburg", "Salisburghese", "Salzburg", MORE),
    ("CH02", "CH", "Espace Mittelland", "Espace Mittelland", "Espace Mittelland", None),
    ("FRC2", "FR", "Franche-Comté", "Franca Contea", "Franche-Comté", TRANSITION),
    ("FRK2", "FR", "Rhône-Alpes", "Rodano-Alpi", "Rhône-Alpes", MORE),
)

SECTORS = (
    ("mobility_logistics", "Mobility & logistics", "Mobility & Logistics", "Mobilität & Logistik"),
    ("professional_services", "Professional services", "Servizi Professionali", "Unternehmensnahe Dienstleistungen"),
    ("ict", "ICT", "Ict", "IKT"),
    ("automotive_aeronautics", "Automotive & aeronautics", "Automotive & Aeronautica", "Automobil & Luftfahrt"),
    ("tourism", "Tourism", "Turismo", "Tourismus"),
    ("healthcare", "Healthcare", "Sanità", "Gesundheitswesen"),
    ("energy_environment", "Energy & environment", "Energia e Ambiente", "Energie & Umwelt"),
    ("production_technologies", "Production technologies", "Tecnologie di produzione", "Produktionstechnologien"),
    ("wood_industry", "Wood industry", "Industria del Legno", "Holzwirtschaft"),
    ("food_industry", "Food industry", "Industria Alimentare", "Lebensmittelindustrie"),
)

SPECIALISATIONS = (
    ("mechatronics", "production_technologies", "Mechatronics", "Meccatronica", "Mechatronik"),
    ("green_building", "energy_environment", "Green building", "Edilizia sostenibile", "Nachhaltiges Bauen"),
    ("cleantech", "energy_environment", "Cleantech", "Tecnologie pulite", "Umwelttechnik"),
)


@transactional
def load_vocabulary() -> None:
    """Put every word; loading again changes nothing."""
    for code, en, it, de, (south, west, north, east) in COUNTRIES:
        box = CountryBox(south=south, west=west, north=north, east=east)
        services.put_country(code, Texts(en=en, it=it, de=de), box, actor=SYSTEM)
    for code, country, en, it, de, development in REGIONS:
        services.put_region(code, country, Texts(en=en, it=it, de=de), development, actor=SYSTEM)
    for position, (id, en, it, de) in enumerate(SECTORS, start=1):
        services.put_sector(id, Texts(en=en, it=it, de=de), position, actor=SYSTEM)
    for id, sector_id, en, it, de in SPECIALISATIONS:
        services.put_specialisation(id, sector_id, Texts(en=en, it=it, de=de), actor=SYSTEM)
