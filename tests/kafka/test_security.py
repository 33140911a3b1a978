"""TLS and logins on a broker that asks for them, with an authority that lives as long as the test."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from typer.testing import CliRunner

from streams.admin import create_topics
from streams.broker import Broker, BrokerStatus, free_port
from streams.cli import build_app
from streams.settings import Settings, default_data_dir
from streams.topics import all_topics, event_type_names
from tests.builders import make_article
from tests.contract.test_commands import COMMANDS
from tests.kafka.world import Kafka, expected_events

pytestmark = pytest.mark.kafka

USER, PASSWORD = "redaccion", "el-secreto-de-la-redaccion"
BROKER_PASSWORD = "otro-secreto"
WITHIN_SECONDS = 10.0


@dataclass(frozen=True)
class Secured:
    """Where the doors of the broker are, and the files that open them."""

    plain_port: int
    sasl_port: int
    tls_port: int
    folder: Path

    def settings(self, protocol: str, **fields: Any) -> dict[str, Any]:
        """Settings that get in by a protocol, some of them replaced."""
        port = self.sasl_port if protocol == "SASL_SSL" else self.tls_port
        given: dict[str, Any] = {
            "bootstrap_servers": f"127.0.0.1:{port}",
            "security_protocol": protocol,
            "tls_ca_file": self.folder / "ca.pem",
        }
        if protocol == "SASL_SSL":
            given |= {"sasl_username": USER, "sasl_password": PASSWORD}
        else:
            given |= {
                "tls_certificate_file": self.folder / "client.pem",
                "tls_key_file": self.folder / "client.key",
            }
        return {name: value for name, value in {**given, **fields}.items() if value is not None}


def _write_certificates(folder: Path) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    stranger.cert_pem.write_to_path(folder / "stranger.pem")
    server, client = authority.issue_cert("127.0.0.1"), authority.issue_cert(f"{USER}@example.org")
    for blob in client.cert_chain_pems:
        blob.write_to_path(folder / "client.pem", append=True)
    client.private_key_pem.write_to_path(folder / "client.key")
    # Kafka wants key and chain in one file, and the key as PKCS#8.
    key = serialization.load_pem_private_key(server.private_key_pem.bytes(), None)
    chain = b"".join(blob.bytes() for blob in server.cert_chain_pems)
    (folder / "server.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + chain
    )


def _properties(secured: Secured) -> dict[str, object]:
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required"
    doors = f"SASL_SSL://127.0.0.1:{secured.sasl_port},SSL://127.0.0.1:{secured.tls_port}"
    return {
        "listeners": doors,
        "advertised.listeners": doors,
        "listener.security.protocol.map": "SASL_SSL:SASL_SSL,SSL:SSL",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
            f'{scram} username="broker" password="{BROKER_PASSWORD}";'
        ),
        "listener.name.ssl.ssl.client.auth": "required",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": (secured.folder / "server.pem").as_posix(),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": (secured.folder / "ca.pem").as_posix(),
    }


@pytest.fixture(scope="module")
def secured(broker: BrokerStatus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """A broker with a door for each protocol."""
    folder = tmp_path_factory.mktemp("secured")
    _write_certificates(folder)
    found = Secured(free_port(), free_port(), free_port(), folder)
    server = Broker(
        folder / "broker",
        jars_dir=default_data_dir() / "jars",
        properties=_properties(found),
        format_options=("--add-scram", f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"),
    )
    server.start(found.plain_port)
    yield found
    server.stop()


def _world(fields: dict[str, Any], folder: Path, prefix: str) -> Kafka:
    settings = Settings(
        **fields,
        topic_prefix=prefix,
        partitions=2,
        extractor="tests.fakes:load_extractor",
        worker_processes=1,
        web_port=0,
        data_dir=folder,
        log_format="json",
        log_level="DEBUG",
    )
    create_topics(settings, all_topics(settings, event_type_names(settings)))
    return Kafka(settings, folder)


def _enter(fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in fields.items():
        monkeypatch.setenv(f"TELETIPO_{name.upper()}", str(value))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(build_app(), list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize("protocol", ["SASL_SSL", "SSL"])
def test_every_client_gets_in(
    secured: Secured, protocol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """Administration, producer, consumer, receipts and Faust itself: the whole path by each protocol."""
    caplog.set_level(logging.DEBUG)
    kafka = _world(secured.settings(protocol), tmp_path, f"{protocol.lower()}.")
    _enter({**secured.settings(protocol), "topic_prefix": kafka.settings.topic_prefix}, monkeypatch)
    articles = [make_article(f"Ana visitó Roma{n}.", id=f"s-{n}") for n in range(3)]
    file = tmp_path / "news.jsonl"
    file.write_text("".join(article.model_dump_json() + "\n" for article in articles) + "roto\n", "utf-8")
    assert run("ingest", str(file))[0] == 1, "one line is no article"
    kafka.publish(make_article("BUG", id="bug"))
    worker = kafka.run_worker_until_done(**secured.settings(protocol))
    assert kafka.events() == expected_events(articles)
    code, output = run("watch", "--from", "beginning", "--limit", "3")
    assert (code, output.count("visita")) == (0, 3)
    assert json.loads(run("dead-letters", "list", "--json")[1])["error"] == "extraction"
    assert run("dead-letters", "requeue", "--all")[0] == 0
    assert run("replay", "--from", "2020-01-01", "--prefix", f"again-{protocol.lower()}.")[0] == 0
    assert run("topics", "list")[0] == 0
    said = json.dumps(worker.log()) + caplog.text
    assert PASSWORD not in said
    assert "PRIVATE KEY" not in said


WRONG = {
    "wrong password": ("SASL_SSL", {"sasl_password": "no-es-este"}, "login"),
    "unknown user": ("SASL_SSL", {"sasl_username": "nadie"}, "login"),
    "unknown mechanism": ("SASL_SSL", {"sasl_mechanism": "PLAIN"}, "login"),
    "unknown authority": ("SASL_SSL", {"tls_ca_file": "stranger.pem"}, "certificate"),
    "no authority": ("SSL", {"tls_ca_file": None}, "certificate"),
    "no certificate of ours": ("SSL", {"tls_certificate_file": None, "tls_key_file": None}, "certificate"),
    "another name than the certificate's": ("SSL", {"bootstrap_servers": "localhost"}, "certificate"),
    "no such file": ("SSL", {"tls_ca_file": "nada.pem"}, "configuration"),
}


def _wrong(secured: Secured, protocol: str, fields: dict[str, Any]) -> dict[str, Any]:
    chosen = dict(fields)
    if (name := chosen.get("tls_ca_file")) is not None:
        chosen["tls_ca_file"] = secured.folder / name
    if chosen.get("bootstrap_servers") == "localhost":
        chosen["bootstrap_servers"] = f"localhost:{secured.tls_port}"
    return secured.settings(protocol, **chosen)


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_has_a_name(secured: Secured, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol, fields, expected = WRONG[what]
    wrong = _wrong(secured, protocol, fields)
    _enter(wrong, monkeypatch)
    for command in (["topics", "list"], ["watch"]):
        started = time.monotonic()
        code, output = run(*command)
        assert time.monotonic() - started < WITHIN_SECONDS
        assert code == 1
        assert output.startswith(f"teletipo: {expected}: "), output
        assert len(output.strip().splitlines()) == 1
        assert wrong.get("sasl_password", PASSWORD) not in output


@pytest.mark.parametrize(
    ("protocol", "door", "expected"),
    [
        ("PLAINTEXT", "tls_port", "unreachable"),
        ("SSL", "plain_port", "unreachable|configuration|certificate"),
    ],
)
def test_a_door_of_another_protocol_is_told(
    secured: Secured, protocol: str, door: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"bootstrap_servers": f"127.0.0.1:{getattr(secured, door)}"}
    _enter({**fields, "security_protocol": protocol, "tls_ca_file": secured.folder / "ca.pem"}, monkeypatch)
    started = time.monotonic()
    code, output = run("topics", "list")
    assert time.monotonic() - started < WITHIN_SECONDS
    assert code == 1
    assert output.split(": ")[1] in expected.split("|")
    assert "security_protocol" in output


def test_a_worker_that_is_refused_ends_with_the_reason(secured: Secured, tmp_path: Path) -> None:
    kafka = _world(secured.settings("SASL_SSL"), tmp_path, "refused.")
    with kafka.worker(**secured.settings("SASL_SSL", sasl_password="no-es-este")) as worker:
        started = time.monotonic()
        assert worker.process.wait(timeout=60) == 1
        assert time.monotonic() - started < 3 * WITHIN_SECONDS  # Python and its imports count here too
    (line,) = worker.log()
    assert line["event"].startswith("teletipo: login: ")
    assert "no-es-este" not in line["event"]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_never_shows_a_secret(path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELETIPO_SASL_PASSWORD", PASSWORD)
    monkeypatch.setenv("TELETIPO_TLS_KEY_PASSWORD", PASSWORD)
    code, output = run(*path, "--help")
    assert (code, PASSWORD in output) == (0, False)
