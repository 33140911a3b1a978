"""What is deployed is valid and speaks of settings, metrics and topics that there are.

No engine and no cluster is needed: each file is read by the tool that would read it, where that is
installed, and compared with the code in any case.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.kubernetes.topics import FOLDER, render
from streams import metrics
from streams.cli import build_app
from streams.settings import CONFIG_VARIABLE, Settings, load_settings
from tests.contract.test_commands import COMMANDS

BASE = FOLDER.parent / "base"
_METRIC = re.compile(r"\bteletipo_[a-z_]+\b")
_TOOL_SECONDS = 120


def find_tool(name: str) -> str | None:
    """Find a program beside Python first: an environment need not be on the PATH, nor activated."""
    beside = str(Path(sys.executable).parent)
    return shutil.which(name, path=os.pathsep.join((beside, os.environ.get("PATH", ""))))


def run_tool(*arguments: str | Path, cwd: Path) -> str:
    """Run an outside tool; skip where it is not installed."""
    program = find_tool(str(arguments[0]))
    if program is None:
        pytest.skip(f"{arguments[0]} is not installed")
    done = subprocess.run(
        [program, *map(str, arguments[1:])],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=_TOOL_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def known_metrics(root: Path) -> set[str]:
    """Names that a worker or a dashboard serves, with the suffixes that Prometheus gives them."""
    found = set()
    for family in metrics.REGISTRY.collect():
        found |= {family.name, *(f"{family.name}{end}" for end in ("_total", "_bucket", "_sum", "_count"))}
    source = (root / "streams" / "dashboard" / "metrics.py").read_text("utf-8")
    found |= set(_METRIC.findall(source))
    return found | {f"teletipo_dashboard_{name}" for name in re.findall(r'gauge\(\s*"(\w+)"', source)}


def test_compose_is_valid(root: Path) -> None:
    run_tool("docker-compose", "-f", "docker-compose.yml", "config", "--quiet", cwd=root)


def test_compose_sets_settings_that_there_are_and_runs_commands_that_there_are(root: Path) -> None:
    services = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))["services"]
    ours = {name: service for name, service in services.items() if service.get("image") == "teletipo"}
    assert ours.keys() == {"topics", "worker", "ingest", "dashboard"}
    for service in ours.values():
        check_command(service["command"])
        check_settings(service["environment"])


def check_command(words: list[str]) -> None:
    """The longest beginning that is a command is one of ours, and takes the options behind it."""
    path = next(p for n in range(len(words), 0, -1) if (p := tuple(words[:n])) in COMMANDS)
    known = {option for parameter in COMMANDS[path].params for option in parameter.opts}
    assert {word for word in words[len(path) :] if word.startswith("-")} <= known


def check_settings(environment: dict[str, Any]) -> None:
    """Every TELETIPO_* variable is a setting with a value that it takes."""
    ours = {
        n.removeprefix("TELETIPO_").lower(): v
        for n, v in environment.items()
        if n.startswith("TELETIPO_") and n != CONFIG_VARIABLE
    }
    login = {"sasl_username": "u", "sasl_password": "p"} if "security_protocol" in ours else {}
    Settings.model_validate(login | ours)


def test_compose_keeps_what_must_outlast_a_restart(root: Path) -> None:
    compose = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))
    (data_dir,) = re.findall(r"TELETIPO_DATA_DIR=(\S+)", (root / "deploy" / "Dockerfile").read_text("utf-8"))
    for name in ("worker", "ingest", "dashboard"):
        kept = dict(volume.split(":", 2)[1::-1] for volume in compose["services"][name]["volumes"])
        assert kept[data_dir] in compose["volumes"], name


def test_the_folder_of_deliveries_is_one_that_the_image_may_write_to(root: Path) -> None:
    service = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))["services"]["ingest"]
    folder = service["command"][service["command"].index("--watch") + 1]
    assert any(volume.endswith(f":{folder}") for volume in service["volumes"])
    assert f"--owner=teletipo {folder}" in (root / "deploy" / "Dockerfile").read_text("utf-8")


@pytest.mark.parametrize("name", ["teletipo.toml", "kubernetes/base/teletipo.toml"])
def test_lists_of_feeds_are_read_as_they_come_and_as_they_are_meant(
    root: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (root / "deploy" / name).read_text("utf-8")
    assert text == (root / "deploy" / "teletipo.toml").read_text("utf-8")
    file = tmp_path / "teletipo.toml"
    monkeypatch.setenv("TELETIPO_CONFIG", str(file))
    file.write_text(text, "utf-8")
    assert load_settings().feeds == (), "nobody else's server is asked before somebody says so"
    file.write_text(re.sub(r"^# (?=\S+ =|\[\[)", "", text, flags=re.MULTILINE), "utf-8")
    assert [feed.every for feed in load_settings().feeds] == [None, 600.0]


def test_nothing_runs_as_root(root: Path) -> None:
    services = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))["services"]
    assert all("user" in service for service in services.values() if service.get("image") != "teletipo")
    users = re.findall(r"^USER (\S+)", (root / "deploy" / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert users and users[-1] not in ("root", "0")


def test_the_dockerfile_pleases_its_linter(root: Path) -> None:
    run_tool("hadolint", "deploy/Dockerfile", cwd=root)


def test_the_image_starts_what_the_package_installs(root: Path) -> None:
    dockerfile = (root / "deploy" / "Dockerfile").read_text("utf-8")
    entry = json.loads(re.findall(r"^ENTRYPOINT (.*)$", dockerfile, re.MULTILINE)[-1])
    command = json.loads(re.findall(r"^CMD (.*)$", dockerfile, re.MULTILINE)[-1])
    assert entry == ["teletipo"] and build_app().info.name == "teletipo"
    assert tuple(command) in COMMANDS


def test_locked_requirements_cover_what_the_package_needs(root: Path) -> None:
    locked = (root / "deploy" / "requirements.txt").read_text("utf-8")
    assert "://" not in locked and "--" not in re.sub(r"^#.*$", "", locked, flags=re.MULTILINE)
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", locked, re.MULTILINE))
    project = (root / "pyproject.toml").read_text("utf-8")
    needed = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert needed is not None
    names = {name.lower() for name in re.findall(r'"([A-Za-z0-9._-]+?)[><=~\[!]', needed[1])}
    assert names <= pinned, "run: make requirements"


def test_prometheus_reads_its_files(root: Path) -> None:
    run_tool("promtool", "check", "config", "deploy/prometheus/prometheus.yml", cwd=root)


def test_alerts_and_panels_look_at_metrics_that_there_are(root: Path) -> None:
    known = known_metrics(root)
    for name in ("prometheus/alerts.yml", "grafana/dashboards/teletipo.json"):
        used = set(_METRIC.findall((root / "deploy" / name).read_text("utf-8")))
        assert used and used <= known, used - known


def test_every_alert_tells_what_to_do(root: Path) -> None:
    rules = yaml.safe_load((root / "deploy" / "prometheus" / "alerts.yml").read_text("utf-8"))
    names = [rule["alert"] for group in rules["groups"] for rule in group["rules"]]
    guide = (root / "deploy" / "README.md").read_text("utf-8")
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_grafana_shows_each_panel_once_and_none_over_another(root: Path) -> None:
    board = json.loads((root / "deploy" / "grafana" / "dashboards" / "teletipo.json").read_text("utf-8"))
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    cells = [
        (x, y)
        for panel in board["panels"]
        for at in [panel["gridPos"]]
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(cells) == len(set(cells)) and max(x for x, _ in cells) < 24


@pytest.mark.parametrize("overlay", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_topics_of_kubernetes_are_ours(overlay: Path) -> None:
    assert (overlay / "topics.yaml").read_text("utf-8") == render(overlay), "run deploy/kubernetes/topics.py"


def documents(folder: Path) -> list[dict[str, Any]]:
    """Every document of a folder of YAML files."""
    return [
        document
        for path in sorted(folder.rglob("*.yaml"))
        for document in yaml.safe_load_all(path.read_text("utf-8"))
    ]


def test_kubernetes_sets_settings_that_there_are() -> None:
    for overlay in FOLDER.iterdir():
        data: dict[str, str] = {}
        for document in [*documents(BASE), *documents(overlay)]:
            if document["kind"] == "ConfigMap":
                data |= document["data"]
        check_settings(data)


def test_kubernetes_runs_commands_that_there_are() -> None:
    pods = [d["spec"]["template"]["spec"] for d in documents(BASE) if d["kind"] == "Deployment"]
    for pod in pods:
        (container,) = pod["containers"]
        check_command(container["args"])
        check_settings({v["name"]: v["value"] for v in container["env"]} if "env" in container else {})


def test_kubernetes_guards_every_pod_and_logs_each_in_as_itself() -> None:
    found = documents(BASE)
    names = {d["metadata"]["name"] for d in found if d["kind"] == "Deployment"}
    assert names == {"teletipo-worker", "teletipo-ingest", "teletipo-dashboard"}
    guard = next(
        d["spec"] for d in found if d["kind"] == "NetworkPolicy" and d["metadata"]["name"] == "teletipo"
    )
    (chosen,) = guard["podSelector"]["matchExpressions"]
    assert (chosen["key"], set(chosen["values"])) == ("app.kubernetes.io/name", names)
    assert set(guard["policyTypes"]) == {"Ingress", "Egress"} and guard["ingress"] == []
    production = documents(FOLDER / "production")
    assert names <= {d["metadata"]["name"] for d in production if d["kind"] == "KafkaUser"}
    for login in (d for d in production if d["kind"] == "Deployment"):
        (container,) = login["spec"]["template"]["spec"]["containers"]
        user = {v["name"]: v for v in container["env"]}
        assert user["TELETIPO_SASL_USERNAME"]["value"] == login["metadata"]["name"]
        secret = user["TELETIPO_SASL_PASSWORD"]["valueFrom"]["secretKeyRef"]["name"]
        assert secret == login["metadata"]["name"]
    assert names == {d["metadata"]["name"] for d in production if d["kind"] == "Deployment"}


def test_ingest_reaches_the_web_and_nothing_private() -> None:
    (policy,) = [
        d["spec"]
        for d in documents(BASE)
        if d["kind"] == "NetworkPolicy" and d["metadata"]["name"] == "teletipo-ingest"
    ]
    blocks = [to["ipBlock"] for rule in policy["egress"] for to in rule["to"] if "ipBlock" in to]
    assert "ingress" not in policy
    for address in ("93.184.215.14", "2606:2800:21f:cb07::1"):
        assert any(allows(block, address) for block in blocks)
    for address in ("10.0.0.1", "169.254.169.254", "192.168.1.1", "172.20.0.1", "fd00::1", "fe80::1"):
        assert not any(allows(block, address) for block in blocks)


def allows(block: dict[str, Any], address: str) -> bool:
    """Whether a block of a NetworkPolicy lets traffic to an address through."""
    at = ip_address(address)
    inside = at in ip_network(block["cidr"])
    return inside and not any(at in ip_network(but) for but in block.get("except", ()))


def test_no_more_workers_than_partitions() -> None:
    for overlay in FOLDER.iterdir():
        found = [*documents(BASE), *documents(overlay)]
        most = [d["spec"]["maxReplicaCount"] for d in found if "maxReplicaCount" in d.get("spec", {})][-1]
        (partitions,) = {d["spec"]["partitions"] for d in found if d["kind"] == "KafkaTopic"}
        assert most <= partitions


@pytest.mark.parametrize("overlay", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_overlays_build_and_fit_the_api(overlay: Path, tmp_path: Path) -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    built = list(yaml.safe_load_all(run_tool("kubectl", "kustomize", overlay, cwd=overlay)))
    for document in built:
        try:
            validate.validate(document, "1.31", strict=True)
        except validate.SchemaNotFoundError:  # KEDA's, Strimzi's and the Prometheus operator's own kinds
            assert "." in document["apiVersion"].split("/")[0]
    claims = {d["metadata"]["name"] for d in built if d["kind"] == "PersistentVolumeClaim"}
    maps = {d["metadata"]["name"] for d in built if d["kind"] == "ConfigMap"}
    for document in built:
        if document["kind"] == "Deployment":
            pod = document["spec"]["template"]["spec"]
            assert pod["securityContext"]["runAsNonRoot"] is True
            assert all(c["image"] != "teletipo" or overlay.name == "development" for c in pod["containers"])
            for volume in pod["volumes"]:
                assert volume.get("persistentVolumeClaim", {}).get("claimName") in {None, *claims}
                assert volume.get("configMap", {}).get("name") in {None, *maps}


@pytest.mark.parametrize("unit", ["teletipo-worker", "teletipo-ingest", "teletipo-dashboard"])
def test_systemd_units_run_commands_that_there_are(root: Path, unit: str) -> None:
    text = (root / "deploy" / "systemd" / f"{unit}.service").read_text("utf-8")
    (line,) = re.findall(r"^ExecStart=\S+/teletipo (.*)$", text, re.MULTILINE)
    assert line.split()[0] == unit.removeprefix("teletipo-")
    check_command(line.split())
    check_settings(dict(pair.split("=", 1) for pair in re.findall(r"TELETIPO_\w+=\S+", text)))
