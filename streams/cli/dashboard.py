"""`teletipo dashboard`: the live page."""

from pathlib import Path
from typing import Annotated

import typer

from streams.cli._shared import note, settings_with


def dashboard(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default: this machine only.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0: any free one.")] = None,
    file: Annotated[Path | None, typer.Option(dir_okay=False, help="SQLite file of the read model.")] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Throw the file away and read the topics anew.")
    ] = False,
    prefix: Annotated[str | None, typer.Option(help="Put before every topic.")] = None,
) -> None:
    """Serve the live page of events, and the API behind it, until Ctrl-C.

    The broker may come later: the page says so and waits for it.

    Example: teletipo dashboard --port 8080
    """
    settings = settings_with(
        dashboard_host=host, dashboard_port=port, dashboard_file=file, topic_prefix=prefix
    )
    from streams.logs import set_up_logging

    set_up_logging(settings)

    from streams.dashboard.server import run_dashboard

    def say(address: str) -> None:
        note(f"The dashboard is at {address}")

    code = run_dashboard(settings, rebuild=rebuild, say=say)
    if code:
        raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(dashboard)
