"""What the commands have in common: how times are written, how notes and JSON go out."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from streams.settings import Settings


def parse_moment(text: str) -> datetime:
    """Read a time that a user wrote: a day or an ISO 8601 time; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no time; write 2024-06-19 or 2024-06-19T08:30") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def settings_with(**overrides: Any) -> "Settings":
    """Read the settings with what the command line says on top."""
    from streams.settings import load_settings

    return load_settings(**overrides)


def note(text: str) -> None:
    """Tell the person at the terminal something, on stderr: stdout is for results."""
    typer.echo(text, err=True)


def print_json(value: Any) -> None:
    """Print a result for a machine."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))
