"""`teletipo worker`: the Faust worker."""

from typing import Annotated

import typer

from streams.cli._shared import settings_with


def worker(
    create_topics: Annotated[
        bool, typer.Option("--create-topics", help="Create missing topics first.")
    ] = False,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes that extract.")] = None,
    model: Annotated[str | None, typer.Option(help="Name or folder of a spaCy pipeline.")] = None,
    prefix: Annotated[str | None, typer.Option(help="Put before every topic and the group.")] = None,
    web_port: Annotated[int | None, typer.Option(min=0, help="Health and metrics; 0: none.")] = None,
) -> None:
    """Read articles, publish their events, until SIGTERM or Ctrl-C; a second one stops at once.

    The broker may come later: the worker waits for it. Exit code 0 after a clean stop, 1 after a failure.

    Example: teletipo worker --create-topics
    """
    settings = settings_with(worker_processes=processes, model=model, topic_prefix=prefix, web_port=web_port)
    from streams.logs import set_up_logging

    set_up_logging(settings)

    from streams.run import run_worker

    code = run_worker(settings, create_missing_topics=create_topics)
    if code:
        raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)
