"""`teletipo replay`: a stretch of the past again."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli import EXIT_FAILED
from streams.cli._shared import note, parse_moment, print_json, settings_with

if TYPE_CHECKING:
    from rich.progress import Progress

    from schemas import ArticleError
    from streams.checkpoint import Checkpoint
    from streams.replay import Stretch
    from streams.settings import Settings

_MAX = "max"


def replay(
    archive: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="Files with articles (JSONL, also .gz or .zst); default: the topic.",
        ),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="Begin of the stretch: 2024-06-19 or 2024-06-19T08:30.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="End of the stretch, not in it; default: now.")
    ] = None,
    speed: Annotated[str, typer.Option(help="1: as it was; 60: sixty times faster; max.")] = _MAX,
    prefix: Annotated[
        str | None,
        typer.Option(help="Into topics of this prefix, created where missing; default: the live ones."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the last replay into these topics was cut off.")
    ] = False,
    despite_retention: Annotated[
        bool,
        typer.Option(
            "--despite-retention",
            help="Send also what is older than the topic keeps, and may be swept away before it is read.",
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Publish articles of the past again, in time order over all partitions.

    They come from a stretch of `articles.raw`, or from files. A worker with the same prefix extracts them:
    `teletipo worker --prefix PREFIX`. Ctrl-C stops in good order; after that or a crash, `--resume` goes on.

    Example: teletipo replay --from 2024-06-19 --to 2024-06-20 --prefix prueba.
    """
    from streams.replay import replay as publish_again

    settings = settings_with()
    if resume and (archive or first or end):
        raise typer.BadParameter(
            "--resume knows the stretch and the files; give only --prefix, --speed and --despite-retention"
        )
    if not (resume or archive or first):
        raise typer.BadParameter("say from when on with --from, or give files, or --resume")
    stretch = _stretch(first, end, needed=not (resume or archive))
    factor = _speed(speed)
    checkpoint = _checkpoint(settings, tuple(archive or ()), stretch, prefix, resume=resume)
    refused = 0
    bar = _progress()

    def on_refused(place: str, error: "ArticleError") -> None:
        nonlocal refused
        refused += 1
        bar.console.print(
            f"{place}: {error.code}: {error.detail}", markup=False, highlight=False, soft_wrap=True
        )

    with bar, _stopping() as stop:
        task = bar.add_task("articles", total=None)
        sent = publish_again(
            settings,
            checkpoint,
            resume=resume,
            speed=factor,
            stop=stop,
            despite_retention=despite_retention,
            on_start=lambda total, done: bar.update(task, total=total, completed=done),
            on_record=lambda _: bar.advance(task),
            on_refused=on_refused,
        )
    if json:
        print_json(
            {
                "sent": sent,
                "refused": refused,
                "finished": checkpoint.finished,
                "topic": checkpoint.plan.target,
            }
        )
    elif checkpoint.finished:
        note(f"replayed {sent} articles into {checkpoint.plan.target}")
    else:
        into = f" --prefix {prefix}" if prefix else ""
        into += " --despite-retention" if despite_retention else ""
        note(f"stopped after {sent} articles; go on with: teletipo replay --resume{into}")
    if refused or not checkpoint.finished:
        raise typer.Exit(EXIT_FAILED)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(replay)


def _checkpoint(
    settings: "Settings",
    archive: tuple[Path, ...],
    stretch: "Stretch | None",
    prefix: str | None,
    *,
    resume: bool,
) -> "Checkpoint":
    from streams.checkpoint import Checkpoint
    from streams.replay import checkpoint_file, plan_replay

    file = checkpoint_file(settings, prefix)
    if resume:
        return Checkpoint.load(file)
    return Checkpoint(file, plan_replay(settings, archive=archive, stretch=stretch, prefix=prefix))


def _stretch(first: str | None, end: str | None, *, needed: bool) -> "Stretch | None":
    from datetime import UTC, datetime

    from streams.replay import Stretch

    if not (needed or first or end):
        return None
    earliest = parse_moment(first) if first else datetime(1970, 1, 1, tzinfo=UTC)
    stretch = Stretch(earliest, parse_moment(end) if end else datetime.now(UTC))
    if stretch.first >= stretch.end:
        raise typer.BadParameter("--to must be later than --from")
    return stretch


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


def _progress() -> "Progress":
    """Draw how many of how many, how many a second, and how long it still takes."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    class Rate(TextColumn):
        def render(self, task):  # type: ignore[no-untyped-def]
            task.fields["rate"] = f"{task.speed or 0:,.0f}/s"
            return super().render(task)

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
    )


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C or SIGTERM into a wish to stop; the second one ends the process as ever."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def wish(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    if threading.current_thread() is threading.main_thread():
        for number in before:
            signal.signal(number, wish)
    try:
        yield stop
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in before.items():
                signal.signal(number, handler)
