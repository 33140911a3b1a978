"""What is deployed is valid and speaks of settings, metrics and topics that there are.

No engine and no cluster is needed: each file is read by the tool that would read it, where that is
installed, and compared with the code in any case.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.kubernetes.topics import FOLDER, render
from streams import metrics
from streams.cli import build_app
from streams.settings import Settings
from tests.contract.test_commands import COMMANDS

_METRIC = re.compile(r"\bteletipo_[a-z_]+\b")
_TOOL_SECONDS = 120


def run_tool(*arguments: str | Path, cwd: Path) -> str:
    """Run an outside tool; skip where it is not installed."""
    program = shutil.which(str(arguments[0]))
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
    assert ours.keys() == {"topics", "worker", "dashboard"}
    for service in ours.values():
        words = tuple(word for word in service["command"] if not word.startswith("-"))
        assert words in COMMANDS
        check_settings(service["environment"])


def check_settings(environment: dict[str, Any]) -> None:
    """Every TELETIPO_* variable is a setting with a value that it takes."""
    ours = {
        n.removeprefix("TELETIPO_").lower(): v for n, v in environment.items() if n.startswith("TELETIPO_")
    }
    login = {"sasl_username": "u", "sasl_password": "p"} if "security_protocol" in ours else {}
    Settings.model_validate(login | ours)


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
        for document in [*documents(overlay.parents[1] / "base"), *documents(overlay)]:
            if document["kind"] == "ConfigMap":
                data |= document["data"]
        check_settings(data)


def test_no_more_workers_than_partitions() -> None:
    for overlay in FOLDER.iterdir():
        found = [*documents(overlay.parents[1] / "base"), *documents(overlay)]
        most = [d["spec"]["maxReplicaCount"] for d in found if "maxReplicaCount" in d.get("spec", {})][-1]
        (partitions,) = {d["spec"]["partitions"] for d in found if d["kind"] == "KafkaTopic"}
        assert most <= partitions


@pytest.mark.parametrize("overlay", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_overlays_build_and_fit_the_api(overlay: Path, tmp_path: Path) -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    tool = ("kustomize", "build") if shutil.which("kustomize") else ("kubectl", "kustomize")
    built = list(yaml.safe_load_all(run_tool(*tool, overlay, cwd=overlay)))
    for document in built:
        try:
            validate.validate(document, "1.31", strict=True)
        except validate.SchemaNotFoundError:  # KEDA's, Strimzi's and the Prometheus operator's own kinds
            assert "." in document["apiVersion"].split("/")[0]
    for document in built:
        if document["kind"] == "Deployment":
            pod = document["spec"]["template"]["spec"]
            assert pod["securityContext"]["runAsNonRoot"] is True
            assert all(c["image"] != "teletipo" or overlay.name == "development" for c in pod["containers"])


@pytest.mark.parametrize("unit", ["teletipo-worker", "teletipo-dashboard"])
def test_systemd_units_run_commands_that_there_are(root: Path, unit: str) -> None:
    text = (root / "deploy" / "systemd" / f"{unit}.service").read_text("utf-8")
    words = re.findall(r"^ExecStart=\S+/teletipo (.*)$", text, re.MULTILINE)
    assert [tuple(line.split()) for line in words] == [(unit.removeprefix("teletipo-"),)]
    settings = dict(pair.split("=", 1) for pair in re.findall(r"TELETIPO_\w+=\S+", text))
    check_settings(settings)
