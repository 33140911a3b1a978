from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("TELETIPO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_settings_come_from_arguments_then_environment_then_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("teletipo.toml").write_text('topic_prefix = "file."\npartitions = 7\nweb_port = 1\n', "utf-8")
    monkeypatch.setenv("TELETIPO_TOPIC_PREFIX", "env.")
    monkeypatch.setenv("TELETIPO_PARTITIONS", "8")
    settings = load_settings(topic_prefix="argument.")
    assert (settings.topic_prefix, settings.partitions, settings.web_port) == ("argument.", 8, 1)


def test_settings_file_may_lie_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("partitions = 3", "utf-8")
    monkeypatch.setenv("TELETIPO_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings().partitions == 3
    monkeypatch.setenv("TELETIPO_CONFIG", "missing.toml")
    with pytest.raises(ConfigurationError, match=r"missing\.toml"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("PARTITIONS", "many", "partitions"),
        ("TOPIC_PREFIX", "a b", "topic_prefix"),
        ("MIN_CONFIDENCE", "2", "min_confidence"),
        ("SECURITY_PROTOCOL", "SASL_SSL", "sasl_username"),
        ("MAX_ARTICLE_BYTES", "99999999", "max_article_bytes"),
    ],
)
def test_settings_errors_name_the_field(
    name: str, value: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"TELETIPO_{name}", value)
    with pytest.raises(ConfigurationError, match=named):
        load_settings()


def test_settings_refuse_unknown_keys_and_broken_files() -> None:
    Path("teletipo.toml").write_text("partitoins = 3", "utf-8")
    with pytest.raises(ConfigurationError, match="partitoins"):
        load_settings()
    Path("teletipo.toml").write_text("partitions =", "utf-8")
    with pytest.raises(ConfigurationError, match="not TOML"):
        load_settings()


def test_settings_never_show_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELETIPO_SASL_PASSWORD", "hunter2")
    assert "hunter2" not in repr(load_settings())
    monkeypatch.setenv("TELETIPO_PARTITIONS", "hunter3")
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert "hunter" not in caught.value.detail


def test_settings_take_event_type_files_as_a_path_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELETIPO_EVENT_TYPES", "a.yaml,b.yaml")
    assert load_settings().event_types == (Path("a.yaml"), Path("b.yaml"))


def test_settings_defaults_depend_on_one_another() -> None:
    settings = Settings(worker_processes=3, topic_prefix="x.")
    assert (settings.room, settings.group_id) == (24, "x.teletipo-extract")


def test_every_setting_has_a_sentence() -> None:
    assert all(field.description for field in Settings.model_fields.values())
