"""`teletipo dead-letters`: what could not be processed, and why."""

from typing import Annotated

import typer

from streams.cli._shared import note, print_json, settings_with

dead_letters = typer.Typer(
    help="Look at what could not be processed, and send it again.", no_args_is_help=True
)

_SHOWN_BYTES = 2000

_Error = Annotated[
    str | None, typer.Option("--error", help="Only those of one code: decode, contract, timeout …")
]
_Prefix = Annotated[str | None, typer.Option(help="Put before every topic.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@dead_letters.command("list")
def list_letters(error: _Error = None, prefix: _Prefix = None, json: _Json = False) -> None:
    """List dead letters: place, time, code, where from, reason.

    Example: teletipo dead-letters list --error timeout
    """
    from streams.dead_letters import dead_letters as read
    from streams.rendering.words import clean

    letters = sorted(
        read(settings_with(topic_prefix=prefix), error=error), key=lambda found: found.letter.failed_at
    )
    for found in letters:
        letter = found.letter
        origin = f"{letter.source_topic}/{letter.source_partition}:{letter.source_offset}"
        if json:
            print_json({"place": found.place, **letter.model_dump(mode="json", exclude={"key", "value"})})
        else:
            time = letter.failed_at.strftime("%Y-%m-%d %H:%M:%S")
            typer.echo(f"{found.place:<7} {time}  {letter.error:<10} {origin}  {clean(letter.detail)}")
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
    from streams.dead_letters import find_letter
    from streams.rendering.words import clean

    found = find_letter(settings_with(topic_prefix=prefix), place)
    content = found.letter.value or b""
    if value:
        typer.get_binary_stream("stdout").write(content)
        return
    for name, text in found.record.headers:
        typer.echo(f"{name}: {clean(text.decode('utf-8', 'replace'))}")
    typer.echo(f"key: {found.letter.key!r}")
    typer.echo(f"value: {len(content)} bytes")
    typer.echo(clean(content[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")))


@dead_letters.command()
def requeue(
    places: Annotated[list[str] | None, typer.Argument(help="partition:offset of each.")] = None,
    error: _Error = None,
    prefix: _Prefix = None,
) -> None:
    """Send dead letters to the worker again: those named, or all of one code.

    Attempts are counted; after five a record is left alone.

    Example: teletipo dead-letters requeue --error timeout
    """
    from streams.dead_letters import dead_letters as read
    from streams.dead_letters import find_letter
    from streams.dead_letters import requeue as send_again

    settings = settings_with(topic_prefix=prefix)
    if not places and error is None:
        raise typer.BadParameter("name the places, or a code with --error")
    letters = [find_letter(settings, place) for place in places or ()]
    if error is not None and not places:
        letters = list(read(settings, error=error))
    sent, left = send_again(settings, letters)
    note(f"requeued {sent}" + (f", left {left} that failed too often" if left else ""))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(dead_letters, name="dead-letters")
