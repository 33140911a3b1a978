"""`teletipo diff`: what the topics of a prefix have otherwise than the live ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli._shared import note, print_json, settings_with

if TYPE_CHECKING:
    from streams.comparison import Compared
    from streams.diff import Diff

_SIGNS = {"appeared": "+", "vanished": "-", "changed": "~"}


def diff(
    prefix: Annotated[str, typer.Argument(help="The topics that are compared with the live ones.")],
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Only events of this type; may be repeated.")
    ] = None,
    article: Annotated[str | None, typer.Option(help="Only the article with this id.")] = None,
    html: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="With --article: write both readings side by side into this file."),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Show so many differences; 0: all.")] = 100,
    json: Annotated[
        bool, typer.Option("--json", help="Print a line of JSON a difference, then the counts.")
    ] = False,
) -> None:
    """Tell which events appeared, vanished or changed in the topics of a prefix.

    Only articles that both sides have read are compared: replay a stretch into the prefix, let a worker
    with another model extract it, then look at what is different.

    Example: teletipo diff prueba. --type visit
    """
    if html is not None and article is None:
        raise typer.BadParameter("--html shows one article; name it with --article")
    settings = settings_with()
    from streams.diff import diff as compare_topics
    from streams.diff import page_of
    from streams.topics import event_type_names

    known = event_type_names(settings)
    unknown = sorted(set(types or ()) - set(known))
    if unknown:
        raise typer.BadParameter(f"no event type {', '.join(unknown)}; there are {', '.join(known)}")
    found = compare_topics(settings, prefix, types or known, article_id=article)
    if html is not None and article is not None:
        html.write_text(page_of(settings, prefix, found, article), "utf-8")
        note(f"written to {html}")
    if json:
        _print_json(found, limit)
    else:
        _print(found, limit)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diff)


def _shown(found: "Diff", limit: int) -> "list[Compared]":
    different = [one for one in found.compared if one.difference != "same"]
    return different[:limit] if limit else different


def _print(found: "Diff", limit: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from streams.comparison import Difference, count
    from streams.watch import event_line

    for one in _shown(found, limit):
        fields = f"  [{', '.join(one.fields)}]" if one.fields else ""
        typer.echo(f"{_SIGNS[one.difference]} {event_line(one.event)}  {one.event.article.id}{fields}")
    table = Table("type", *(difference.value for difference in Difference), box=None)
    for event_type, counts in count(found.compared).items():
        table.add_row(event_type, *(str(counts[difference]) for difference in Difference))
    Console().print(table)
    only = len(found.live.receipts) + len(found.other.receipts) - 2 * len(found.articles)
    note(
        f"{len(found.articles)} articles compared; articles that only one side has read are left out: {only}"
    )


def _print_json(found: "Diff", limit: int) -> None:
    from streams.comparison import count

    for one in _shown(found, limit):
        line: dict[str, Any] = {
            "difference": one.difference.value,
            "type": one.event.type,
            "article": one.event.article.id,
            "fields": list(one.fields),
            "before": one.before.model_dump(mode="json") if one.before else None,
            "after": one.after.model_dump(mode="json") if one.after else None,
        }
        print_json(line)
    counts = {name: {d.value: n for d, n in by.items()} for name, by in count(found.compared).items()}
    print_json({"articles": len(found.articles), "counts": counts})
