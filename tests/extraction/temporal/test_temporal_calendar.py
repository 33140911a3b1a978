"""The calendar file is checked when it is loaded, and an error says where to look."""

from pathlib import Path

import pytest
import yaml

from schemas.errors import ConfigurationError
from streams.extraction.temporal import Calendar, load_calendar

SPANISH = Path(__file__).parents[3] / "streams" / "extraction" / "lang" / "es" / "calendar.yaml"


def _write(folder: Path, **changes: object) -> Path:
    data = yaml.safe_load(SPANISH.read_text(encoding="utf-8"))
    data.update(changes)
    (folder / "calendar.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def test_calendar_has_seven_days_and_twelve_months(calendar: Calendar) -> None:
    assert set(calendar.weekdays.values()) == set(range(7))
    assert set(calendar.months.values()) == set(range(1, 13))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"calendar\.yaml: cannot be read"):
        load_calendar(tmp_path)


@pytest.mark.parametrize("content", ["a: [", "- lunes"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "calendar.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"calendar\.yaml"):
        load_calendar(tmp_path)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"months": {"enero": 13}}, r"entry 'months', key 'enero'"),
        ({"rolling": ["Último"]}, r"entry 'rolling', key '0'"),
        ({"rolling": []}, r"entry 'rolling'"),
        ({"moons": ["llena"]}, r"entry 'moons'"),
        ({"directions": {"pasado": "backwards"}}, r"entry 'directions', key 'pasado'"),
    ],
)
def test_error_names_file_entry_and_key(tmp_path: Path, changes: dict[str, object], place: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"calendar\.yaml: .*{place}"):
        load_calendar(_write(tmp_path, **changes))


def test_absent_entry_is_named(tmp_path: Path) -> None:
    data = yaml.safe_load(SPANISH.read_text(encoding="utf-8"))
    del data["seasons"]
    (tmp_path / "calendar.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="entry 'seasons'"):
        load_calendar(tmp_path)
