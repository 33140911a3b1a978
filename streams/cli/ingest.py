"""`teletipo ingest`: feeds and files → `articles.raw`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli import EXIT_FAILED
from streams.cli._shared import print_json, settings_with

if TYPE_CHECKING:
    from streams.feeds.schedule import Schedule
    from streams.ingest import Tally
    from streams.settings import Settings


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="File, folder or feed's address; - is standard input. None: the feeds of teletipo.toml.",
        ),
    ] = None,
    watch: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Take files as they are delivered, and move them away. Repeatable."),
    ] = None,
    every: Annotated[
        str | None, typer.Option(metavar="INTERVAL", help="Poll feeds on and on: 90s, 5m, 2h.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="For what says no date: 2024-06-19.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Of times without zone: Europe/Madrid.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Send also what was sent before.")] = False,
    prefix: Annotated[str | None, typer.Option(help="Put before every topic.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Send articles to the worker. Safe to repeat: what was sent before is skipped.

    Reads our JSON, RSS, Atom, ninjs, NewsML-G2, NewsML 1.2, NITF and text with a header. What is no
    article is told on stderr with its place, the rest goes on, and the exit code is 1.

    Example: teletipo ingest noticias.jsonl.gz archivo/ --watch /srv/entregas --every 5m
    """
    settings = settings_with(topic_prefix=prefix, feed_timezone=timezone)
    schedule = _schedule(sources or [], watch or [], every, published, settings)
    if schedule.sources.endless:
        from streams.cli._ingest_service import serve

        tally = serve(schedule, settings, again=again)
        if json:
            _show_json(tally)
        return
    tally = _once(schedule, settings, again=again)
    (_show_json if json else _show_table)(tally)
    if tally.refused:
        raise typer.Exit(EXIT_FAILED)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def _schedule(
    names: list[str], watched: list[Path], every: str | None, published: str | None, settings: "Settings"
) -> "Schedule":
    from streams.feed_settings import parse_interval
    from streams.feeds.schedule import Schedule, reading_options, sources_of

    try:
        seconds = None if every is None else parse_interval(every)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--every") from error
    _check_published(published)
    if "-" in names and (watched or seconds):
        raise typer.BadParameter("standard input ends; it cannot be watched", param_hint="SOURCE")
    stdin = typer.get_binary_stream("stdin") if "-" in names else None
    sources = sources_of(names, settings, watched=watched, every_seconds=seconds, stdin=stdin)
    if not (sources.files or sources.stdin or sources.feeds or sources.watched):
        raise typer.BadParameter(
            "name a file, a folder or a feed, or list feeds in teletipo.toml", param_hint="SOURCE"
        )
    # A service that has both is set up before the first feed is listed.
    if seconds is not None and not (sources.feeds or sources.watched):
        raise typer.BadParameter("there is no feed to be polled", param_hint="--every")
    return Schedule(sources, settings, reading_options(settings, published=published))


def _check_published(published: str | None) -> None:
    from pydantic import ValidationError

    from schemas import Article

    try:
        Article(text="-", published=published or "2000-01-01")
    except ValidationError as error:
        raise typer.BadParameter(f"{published!r} is no date", param_hint="--published") from error


def _once(schedule: "Schedule", settings: "Settings", *, again: bool) -> "Tally":
    """Send with a bar that counts the bytes of files, and with one line for each article refused."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    from streams.ingest import ingest as send_articles

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        total = sum(file.stat().st_size for file in schedule.sources.files) or None
        task = bar.add_task("articles", total=total)
        schedule.open_file = lambda path: bar.wrap_file(path.open("rb"), total=total, task_id=task)

        def refused(place: str, error: Any) -> None:
            line = f"{place}: {error.code}: {error.detail}"
            bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

        return send_articles(
            schedule.batches,
            settings,
            on_refused=refused,
            on_warning=lambda text: bar.console.print(text, markup=False, highlight=False, soft_wrap=True),
            on_progress=lambda now: bar.update(task, description=f"{now.total} articles"),
            again=again,
        )


def _show_json(tally: "Tally") -> None:
    counts = {"skipped": tally.skipped, "refused": tally.refused, "guessed": tally.notes}
    print_json({"taken": tally.taken} | {name: dict(found) for name, found in counts.items()})


def _show_table(tally: "Tally") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("taken", str(tally.taken), "")
    for name, counts in (("skipped", tally.skipped), ("refused", tally.refused), ("guessed", tally.notes)):
        for number, (reason, count) in enumerate(counts.most_common()):
            table.add_row(name if number == 0 else "", str(count), Text(reason))
    Console(stderr=True).print(table)
