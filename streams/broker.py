"""A single-node Kafka for development: start, stop, status. No Docker and no Java to install by hand."""

import base64
import json
import os
import random
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from streams.broker_files import (
    KAFKA_VERSION,
    BrokerError,
    ensure_jars,
    find_java,
    server_properties,
)

START_TIMEOUT_SECONDS: Final = 120.0  # it takes 5 on a free machine and has taken 40 on a loaded one
STOP_TIMEOUT_SECONDS: Final = 30.0
_STATE_FILE: Final = "broker.json"
_PORTS: Final = range(15_000, 30_000)
"""Below what systems give out by themselves: Linux begins at 32,768, macOS and Windows at 49,152."""
_JVM_OPTIONS: Final = (
    # Measured with 4.3.1: 310 MB resident idle; 8 MiB records need room above 256 MB of heap.
    "-Xms64m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # starts faster; a development broker is no benchmark
    "-Dlog4j2.level=WARN",
)


@dataclass(frozen=True)
class BrokerStatus:
    """Whether the broker of a data folder runs, and where."""

    running: bool
    port: int | None = None
    pid: int | None = None
    data_dir: str = ""
    version: str = KAFKA_VERSION
    java: str | None = None
    container: str | None = None


class Broker:
    """The development broker of one data folder."""

    def __init__(
        self,
        data_dir: Path,
        *,
        jars_dir: Path,
        max_record_bytes: int = 8 * 1024 * 1024,
        properties: Mapping[str, object] | None = None,
        format_options: Sequence[str] = (),
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Describe a broker; nothing is made or started yet.

        Args:
            data_dir: Where its data, settings and log are.
            jars_dir: Where Kafka's jars are kept, of any version.
            max_record_bytes: The largest record that it takes.
            properties: More of Kafka's own settings; see `server_properties`.
            format_options: Options of Kafka's StorageTool for the first start, such as users.
            say: Told of what takes long.
        """
        self.data_dir = data_dir
        self._properties = dict(properties or {})
        self._format_options = format_options
        self._jars_dir = jars_dir
        self._max_record_bytes = max_record_bytes
        self._say = say

    def status(self) -> BrokerStatus:
        """Tell whether the broker runs; a process that only got the same pid does not count."""
        state = self._state()
        if state is None or not _is_our_process(state.pid, self.data_dir):
            return BrokerStatus(running=False, data_dir=str(self.data_dir))
        return state

    def start(self, port: int) -> BrokerStatus:
        """Start the broker and wait until it answers; one that runs already is left alone.

        Raises:
            BrokerError: It cannot start; the detail says why.
        """
        running = self.status()
        if running.running:
            return running
        if _port_is_open(port):
            raise BrokerError(f"port {port} is taken by another program; give another one with --port")
        java = find_java()
        jars = ensure_jars(self._jars_dir, say=self._say)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        config = self.data_dir / "server.properties"
        config.write_text(
            server_properties(
                port=port,
                controller_port=free_port(),
                data_dir=self.data_dir,
                max_record_bytes=self._max_record_bytes,
                others=self._properties,
            ),
            "utf-8",
        )
        command = [str(java), *_JVM_OPTIONS, "-cp", str(jars / "*")]
        self._format(command, config)
        process = self._launch(command, config)
        state = BrokerStatus(True, port, process.pid, str(self.data_dir), java=str(java))
        self._state_path.write_text(json.dumps(asdict(state)), "utf-8")
        try:
            self._wait_until_ready(process, port)
        except BaseException:
            process.kill()
            self._state_path.unlink(missing_ok=True)
            raise
        return state

    def stop(self) -> bool:
        """Stop the broker cleanly; False when it does not run.

        Raises:
            BrokerError: It is still there after half a minute.
        """
        state = self.status()
        if not state.running or state.pid is None:
            return False
        os.kill(state.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT_SECONDS
        while _is_our_process(state.pid, self.data_dir):
            if time.monotonic() > deadline:
                raise BrokerError(f"the broker (pid {state.pid}) does not stop; see {self.log_path}")
            time.sleep(0.1)
        self._state_path.unlink(missing_ok=True)
        return True

    @property
    def log_path(self) -> Path:
        """What the broker writes when something is wrong."""
        return self.data_dir / "broker.log"

    @property
    def _state_path(self) -> Path:
        return self.data_dir / _STATE_FILE

    def _state(self) -> BrokerStatus | None:
        try:
            return BrokerStatus(**json.loads(self._state_path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _format(self, command: list[str], config: Path) -> None:
        if (self.data_dir / "log" / "meta.properties").exists():
            return
        cluster = _cluster_id(uuid.uuid4().bytes)
        formatted = subprocess.run(
            [
                *command,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                cluster,
                "-c",
                str(config),
                *self._format_options,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if formatted.returncode:
            reason = _reason(formatted.stderr or formatted.stdout)
            raise BrokerError(f"Kafka cannot format {self.data_dir}: {reason}")

    def _launch(self, command: list[str], config: Path) -> subprocess.Popen[bytes]:
        with self.log_path.open("wb") as log:
            return subprocess.Popen(
                [*command, f"-Dteletipo.data={self.data_dir}", "kafka.Kafka", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Its own session: Ctrl-C in the terminal that started it is not meant for it.
                start_new_session=True,
            )

    def _wait_until_ready(self, process: subprocess.Popen[bytes], port: int) -> None:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while not (_port_is_open(port) and port_answers(port)):
            if process.poll() is not None:
                reason = _reason(self.log_path.read_text("utf-8", "replace"))
                raise BrokerError(f"Kafka ended at once: {reason} ({self.log_path})")
            if time.monotonic() > deadline:
                raise BrokerError(
                    f"Kafka is not ready after {START_TIMEOUT_SECONDS:.0f} s; see {self.log_path}"
                )
            time.sleep(0.1)


def _cluster_id(chance: bytes) -> str:
    """Write 16 bytes as Kafka does; a dash at the front would be taken for an option."""
    return "A" + base64.urlsafe_b64encode(chance).decode().rstrip("=")[1:]


def free_port() -> int:
    """Give a port of this machine that is free now, and that is likely to stay so for a while.

    Ports that the system gives out (to whoever binds 0, and to every outgoing connection) are taken
    again by others in the seconds until a broker binds its own; so it is one below all of those.
    """
    for port in random.sample(_PORTS, k=200):
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise BrokerError(f"no port is free among {_PORTS.start} to {_PORTS.stop - 1}")


def _port_is_open(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def port_answers(port: int) -> bool:
    """Ask for the topics: the port is open some time before the broker can serve."""
    from kafka import KafkaAdminClient
    from kafka.errors import KafkaError

    try:
        admin = KafkaAdminClient(
            bootstrap_servers=f"127.0.0.1:{port}", bootstrap_timeout_ms=3000, request_timeout_ms=3000
        )
    except KafkaError:
        return False
    try:
        admin.list_topics()
    except KafkaError:
        return False
    finally:
        with suppress(KafkaError):
            admin.close()
    return True


def _is_our_process(pid: int | None, data_dir: Path) -> bool:
    """Look whether `pid` lives and is the broker of this folder, and no program that got its number."""
    if pid is None:
        return False
    with suppress(ChildProcessError, OSError):
        os.waitpid(pid, os.WNOHANG)  # reap it where we are the parent, else it stays a zombie
    asked = subprocess.run(
        ["ps", "-ww", "-p", str(pid), "-o", "args="], capture_output=True, text=True, check=False
    )
    return f"-Dteletipo.data={data_dir}" in asked.stdout


def _reason(log: str) -> str:
    """Give the last line of a log that is no stack frame."""
    lines = [line.strip() for line in log.splitlines() if line.strip() and not line.startswith("\t")]
    return lines[-1] if lines else "it wrote no log"
