"""`teletipo replay`: a stretch of the past again."""

from typing import Annotated

import typer

from streams.cli._shared import note, parse_moment, print_json, settings_with

_MAX = "max"


def replay(
    first: Annotated[
        str, typer.Option("--from", help="Begin of the stretch: 2024-06-19 or 2024-06-19T08:30.")
    ],
    end: Annotated[
        str | None, typer.Option("--to", help="End of the stretch, not in it; default: now.")
    ] = None,
    speed: Annotated[str, typer.Option(help="1: as it was; 60: sixty times faster; max.")] = _MAX,
    prefix: Annotated[
        str | None,
        typer.Option(help="Into topics of this prefix, created where missing; default: the live ones."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Publish a stretch of `articles.raw` again, in time order over all partitions.

    A worker with the same prefix extracts it: `teletipo worker --prefix PREFIX`.

    Example: teletipo replay --from 2024-06-19 --to 2024-06-20 --prefix prueba.
    """
    from datetime import UTC, datetime

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from streams.replay import Stretch
    from streams.replay import replay as publish_again

    settings = settings_with()
    if prefix == settings.topic_prefix:
        prefix = None
    stretch = Stretch(parse_moment(first), parse_moment(end) if end else datetime.now(UTC))
    if stretch.first >= stretch.end:
        raise typer.BadParameter("--to must be later than --from")
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("articles", total=None)
        sent = publish_again(
            settings,
            stretch,
            prefix=prefix,
            speed=_speed(speed),
            on_start=lambda total: bar.update(task, total=total),
            on_record=lambda _: bar.advance(task),
        )
    if json:
        print_json({"sent": sent, "prefix": prefix or settings.topic_prefix})
    else:
        note(f"replayed {sent} articles into {(prefix or settings.topic_prefix)}articles.raw")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(replay)


def _speed(text: str) -> float | None:
    if text == _MAX:
        return None
    try:
        speed = float(text.lstrip("×x"))
    except ValueError as error:
        raise typer.BadParameter(f"--speed {text!r} is no number and not `max`") from error
    if speed <= 0:
        raise typer.BadParameter("--speed must be above 0")
    return speed
