"""Events of one article as a table that fits a terminal."""

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from schemas import Article, Event
from streams.rendering.words import clean, relied_on, shorten, what, what_type, when, where, who

MAX_WHAT_CHARACTERS: Final = 160
"""About four lines of the widest column on 100 columns: enough to know the statement again."""


def article_table(article: Article, events: Sequence[Event]) -> RenderableType:
    """Draw an article's heading and its events; foreign text is never read as markup."""
    heading = Text(shorten(clean(article.title or article.text), 100), style="bold")
    about = [part for part in (article.source, article.published_on.isoformat(), article.id) if part]
    subheading = Text(clean(" · ".join(about)), style="dim")
    if not events:
        return Group(heading, subheading, Text("no events", style="dim"), Text())
    return Group(heading, subheading, _table(events), Text())


def _table(events: Sequence[Event]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, header_style="dim")
    table.add_column("event", ratio=5, overflow="fold", style="cyan")
    table.add_column("who", ratio=8, overflow="fold")
    table.add_column("when, where", ratio=7, overflow="fold")  # a day fits on 80 columns
    table.add_column("what", ratio=12, overflow="fold")
    table.add_column("conf.", width=5, justify="right", style="dim")
    for event in events:
        table.add_row(
            Text(what_type(event)), _who(event), _when_where(event), _what(event), f"{event.confidence:.2f}"
        )
    return table


def _who(event: Event) -> Text:
    lines = Text()
    for role, name in who(event):
        lines.append(f"{role} " if not lines else f"\n{role} ", style="dim")
        lines.append(name)
    return lines


def _when_where(event: Event) -> Text:
    return Text("\n".join(part for part in (when(event), where(event)) if part))


def _what(event: Event) -> Text:
    said = Text(shorten(what(event), MAX_WHAT_CHARACTERS))
    if sources := relied_on(event):
        said.append(f"\naccording to {sources}", style="dim")
    return said
