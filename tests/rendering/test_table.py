"""The table: fits the terminal, and foreign text cannot steer it."""

import io

import pytest
from rich.console import Console

from schemas import Basis, EventDate
from streams.rendering.table import article_table
from streams.rendering.words import clean, shorten, what, what_type, when
from tests.builders import make_article
from tests.rendering.test_page import signing, statement


def draw(*, width: int, text: str, title: str | None = None) -> str:
    article = make_article(text, title=title)
    console = Console(file=io.StringIO(), width=width)
    console.print(article_table(article, [signing(article, name="[bold]Rojas[/]"), statement(article)]))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 140])
def test_table_fits_the_terminal(width: int) -> None:
    drawn = draw(width=width, text="Palabra larguísima " * 40 + "firmó, dijo", title="Título " * 40)
    assert max(map(len, drawn.splitlines())) <= width


def test_table_keeps_a_day_on_one_line() -> None:
    article = make_article("Rojas firmó.")
    day = EventDate(value="2024-05-10", basis=Basis.PUBLICATION)
    console = Console(file=io.StringIO(), width=80)
    console.print(article_table(article, [signing(article).model_copy(update={"date": day})]))
    assert isinstance(console.file, io.StringIO)
    assert "(2024-05-10)" in console.file.getvalue()


def test_table_reads_no_markup_and_no_control_characters() -> None:
    drawn = draw(width=120, text="firmó [red]ya[/red] \x1b[2J\x07, dijo", title="\x1b]0;x\x07[bold]Título")
    assert "[bold]Rojas[/]" in drawn
    assert "[red]ya[/red]" in drawn
    assert "\x1b" not in drawn
    assert "\x07" not in drawn


def test_words_of_an_event() -> None:
    article = make_article("Rojas firmó. «Ya», dijo.")
    said, signed = statement(article), signing(article)
    assert (what_type(said), what_type(signed)) == ("statement: say", "signing")
    assert (what(signed), when(signed)) == ("firmó", "")


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("el pacto sobre la pesca", 12) == "el pacto…"
    assert shorten("abcdefghij", 5) == "abcd…"
    assert clean("a\x1bb\nc\x9d") == "ab\nc"
