"""`teletipo broker`: a real Kafka for development, with nothing to install by hand."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli._shared import note, print_json, settings_with

if TYPE_CHECKING:
    from streams.broker import Broker, BrokerStatus

_DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of its data; default: in the cache folder.")
]
_Docker = Annotated[bool, typer.Option("--docker", help="Use Docker or Podman instead of a process.")]
_Json = Annotated[bool, typer.Option("--json", help="Print the state as JSON.")]

broker = typer.Typer(
    help="Start, stop and look at a single-node Kafka for development.", no_args_is_help=True
)


@broker.command()
def start(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 9092,
    data_dir: _DataDir = None,
    docker: _Docker = False,
    json: _Json = False,
) -> None:
    """Start the broker and wait until it is ready; one that runs already is left alone.

    Example: teletipo broker start --port 9092
    """
    settings = settings_with()
    if docker:
        from streams.broker_docker import start_container

        state = start_container(port, max_record_bytes=settings.max_record_bytes)
    else:
        found = _broker(data_dir).status()
        if found.running and not json:
            note("The broker runs already.")
        state = _broker(data_dir).start(port)
    _show(state, json=json)


@broker.command()
def stop(data_dir: _DataDir = None, docker: _Docker = False) -> None:
    """Stop the broker cleanly; its data stays.

    Example: teletipo broker stop
    """
    if docker:
        from streams.broker_docker import stop_container

        stopped = stop_container()
    else:
        stopped = _broker(data_dir).stop()
    note("The broker is stopped." if stopped else "The broker was not running.")


@broker.command()
def status(data_dir: _DataDir = None, docker: _Docker = False, json: _Json = False) -> None:
    """Tell whether the broker runs; exit code 1 when it does not.

    Example: teletipo broker status --json
    """
    if docker:
        from streams.broker_docker import container_status

        state = container_status()
    else:
        state = _broker(data_dir).status()
    _show(state, json=json)
    if not state.running:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(broker, name="broker")


def _broker(data_dir: Path | None) -> "Broker":
    from streams.broker import Broker

    settings = settings_with()
    return Broker(
        (data_dir or settings.data_dir / "broker").resolve(),
        jars_dir=settings.data_dir / "jars",
        max_record_bytes=settings.max_record_bytes,
        say=note,
    )


def _show(state: "BrokerStatus", *, json: bool) -> None:
    if json:
        print_json(asdict(state))
    elif state.running:
        where = f"pid {state.pid}, data in {state.data_dir}" if state.pid else f"container {state.container}"
        typer.echo(f"Kafka {state.version} on 127.0.0.1:{state.port} ({where})")
    else:
        typer.echo("No broker is running.")
