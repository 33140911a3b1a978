"""Every setting once: environment `TELETIPO_*`, else `teletipo.toml`, else the default here.

Built once by the command, frozen, and passed down; nothing below reads the environment.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, IPvAnyNetwork, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from schemas.errors import ConfigurationError
from streams.feed_settings import Feed, ZoneName

CONFIG_VARIABLE: Final = "TELETIPO_CONFIG"
CONFIG_FILE: Final = "teletipo.toml"
_MIB: Final = 1024 * 1024

Seconds = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]


def default_data_dir() -> Path:
    """Give the folder for what can be made again (jars, a development broker's data), per platform."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")))
    return base / "teletipo"


class Settings(BaseSettings):
    """Settings of all commands; each is documented in `docs/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="TELETIPO_", frozen=True, extra="forbid")

    # Connection
    bootstrap_servers: str = Field("127.0.0.1:9092", description="Brokers, host:port, comma-separated.")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="How to speak to the broker."
    )
    sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = Field(
        "SCRAM-SHA-512", description="How to log in."
    )
    sasl_username: str | None = Field(None, description="Who logs in.")
    sasl_password: SecretStr | None = Field(None, description="Password; never logged.")
    tls_ca_file: Path | None = Field(None, description="PEM of the authority that signed the brokers.")
    tls_certificate_file: Path | None = Field(None, description="PEM of the client's own certificate.")
    tls_key_file: Path | None = Field(None, description="PEM of the client's own key.")
    tls_key_password: SecretStr | None = Field(None, description="Password of the key; never logged.")
    connect_timeout_seconds: Seconds = Field(8.0, description="A broker not reached by then is away.")
    delivery_timeout_seconds: Seconds = Field(
        60.0, description="A record not acknowledged by then stops the worker, its offset uncommitted."
    )

    # Topics
    topic_prefix: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]*$", max_length=100, description="Put before every topic and group."
    )
    partitions: Count = Field(4, description="Of each topic that `topics create` makes.")
    replication: Count = Field(1, description="Copies of each partition; 3 in production.")
    min_insync_replicas: Count = Field(1, description="Copies that must acknowledge; 2 in production.")
    raw_retention_hours: float = Field(24.0 * 90, description="Age at which articles go; -1: never.")
    dead_letter_retention_hours: float = Field(24.0 * 90, description="Age of dead letters; -1: never.")
    event_retention_hours: float = Field(-1.0, description="Age at which events go; -1: only compaction.")
    max_record_bytes: Annotated[int, Field(ge=_MIB)] = Field(
        8 * _MIB, description="Largest record that raw and dead-letter topics take, whatever it holds."
    )
    max_article_bytes: Annotated[int, Field(ge=1024)] = Field(
        4 * _MIB, description="A larger record is a dead letter unread; 1 MiB of escaped text fits."
    )

    # Extraction
    extractor: str = Field(
        "streams.extraction:load_extractor",
        pattern=r"^[\w.]+:\w+$",
        description="module:function that loads an extractor; another one only for tests.",
    )
    model: str | None = Field(None, description="Name or folder of a Spanish spaCy pipeline; unset: ours.")
    event_types: Annotated[tuple[Path, ...], NoDecode] = Field(
        (), description="YAML files of your own event types, separated like PATH or by commas."
    )
    min_confidence: float = Field(0.0, ge=0.0, le=1.0, description="Events below it are left out.")

    # Worker
    group: str = Field("teletipo-extract", min_length=1, description="Consumer group of the workers.")
    group_instance: str | None = Field(
        None, description="Stable name of this worker: a restart then takes over in about two seconds."
    )
    worker_processes: int = Field(0, ge=0, description="Processes that extract; 0: one a core.")
    in_flight_articles: int = Field(0, ge=0, description="Articles held at once; 0: eight a process.")
    poll_records: Count = Field(64, description="Records fetched at once; bounds the memory.")
    article_timeout_seconds: Seconds = Field(10.0, description="Time that one article may take.")
    article_attempts: Count = Field(3, description="Tries of an article whose process crashes or hangs.")
    load_timeout_seconds: Seconds = Field(180.0, description="Time for loading the model in a process.")
    commit_interval_seconds: Seconds = Field(0.5, description="How often offsets are committed.")
    session_timeout_seconds: Seconds = Field(10.0, description="A silent worker's partitions move on then.")
    drain_timeout_seconds: Seconds = Field(
        8.0, description="Time for finishing what is in flight on SIGTERM; the rest is done again."
    )
    stuck_after_seconds: float = Field(
        0.0, ge=0, description="Work without progress for so long is stuck; 0: all other time-outs together."
    )
    web_host: str = Field("127.0.0.1", description="Where health and metrics are served.")
    web_port: int = Field(6066, ge=0, le=65535, description="Port of health and metrics; 0: none.")

    # Dashboard
    dashboard_host: str = Field("127.0.0.1", description="Where the page is served.")
    dashboard_port: int = Field(8080, ge=0, le=65535, description="Port of the page; 0: any free one.")
    dashboard_file: Path | None = Field(
        None, description="SQLite file of the read model; unset: in `data_dir`, one for each prefix."
    )
    dashboard_retention_days: Annotated[float, Field(gt=0)] = Field(
        90.0, description="Age at which events and articles leave the page."
    )
    dashboard_events: Count = Field(500_000, description="Most events that the page keeps.")

    # Feeds
    feeds: tuple[Feed, ...] = Field((), description="Feeds that `ingest` polls; tables in the file.")
    feed_timezone: ZoneName = Field("UTC", description="Of times in feeds and files that say no zone.")
    private_networks: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = Field(
        (), description="Private networks, comma-separated, that feeds may be on: 10.1.0.0/16."
    )
    user_agent: str = Field("teletipo", min_length=1, description="How requests introduce themselves.")
    fetch_timeout_seconds: Seconds = Field(30.0, description="Time that one request may take in all.")
    fetch_attempts: Count = Field(3, description="Tries of a request that may work later.")
    fetch_pause_seconds: float = Field(0.5, ge=0, description="Between two requests to one host.")
    fetch_per_host: Count = Field(2, description="Requests to one host at a time.")
    max_feed_bytes: Annotated[int, Field(ge=1024)] = Field(
        32 * _MIB, description="A larger feed or file that is no JSON lines is refused."
    )

    # Local
    data_dir: Path = Field(default_factory=default_data_dir, description="Jars, broker data, worker state.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level shown.")
    log_format: Literal["auto", "json", "console"] = Field(
        "auto", description="`auto`: readable on a terminal, else JSON."
    )

    @field_validator("event_types", mode="before")
    @classmethod
    def _split_paths(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(p for part in value.split(",") for p in part.split(os.pathsep) if p)
        return value

    @field_validator("private_networks", mode="before")
    @classmethod
    def _split_networks(cls, value: Any) -> Any:
        return tuple(p.strip() for p in value.split(",") if p.strip()) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _login_is_complete(self) -> Self:
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(
                f"security_protocol {self.security_protocol} needs sasl_username and sasl_password"
            )
        if self.max_article_bytes > self.max_record_bytes:
            raise ValueError("max_article_bytes must not exceed max_record_bytes")
        if self.min_insync_replicas > self.replication:
            raise ValueError("min_insync_replicas must not exceed replication")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: arguments, environment, file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())

    @property
    def processes(self) -> int:
        """Processes that extract, the default resolved."""
        return self.worker_processes or usable_cores()

    @property
    def room(self) -> int:
        """Articles held at once, the default resolved."""
        return self.in_flight_articles or 8 * self.processes

    @property
    def read_model(self) -> Path:
        """File of the dashboard's read model, the default resolved."""
        return self.dashboard_file or self.data_dir / f"{self.topic_prefix}dashboard.sqlite"

    @property
    def stuck_seconds(self) -> float:
        """Seconds without progress that no healthy worker needs, the default resolved."""
        tries = 1 + self.article_attempts  # the first one may be shared with other articles
        longest = tries * self.article_timeout_seconds + self.delivery_timeout_seconds
        return self.stuck_after_seconds or longest + 30.0

    @property
    def group_id(self) -> str:
        """Consumer group, prefixed like the topics, so that prefixes never share offsets."""
        return self.topic_prefix + self.group


def usable_cores() -> int:
    """Count the cores that this process may use, which containers and `taskset` may lower."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows have no affinity
        return os.cpu_count() or 1


def config_file() -> Path | None:
    """Find the settings file: TELETIPO_CONFIG, else `teletipo.toml` in the working directory, else None."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise ConfigurationError(f"{CONFIG_VARIABLE} names {named}, which is no file")
        return path
    path = Path(CONFIG_FILE)
    return path if path.is_file() else None


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; arguments win, and None means not given.

    Raises:
        ConfigurationError: A value is wrong or a key unknown; the detail names each.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise ConfigurationError(_describe(error)) from error
    except SettingsError as error:
        raise ConfigurationError(str(error)) from error
    except ValueError as error:  # tomllib's
        raise ConfigurationError(f"{config_file()}: not TOML: {error}") from error


def _describe(error: ValidationError) -> str:
    """Name every field at fault, its variable and the reason, without the value: it may be a secret."""
    parts = []
    for problem in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in problem["loc"])
        reason = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            reason = "no such setting"
        where = f"{name} (TELETIPO_{name.split('.')[0].upper()}): " if name else ""
        parts.append(f"{where}{reason}")
    return "settings: " + "; ".join(parts)
