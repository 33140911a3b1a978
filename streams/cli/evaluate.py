"""`teletipo evaluate`: precision, recall and F1 against annotated gold."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli import EXIT_FAILED
from streams.cli._extraction import (
    ConfidenceOption,
    EventTypesOption,
    ModelOption,
    load_extractor_of,
    note_failure,
)
from streams.cli._shared import note, print_json, settings_with

if TYPE_CHECKING:
    from streams.evaluation import Mistake, ScoredEvent
    from streams.settings import Settings


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", exists=True, dir_okay=False, help="One annotated article a line."),
    ],
    predicted: Annotated[
        Path | None,
        typer.Argument(
            metavar="PREDICTED",
            exists=True,
            dir_okay=False,
            help="One event a line, as extract writes them; default: extract now.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    errors: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show N missed and spurious events on stderr.")
    ] = 0,
    model: ModelOption = None,
    event_types: EventTypesOption = None,
    min_confidence: ConfidenceOption = None,
) -> None:
    """Compare events with annotated gold: precision, recall and F1 by type, role and slot.

    Example: teletipo evaluate events-dev.jsonl --errors 20
    """
    from streams.evaluation import evaluate as measure
    from streams.evaluation import read_gold

    failed = False
    if predicted is not None:
        events = _read_predicted(predicted)
    else:
        settings = settings_with(model=model, event_types=event_types or None, min_confidence=min_confidence)
        events, failed = _extract_gold(gold, settings)
    with gold.open(encoding="utf-8") as lines:
        result = measure(read_gold(lines, name=str(gold)), events)
    for mistake in result.mistakes[:errors]:
        note(_describe(mistake))
    if json:
        print_json({**result.report(), "calibration": _calibration(result.confidences)})
    else:
        _show(result.report())
        _show_calibration(result.confidences)
    if failed:
        raise typer.Exit(EXIT_FAILED)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)


def _read_predicted(path: Path) -> "dict[str, list[ScoredEvent]]":
    from streams.evaluation import read_predictions

    with path.open(encoding="utf-8") as lines:
        return read_predictions(lines, name=str(path))


def _extract_gold(path: Path, settings: "Settings") -> "tuple[dict[str, list[ScoredEvent]], bool]":
    """Extract the gold's own articles; the flag tells whether one of them failed."""
    from streams.article_files import read_file
    from streams.evaluation import ScoredEvent
    from streams.in_process import extract_entries

    events: dict[str, list[ScoredEvent]] = {}
    failed = False
    entries = read_file(path, max_bytes=settings.max_record_bytes)  # annotations come on top of an article
    for extracted in extract_entries(load_extractor_of(settings), entries):
        if extracted.error is not None or extracted.article is None:
            failed = True
            note_failure(extracted)
            continue
        found = [ScoredEvent.from_json(event.model_dump(mode="json")) for event in extracted.events]
        events[extracted.article.id] = found
    return events, failed


def _describe(mistake: "Mistake") -> str:
    event = mistake.event
    triggers = ", ".join(repr(text) for text in event.trigger_texts)
    fillers = ", ".join(f"{filler.role} {filler.names[0]}" for filler in event.fillers)
    return f"{mistake.verdict:8} {mistake.article_id} {event.type} {triggers} [{fillers}]"


def _calibration(confidences: "Sequence[tuple[float, bool]]") -> dict[str, float | int]:
    from streams.evaluation.calibration import calibration_error

    return {"error": round(calibration_error(confidences), 3), "events": len(confidences)}


def _show_calibration(confidences: "Sequence[tuple[float, bool]]") -> None:
    """Show each bin of confidences with the share of its events that are right."""
    from streams.evaluation.calibration import calibration_error, reliability

    if confidences:
        bins = ", ".join(f"{b.confidence:.2f}→{b.right:.2f} ({b.events})" for b in reliability(confidences))
        typer.echo(f"expected calibration error: {calibration_error(confidences):.3f}")
        typer.echo(f"confidence→share right (events): {bins}")


def _show(report: Mapping[str, Any]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("")
    columns: Sequence[str] = ("P", "R", "F1", "gold", "pred")
    for name in columns:
        table.add_column(name, justify="right")
    for name, row in report.items():
        if name != "accuracy":
            style = "bold" if name == "overall" else None
            table.add_row(name, *(str(row[column]) for column in columns), style=style)
    console = Console()
    console.print(table)
    accuracy = ", ".join(f"{name} {value}" for name, value in report["accuracy"].items())
    console.print(f"accuracy on matched events: {accuracy or 'none matched'}", highlight=False)
