"""`teletipo schemas`: the contract as JSON Schema."""

from pathlib import Path
from typing import Annotated

import typer

from streams.cli import EXIT_FAILED
from streams.cli._extraction import EventTypesOption
from streams.cli._shared import note, print_json, settings_with

commands = typer.Typer(help="Export and check the contract as JSON Schema.", no_args_is_help=True)

_Folder = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", file_okay=False, show_default=False, help="Default: the package's own."),
]


@commands.command()
def export(folder: _Folder = None, event_types: EventTypesOption = None) -> None:
    """Write every JSON Schema into a folder, those of your own event types included.

    In the package's own folder, what no model stands for is removed; in any other, nothing is.

    Example: teletipo schemas export contract/
    """
    settings = settings_with(event_types=event_types or None)
    from schemas.export import JSON_FOLDER, write_schemas
    from streams.custom_schemas import export_with_types
    from streams.extraction.frames import load_event_types

    if folder is None or folder == JSON_FOLDER:
        written = write_schemas()
    else:
        written = export_with_types(load_event_types(settings.event_types), folder)
    for path in written:
        typer.echo(str(path))


@commands.command()
def check(
    folder: _Folder = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the faults as a JSON array: stale files, then breaks.")
    ] = False,
) -> None:
    """Tell whether the exported files agree with the models, and break nobody who has the last release's.

    Exit code 1 when one does not.

    Example: teletipo schemas check
    """
    from schemas.export import JSON_FOLDER, breaks_with_release, last_release, stale_schemas

    folder = folder or JSON_FOLDER
    stale, breaks = stale_schemas(folder), breaks_with_release()
    if json:
        print_json([*stale, *breaks])
    else:
        for name in stale:
            note(f"{folder / name}: differs from the models; teletipo schemas export writes it anew")
        for line in breaks:
            note(f"breaks whoever has release {last_release().name}: {line}")
    if stale or breaks:
        raise typer.Exit(EXIT_FAILED)


@commands.command()
def asyncapi(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", dir_okay=False, help="Default: standard output.")
    ] = None,
    event_types: EventTypesOption = None,
) -> None:
    """Describe every topic as an AsyncAPI 3 document, your own event types included.

    Example: teletipo schemas asyncapi docs/asyncapi.json
    """
    settings = settings_with(event_types=event_types or None)
    from streams.asyncapi import asyncapi_text

    text = asyncapi_text(settings)
    if file is None:
        typer.echo(text, nl=False)
    else:
        file.write_text(text, "utf-8")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(commands, name="schemas")
