"""`teletipo topics`: create what the worker needs, and see what is on it."""

from dataclasses import asdict
from typing import Annotated

import typer

from streams.cli._shared import note, print_json, settings_with

topics = typer.Typer(help="Create and list the topics.", no_args_is_help=True)

_Prefix = Annotated[str | None, typer.Option(help="Put before every topic; default: TELETIPO_TOPIC_PREFIX.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@topics.command()
def create(prefix: _Prefix = None, json: _Json = False) -> None:
    """Create every topic that does not exist yet; existing ones are left as they are.

    Example: teletipo topics create
    """
    from streams.admin import create_topics
    from streams.topics import all_topics, event_type_names

    settings = settings_with(topic_prefix=prefix)
    created = create_topics(settings, all_topics(settings, event_type_names(settings)))
    if json:
        print_json({"created": created})
    else:
        note(f"Created {', '.join(created)}." if created else "All topics exist already.")


@topics.command("list")
def list_topics(prefix: _Prefix = None, json: _Json = False) -> None:
    """List the topics with their records and how far behind the worker is.

    Example: teletipo topics list --json
    """
    from streams.admin import topic_states
    from streams.topics import all_topics, event_type_names

    settings = settings_with(topic_prefix=prefix)
    wanted = all_topics(settings, event_type_names(settings))
    states = topic_states(settings, wanted)
    if json:
        for topic, state in zip(wanted, states, strict=True):
            print_json({**asdict(state), "key": topic.key, "cleanup": topic.cleanup})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("topic", "key", "clean-up", "partitions", "records", "lag", box=None)
    for topic, state in zip(wanted, states, strict=True):
        lag = "" if state.lag is None else str(state.lag)
        partitions = str(state.partitions) if state.exists else "missing"
        table.add_row(topic.name, topic.key, topic.cleanup, partitions, str(state.records), lag)
    Console().print(table)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(topics, name="topics")
