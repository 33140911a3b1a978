"""`teletipo dead-letters`: what could not be processed, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli._shared import note, parse_moment, print_json, settings_with

if TYPE_CHECKING:
    from streams.dead_letters import LetterFilter

dead_letters = typer.Typer(
    help="Look at what could not be processed, and send it again.", no_args_is_help=True
)

_SHOWN_BYTES = 2000

_Error = Annotated[
    str | None, typer.Option("--error", help="Only those of one code: decode, contract, timeout …")
]
_Since = Annotated[
    str | None, typer.Option("--since", help="Only what failed then or later: 2024-06-19T08:30.")
]
_Until = Annotated[str | None, typer.Option("--until", help="Only what failed before then.")]
_Source = Annotated[
    str | None,
    typer.Option(
        "--source", help="Only from one outlet, as the article names it, or one topic or topic/partition."
    ),
]
_Prefix = Annotated[str | None, typer.Option(help="Put before every topic.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dead_letters.command("list")
def list_letters(
    error: _Error = None,
    since: _Since = None,
    until: _Until = None,
    source: _Source = None,
    prefix: _Prefix = None,
    json: _Json = False,
) -> None:
    """List dead letters in order of time: place, time, code, attempts, where from, reason.

    Example: teletipo dead-letters list --error timeout --since 2024-06-19
    """
    from streams.dead_letters import dead_letters as read
    from streams.rendering.words import clean

    settings = settings_with(topic_prefix=prefix)
    letters = sorted(
        read(settings, _filter(error, since, until, source)), key=lambda found: found.letter.failed_at
    )
    for found in letters:
        letter = found.letter
        if json:
            fields = letter.model_dump(mode="json", exclude={"key", "value"})
            print_json({"place": found.place, "outlet": found.outlet, **fields})
        else:
            time = letter.failed_at.strftime("%Y-%m-%d %H:%M:%S")
            what = f"{letter.error:<10} {letter.attempts}×  {found.origin}  {clean(letter.detail)}"
            typer.echo(f"{found.place:<7} {time}  {what}")
    if not json:
        note(f"{len(letters)} dead letters")


@dead_letters.command()
def show(
    place: Annotated[str, typer.Argument(help="partition:offset, as `list` shows it.")],
    prefix: _Prefix = None,
    value: Annotated[bool, typer.Option("--value", help="Print only the original bytes.")] = False,
) -> None:
    """Show one dead letter: reason, headers, and the bytes as received.

    Example: teletipo dead-letters show 2:17
    """
    from streams.dead_letters import find_letters
    from streams.rendering.words import clean

    (found,) = find_letters(settings_with(topic_prefix=prefix), [place])
    content = found.letter.value or b""
    if value:
        typer.get_binary_stream("stdout").write(content)
        return
    for name, text in found.record.headers:
        typer.echo(f"{name}: {clean(text.decode('utf-8', 'replace'))}")
    typer.echo(f"key: {found.letter.key!r}")
    typer.echo(f"value: {len(content)} bytes" if found.letter.value is not None else "value: null")
    typer.echo(clean(content[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")))


@dead_letters.command()
def requeue(
    places: Annotated[list[str] | None, typer.Argument(help="partition:offset of each.")] = None,
    error: _Error = None,
    since: _Since = None,
    until: _Until = None,
    source: _Source = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    prefix: _Prefix = None,
    json: _Json = False,
) -> None:
    """Send dead letters to the worker again: those named, those of a filter, or all.

    Each record goes once, however often it failed. Attempts are counted; after five it is left alone.

    Example: teletipo dead-letters requeue --error timeout --since 2024-06-19
    """
    from streams.dead_letters import dead_letters as read
    from streams.dead_letters import find_letters
    from streams.dead_letters import requeue as send_again

    filtered = any(option is not None for option in (error, since, until, source))
    if bool(places) + filtered + every != 1:
        raise typer.BadParameter("name places, or a filter (--error, --since, --until, --source), or --all")
    settings = settings_with(topic_prefix=prefix)
    letters = (
        find_letters(settings, places) if places else read(settings, _filter(error, since, until, source))
    )
    sent, left = send_again(settings, letters)
    if json:
        print_json({"requeued": sent, "left": left})
    else:
        note(f"requeued {sent}" + (f", left {left} that failed too often" if left else ""))


def _filter(error: str | None, since: str | None, until: str | None, source: str | None) -> "LetterFilter":
    from streams.dead_letters import LetterFilter

    return LetterFilter(
        error=error,
        since=parse_moment(since) if since else None,
        until=parse_moment(until) if until else None,
        source=source,
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(dead_letters, name="dead-letters")
