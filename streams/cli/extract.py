"""`teletipo extract`: articles in files → events on stdout, in process, no broker."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli import EXIT_FAILED
from streams.cli._extraction import (
    ConfidenceOption,
    EventTypesOption,
    ModelOption,
    load_extractor_of,
    note_failure,
)
from streams.cli._shared import settings_with

if TYPE_CHECKING:
    from schemas import Article, Event
    from streams.article_files import Entry
    from streams.in_process import Extracted

    Results = Iterable[tuple[Article, Sequence[Event]]]

_STDIN = Path("-")


class Format(StrEnum):
    """How events are shown."""

    JSONL = "jsonl"
    TABLE = "table"
    HTML = "html"


def extract(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="JSON, JSONL or .txt, also .gz; - is standard input."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="jsonl for machines; table or html for people.")
    ] = Format.JSONL,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When plain text was published: 2024-06-19.")
    ] = None,
    model: ModelOption = None,
    event_types: EventTypesOption = None,
    min_confidence: ConfidenceOption = None,
) -> None:
    """Extract the events of articles, one JSON object a line; needs no broker.

    An article that cannot be read or extracted is reported on stderr with its file and line, the
    rest goes on, and the exit code is 1.

    Example: teletipo extract samples/agencia.jsonl --format table
    """
    paths = files or [_piped()]
    _check_files(paths)
    _check_published(paths, published)
    settings = settings_with(model=model, event_types=event_types or None, min_confidence=min_confidence)
    from streams.in_process import extract_entries

    entries = _entries(paths, max_bytes=settings.max_article_bytes, published=published)
    failures: list[str] = []
    results = _succeeded(extract_entries(load_extractor_of(settings), entries), failures)
    _SHOW[form](results)
    if failures:
        raise typer.Exit(EXIT_FAILED)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def _piped() -> Path:
    if sys.stdin.isatty():
        raise typer.BadParameter("name a file, or pipe articles in", param_hint="FILE")
    return _STDIN


def _check_files(paths: Sequence[Path]) -> None:
    for path in paths:
        if path != _STDIN and not path.is_file() and not path.is_fifo():
            raise typer.BadParameter(f"{path} is no file", param_hint="FILE")


def _check_published(paths: Sequence[Path], published: str | None) -> None:
    from pydantic import ValidationError

    from schemas import Article
    from streams.article_files import is_plain_text

    if published is not None:
        try:
            Article(text="-", published=published)
        except ValidationError as error:
            raise typer.BadParameter(f"{published!r} is no date", param_hint="--published") from error
    elif texts := [str(path) for path in paths if is_plain_text(path.name)]:
        raise typer.BadParameter(
            f"plain text needs its day of publication: {texts[0]}", param_hint="--published"
        )


def _entries(paths: Sequence[Path], *, max_bytes: int, published: str | None) -> "Iterator[Entry]":
    from streams.article_files import STDIN_NAME, read_file, read_stream

    for path in paths:
        if path == _STDIN:
            stdin = typer.get_binary_stream("stdin")
            yield from read_stream(stdin, name=STDIN_NAME, max_bytes=max_bytes, published=published)
        else:
            yield from read_file(path, max_bytes=max_bytes, published=published)


def _succeeded(stream: "Iterable[Extracted]", failures: list[str]) -> "Results":
    """Pass on what succeeded; report what did not, and keep its place in `failures`."""
    for extracted in stream:
        if extracted.error is not None:
            failures.append(extracted.place)
            note_failure(extracted)
        elif extracted.article is not None:
            yield extracted.article, extracted.events


def _show_jsonl(results: "Results") -> None:
    for _, events in results:
        for event in events:
            typer.echo(event.model_dump_json().encode())


def _show_table(results: "Results") -> None:
    from rich.console import Console

    from streams.rendering.table import article_table

    console = Console()
    for article, events in results:
        console.print(article_table(article, events))


def _show_html(results: "Results") -> None:
    from streams.rendering.page import page_article, page_foot, page_head

    typer.echo(page_head().encode(), nl=False)
    for number, (article, events) in enumerate(results, start=1):
        typer.echo(page_article(article, events, number=number).encode(), nl=False)
    typer.echo(page_foot().encode(), nl=False)


_SHOW = {Format.JSONL: _show_jsonl, Format.TABLE: _show_table, Format.HTML: _show_html}
