"""The data files of `lang/es` parse, are complete and free of duplicates."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

LANGUAGE = Path(__file__).parents[2] / "streams" / "extraction" / "lang" / "es"

# States and territories without a usual demonym or a capital that the news would name.
WITHOUT_DEMONYM = {"GD", "SX", "VG", "GG", "SJ", "MP", "AS", "SH", "AQ"}
WITHOUT_CAPITAL = {"AQ", "SG", "SC", "HK", "MO", "GI", "IM", "JE", "GG", "NU"}
UN_MEMBERS = 193
KINDS = {"city", "region", "continent", "sea", "river", "island", "site"}


def read_rows(name: str) -> list[dict[str, str]]:
    with (LANGUAGE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_yaml(name: str) -> dict[str, Any]:
    data = yaml.safe_load((LANGUAGE / name).read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def split(cell: str) -> list[str]:
    return [value for value in cell.split("|") if value]


def fold(text: str) -> str:
    """Drop case and accents, as every look-up does."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize("path", sorted(LANGUAGE.glob("*.*")), ids=lambda path: path.name)
def test_files_are_composed_unicode_without_stray_spaces(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("countries.csv", ["iso", "name", "aliases", "demonyms", "capitals"]),
        ("places.csv", ["name", "country", "kind"]),
        ("given_names.csv", ["name", "gender"]),
    ],
)
def test_tables_have_their_header_and_trimmed_cells(name: str, header: list[str]) -> None:
    rows = read_rows(name)
    assert list(rows[0]) == header
    for row in rows:
        for cell in row.values():
            assert all(value == value.strip() and value for value in cell.split("|") if cell)


def test_countries_have_valid_codes_once_each() -> None:
    codes = [row["iso"] for row in read_rows("countries.csv") if row["iso"]]
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert repeated(codes) == []
    assert len(codes) >= UN_MEMBERS


@pytest.mark.parametrize("columns", [("name", "aliases"), ("demonyms",), ("capitals",)])
def test_no_word_means_two_countries(columns: tuple[str, ...]) -> None:
    words = [word for row in read_rows("countries.csv") for column in columns for word in split(row[column])]
    assert repeated(words) == []


def test_countries_have_demonyms_and_capitals() -> None:
    states = [row for row in read_rows("countries.csv") if row["iso"]]
    assert {row["iso"] for row in states if not row["demonyms"]} == WITHOUT_DEMONYM
    assert {row["iso"] for row in states if not row["capitals"]} == WITHOUT_CAPITAL


@pytest.mark.parametrize(
    ("column", "word", "iso"),
    [
        ("aliases", "EEUU", "US"),
        ("aliases", "Myanmar", "MM"),
        ("aliases", "Qatar", "QA"),
        ("aliases", "Santa Sede", "VA"),
        ("aliases", "URSS", ""),
        ("demonyms", "israelíes", "IL"),
        ("demonyms", "francesas", "FR"),
        ("demonyms", "estadounidense", "US"),
        ("demonyms", "kosovares", "XK"),
        ("capitals", "Beijing", "CN"),
        ("capitals", "Kyiv", "UA"),
        ("capitals", "Santafé de Bogotá", "CO"),
    ],
)
def test_usual_words_lead_to_their_country(column: str, word: str, iso: str) -> None:
    assert [row["iso"] for row in read_rows("countries.csv") if word in split(row[column])] == [iso]


def test_places_are_unique_and_well_formed() -> None:
    rows = read_rows("places.csv")
    codes = {row["iso"] for row in read_rows("countries.csv")}
    assert repeated(row["name"] for row in rows) == []
    assert {row["kind"] for row in rows} == KINDS
    for row in rows:
        assert re.fullmatch("[A-Z]{2}|", row["country"]), row
    # Towns of small territories that the news does not name as countries of their own.
    assert {row["country"] for row in rows} - codes <= {"YT", "WF", "BQ", "MF", "BL", "CC", "CX", "PM"}


def test_places_that_differ_in_accents_only_lie_in_one_country() -> None:
    countries: dict[str, set[str]] = {}
    for row in read_rows("places.csv"):
        countries.setdefault(fold(row["name"]), set()).add(row["country"])
    assert {key: found for key, found in countries.items() if len(found) > 1} == {}


def test_places_do_not_repeat_countries() -> None:
    countries = read_rows("countries.csv")
    names = {name for row in countries for name in (row["name"], *split(row["aliases"]))}
    assert names.isdisjoint(row["name"] for row in read_rows("places.csv"))


