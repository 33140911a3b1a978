"""The development broker in a container engine, for those who prefer it to a process of their own."""

import json
import shutil
import subprocess
import time
from typing import Final

from streams.broker import START_TIMEOUT_SECONDS, BrokerStatus, port_answers
from streams.broker_files import KAFKA_VERSION, BrokerError

CONTAINER: Final = "teletipo-broker"
_IMAGE: Final = f"apache/kafka:{KAFKA_VERSION}"


def start_container(port: int, *, max_record_bytes: int) -> BrokerStatus:
    """Start Kafka in a container on a port of this machine; one that runs already is left alone.

    Raises:
        BrokerError: There is no engine, or it refuses; the detail has its words.
    """
    running = container_status()
    if running.running:
        return running
    _engine("rm", "--force", CONTAINER)
    environment = {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
        "KAFKA_MESSAGE_MAX_BYTES": str(max_record_bytes),
    }
    options = [part for name, value in environment.items() for part in ("-e", f"{name}={value}")]
    started = _engine(
        "run", "--detach", "--name", CONTAINER, "--publish", f"127.0.0.1:{port}:9092", *options, _IMAGE
    )
    if started.returncode:
        raise BrokerError(f"the container engine says: {started.stderr.strip()}")
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while not port_answers(port):
        if time.monotonic() > deadline:
            raise BrokerError(f"Kafka is not ready; see `docker logs {CONTAINER}`")
        time.sleep(0.2)
    return container_status()


def stop_container() -> bool:
    """Stop and remove the container; False when there is none."""
    was_running = container_status().running
    _engine("rm", "--force", CONTAINER)
    return was_running


def container_status() -> BrokerStatus:
    """Tell whether the container runs, and on which port."""
    asked = _engine("inspect", "--format", "{{json .NetworkSettings.Ports}}", CONTAINER)
    if asked.returncode:
        return BrokerStatus(running=False)
    bindings = (json.loads(asked.stdout or "null") or {}).get("9092/tcp") or []
    if not bindings:
        return BrokerStatus(running=False)
    return BrokerStatus(running=True, port=int(bindings[0]["HostPort"]), container=CONTAINER)


def _engine(*arguments: str) -> subprocess.CompletedProcess[str]:
    engine = shutil.which("docker") or shutil.which("podman")
    if engine is None:
        raise BrokerError("--docker needs Docker or Podman, and neither is installed; leave --docker out")
    done = subprocess.run([engine, *arguments], capture_output=True, text=True, check=False)
    if done.returncode and "daemon" in done.stderr:
        raise BrokerError(f"the container engine is not running; leave --docker out ({done.stderr.strip()})")
    return done
