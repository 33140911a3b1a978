"""Every benchmark, one after the other: `python -m benchmarks [NAME …] [--quick]`, or `make bench`.

Each runs in a process of its own, prints its tables, and gives ratios by short names; those of all of them go
to `benchmarks/results.json`, a flat object. A part that is run alone replaces its own ratios there only.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console

PARTS: Final = ("extraction", "stream", "scaling", "latency", "start", "memory", "replay", "dashboard")
"""Modules of this package with a `run(console, quick) -> dict[str, float]`."""
RESULTS: Final = Path(__file__).with_name("results.json")


def main() -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"which of {', '.join(PARTS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="small numbers, to try that it runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if arguments.child:
        return _run(arguments.parts[0], arguments.quick, arguments.child)
    failed = []
    for name in arguments.parts or PARTS:
        if (ratios := _measure(name, arguments.quick)) is None:
            failed.append(name)
            continue
        _keep(arguments.results, ratios)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _measure(name: str, quick: bool) -> dict[str, float] | None:
    """Run one part in a process of its own; None if it failed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ratios.json"
        command = [sys.executable, "-m", "benchmarks", name, "--child", str(file)]
        if subprocess.run([*command, "--quick"] if quick else command, check=False).returncode:
            return None
        ratios: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
        return ratios


def _run(name: str, quick: bool, file: Path) -> int:
    console = Console()
    try:
        run = importlib.import_module(f"benchmarks.{name}").run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("benchmarks"):
            raise
        console.print(f"{name} is left out: {error.name} is not installed (pip install -e '.[broker,bench]')")
        run = _nothing
    ratios = run(console, quick)
    file.write_text(
        json.dumps({key: float(f"{value:.4g}") for key, value in ratios.items()}), encoding="utf-8"
    )
    return 0


def _nothing(console: Console, quick: bool) -> dict[str, float]:
    return {}


def _keep(path: Path, ratios: dict[str, float]) -> None:
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps(known | ratios, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
