"""`teletipo audit`: is everything there that must be there?"""

from typing import Annotated

import typer

from streams.cli import EXIT_FAILED
from streams.cli._shared import note, print_json, settings_with

_SHOWN = 20


def audit(
    prefix: Annotated[str | None, typer.Option(help="Put before every topic.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Compare what was taken in with what became of it, on a cluster of your own.

    Each committed record of `articles.raw` must have a receipt of its version or a later one, or a dead
    letter; each event of a receipt must stand, and no other. Exit code 1 when something is missing or left.

    Example: teletipo audit
    """
    settings = settings_with(topic_prefix=prefix)
    from dataclasses import asdict

    from streams.audit import audit as look
    from streams.topics import event_type_names

    found = look(settings, event_type_names(settings))
    if json:
        print_json({"clean": found.clean, **asdict(found)})
    else:
        typer.echo(f"records       {found.records} of {found.articles} articles; {found.waiting} more wait")
        typer.echo(f"receipts      {found.receipts}")
        typer.echo(f"dead letters  {found.dead_letters}")
        typer.echo(f"events        {found.events}")
        _show("records with neither a receipt nor a dead letter", found.lost_records)
        _show("events of a receipt that do not stand", found.lost_events)
        _show("events that stand, and no receipt tells of", found.left_behind)
        note("All there." if found.clean else "Not as promised.")
    if not found.clean:
        raise typer.Exit(EXIT_FAILED)


def _show(what: str, examples: list[str]) -> None:
    if examples:
        more = f", and {len(examples) - _SHOWN} more" if len(examples) > _SHOWN else ""
        typer.echo(f"{len(examples)} {what}: {', '.join(examples[:_SHOWN])}{more}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(audit)
