"""`teletipo types`: the event types known, built in and of the user's own."""

from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli._extraction import EventTypesOption
from streams.cli._shared import print_json, settings_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.extraction.frames import EventType


def types(
    event_types: EventTypesOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """List the event types known, with their roles and codes.

    Example: teletipo types --event-types resignation.yaml
    """
    settings = settings_with(event_types=event_types or None)
    from streams.extraction.frames import load_event_types
    from streams.topics import TopicNames

    known = load_event_types(settings.event_types)
    if json:
        names = TopicNames(settings.topic_prefix)
        print_json([_as_dict(event_type, names.events(event_type.name)) for event_type in known])
    else:
        _show(known)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(types)


def _as_dict(event_type: "EventType", topic: str) -> dict[str, object]:
    return {
        "name": event_type.name,
        "description": event_type.description,
        "topic": topic,
        "roles": {name: role.model_dump(mode="json") for name, role in event_type.roles.items()},
        "codes": event_type.codes,
        "acts": event_type.acts,
    }


def _show(known: "Sequence[EventType]") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for column in ("type", "roles", "codes"):
        table.add_column(column, overflow="fold")
    table.add_column("what", ratio=1)
    for event_type in known:
        roles = "\n".join(
            f"{name}{'*' if role.many and not role.required else '+' if role.many else ''}"
            for name, role in event_type.roles.items()
        )
        name = Text(event_type.name, style="cyan")
        what = Text(event_type.description)
        table.add_row(name, Text(roles), Text(_codes(event_type)), what)
    Console().print(table)


def _codes(event_type: "EventType") -> str:
    """Give the codes of the plain fact, or how many acts have codes of their own."""
    if event_type.acts:
        return f"{len(event_type.acts)} acts"
    asserted = event_type.codes.get("asserted", {})
    return "\n".join(f"{system} {code}" for system, code in asserted.items())
