"""`teletipo ingest`: feeds and files → `articles.raw`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli import EXIT_FAILED
from streams.cli._shared import note, print_json, settings_with

if TYPE_CHECKING:
    from schemas import ArticleError
    from streams.article_files import Entry
    from streams.ingest import Tally
    from streams.settings import Settings


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE", help="File or folder of articles, or a feed's address; see docs/feeds.md."
        ),
    ],
    prefix: Annotated[str | None, typer.Option(help="Put before every topic.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Send articles to the worker. Safe to repeat: what is known already is skipped there.

    What is no article is told on stderr with file and line, the rest goes on, and the exit code is 1.

    Example: teletipo ingest noticias.jsonl.gz archivo/ portada.rss
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from streams.ingest import ingest as send_articles

    settings = settings_with(topic_prefix=prefix)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )

    def refused(place: str, error: "ArticleError") -> None:
        bar.console.print(
            f"{place}: {error.code}: {error.detail}", markup=False, highlight=False, soft_wrap=True
        )

    with bar:
        task = bar.add_task("articles", total=None)
        tally = send_articles(
            _entries(sources, settings),
            settings,
            on_refused=refused,
            on_progress=lambda now: bar.update(task, completed=now.total),
        )
    _show(tally, json=json)
    if tally.refused:
        raise typer.Exit(EXIT_FAILED)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def _entries(sources: list[str], settings: "Settings") -> Iterator["Entry"]:
    from streams.feeds import ReadingOptions, read_source

    options = ReadingOptions(max_bytes=settings.max_article_bytes, now=datetime.now(UTC))
    for source in sources:
        yield from read_source(source, options)


def _show(tally: "Tally", *, json: bool) -> None:
    if json:
        print_json(
            {
                "taken": tally.taken,
                "skipped": dict(tally.skipped),
                "refused": dict(tally.refused),
                "guessed": dict(tally.notes),
            }
        )
        return
    note(f"taken    {tally.taken}")
    for name, counts in (("skipped", tally.skipped), ("refused", tally.refused), ("guessed", tally.notes)):
        if counts:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
            note(f"{name}  {counts.total()} ({reasons})")