def test_places_stay_small() -> None:
    assert (LANGUAGE / "places.csv").stat().st_size <= 700_000


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Londres", "GB"),
        ("Nueva York", "US"),
        ("Estrasburgo", "FR"),
        ("Múnich", "DE"),
        ("San Vicente del Caguán", "CO"),
        ("Camp David", "US"),
        ("Punta del Este", "UY"),
        ("Doñana", "ES"),
        ("Chechenia", "RU"),
        ("Cisjordania", "PS"),
        ("Escocia", "GB"),
        ("Cachemira", ""),
        ("América Latina", ""),
        ("Córdoba", "ES"),
    ],
)
def test_places_lie_where_the_news_puts_them(name: str, country: str) -> None:
    assert [row["country"] for row in read_rows("places.csv") if row["name"] == name] == [country]


@pytest.mark.parametrize(
    "name", ["Paraíso", "Morales", "Independencia", "Guadalupe", "Benito Juárez", "Para"]
)
def test_places_leave_out_words_and_surnames(name: str) -> None:
    assert all(row["name"] != name for row in read_rows("places.csv"))


def test_given_names_are_unique_and_have_a_gender() -> None:
    rows = read_rows("given_names.csv")
    assert len(rows) >= 900
    assert repeated(row["name"] for row in rows) == []
    assert {row["gender"] for row in rows} == {"m", "f", "both"}
    assert all(row["name"][0].isupper() for row in rows)


def test_offices_have_four_forms_and_one_class_each() -> None:
    data = read_yaml("offices.yaml")
    assert set(data) == {"classes", "prefixes", "ambiguous", "treatments"}
    assert repeated(entry["name"] for entry in data["classes"]) == []
    forms = []
    for entry in data["classes"]:
        assert set(entry) == {"name", "rank", "forms"}
        assert isinstance(entry["rank"], int)
        for form in entry["forms"]:
            assert set(form) == {"m", "f", "mp", "fp"}
            assert all(isinstance(text, str) and text == text.strip() for text in form.values())
            forms.append(f"{form['m']}|{form['f']}")
    assert repeated(forms) == []
    assert repeated(data["treatments"]) == []


def test_office_surfaces_belong_to_one_class() -> None:
    owners: dict[str, set[str]] = {}
    for entry in read_yaml("offices.yaml")["classes"]:
        for form in entry["forms"]:
            for text in form.values():
                owners.setdefault(text, set()).add(entry["name"])
    assert {text: names for text, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("presidenta", "head_of_state"),
        ("primera ministra", "head_of_government"),
        ("jefe del Gobierno", "head_of_government"),
        ("titular de Exteriores", "foreign_minister"),
        ("vocera", "spokesperson"),
        ("jueza", "justice"),
        ("alcaldesas", "mayor"),
        ("viuda", "family"),
    ],
)
def test_offices_know_the_usual_forms(form: str, name: str) -> None:
    classes = read_yaml("offices.yaml")["classes"]
    assert [entry["name"] for entry in classes if any(form in f.values() for f in entry["forms"])] == [name]


def test_organizations_are_unique_with_names_and_codes() -> None:
    data = read_yaml("organizations.yaml")
    assert set(data) == {"heads", "acronyms", "seats"}
    assert repeated(word for item in data["heads"] for word in split(item)) == []
    for section, key in (("acronyms", "acronym"), ("seats", "seat")):
        assert repeated(word for item in data[section] for word in split(item[key])) == []
        for item in data[section]:
            assert re.fullmatch("[A-Z]{2}|", item.get("country") or ""), item
    assert all(item["name"] for item in data["acronyms"])


def test_groups_are_words_without_duplicates() -> None:
    data = read_yaml("groups.yaml")
    assert data["kind"] == "group"
    for section in ("nouns", "documents"):
        assert all(isinstance(item, str) for item in data[section])
        assert repeated(word for item in data[section] for word in split(item)) == []


def test_media_are_words_without_duplicates() -> None:
    data = read_yaml("media.yaml")
    assert set(data) == {"agencies", "outlets", "after_noun", "nouns", "phrases", "name_heads"}
    for items in data.values():
        assert all(isinstance(item, str) for item in items)
        assert repeated(word for item in items for word in split(item)) == []
    names = [
        word for key in ("agencies", "outlets", "after_noun") for item in data[key] for word in split(item)
    ]
    assert repeated(names) == []
    assert len(data["outlets"]) >= 250


def test_sources_name_every_data_file() -> None:
    text = (LANGUAGE / "SOURCES.md").read_text(encoding="utf-8")
    for name in ("countries", "places", "given_names", "offices", "organizations", "groups", "media"):
        assert f"`{name}." in text
    assert "CC BY 4.0" in text and "GeoNames" in text
