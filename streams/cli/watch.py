"""`teletipo watch`: events as they come."""

from typing import Annotated

import typer

from streams.cli._shared import parse_moment, settings_with

_BEGINNING = "beginning"


def watch(
    types: Annotated[
        list[str] | None, typer.Argument(metavar="TYPE", help="Event types; default: all.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="A time (2024-06-19T08:30) or `beginning`; default: now.")
    ] = None,
    until_idle: Annotated[
        float | None, typer.Option(min=0, metavar="SECONDS", help="End when nothing came for so long.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="End after so many events.")] = None,
    prefix: Annotated[str | None, typer.Option(help="Put before every topic.")] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print events as JSONL; a tombstone has event null.")
    ] = False,
) -> None:
    """Show events as they arrive, a line each; Ctrl-C ends it.

    Example: teletipo watch signing visit --from beginning --until-idle 5
    """
    settings = settings_with(topic_prefix=prefix)
    moment = parse_moment(since) if since not in (None, _BEGINNING) else None

    from streams.topics import event_type_names
    from streams.watch import one_line
    from streams.watch import watch as follow

    known = event_type_names(settings)
    unknown = sorted(set(types or ()) - set(known))
    if unknown:
        raise typer.BadParameter(f"no event type {', '.join(unknown)}; there are {', '.join(known)}")
    try:
        for watched in follow(
            settings,
            types or known,
            since=moment,
            from_beginning=since == _BEGINNING,
            until_idle_seconds=until_idle,
            limit=limit,
        ):
            if not json:
                typer.echo(one_line(watched))
            elif watched.event is not None:
                typer.echo(watched.event.model_dump_json())
            else:
                typer.echo(f'{{"id": "{watched.event_id}", "type": "{watched.type}", "event": null}}')
    except KeyboardInterrupt:
        return


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)
