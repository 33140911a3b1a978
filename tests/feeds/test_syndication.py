"""RSS and Atom without a network."""

from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.feeds import read_source
from tests.feeds.reading import OPTIONS, article_of, notes_of, read, reason_of

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Diario</title>
<entry><title>Firma &amp; visita</title><id>tag:1</id><link href="https://example.org/a"/>
<author><name>Eva Ruiz</name></author>
<published>2024-05-10T08:00:00+02:00</published><updated>2024-05-10T09:00:00+02:00</updated>
<content type="html">&lt;p&gt;Uno.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Dos.&lt;/p&gt;</content>
</entry>
<entry><title>Sin enlace</title><id>tag:2</id><updated>2024-05-10T09:00:00Z</updated>
<summary>Tres.</summary></entry>
</feed>"""


def test_feeds_an_atom_entry_becomes_an_article() -> None:
    first, second = read(ATOM)
    article = first.article
    assert article is not None
    assert article.text == "Uno.\nDos."
    assert article.title == "Firma & visita"
    assert article.source == "Diario"
    assert article.authors == ("Eva Ruiz",)
    assert article.published.isoformat() == "2024-05-10T08:00:00+02:00"
    assert article.version == 3600, "a later update is a higher version"
    assert second.article is not None
    assert second.article.id == "tag:2"
    assert second.article.version == 0


def test_feeds_the_same_entry_has_the_same_id() -> None:
    assert [entry.article for entry in read(ATOM)] == [entry.article for entry in read(ATOM)]


def test_feeds_a_summary_is_completed_from_its_page() -> None:
    asked = []

    def fetch(address: str) -> str:
        asked.append(address)
        return "El texto entero."

    first, second = read(ATOM, fetch_text=fetch)
    assert asked == ["https://example.org/a"]
    assert first.article is not None and first.article.text == "El texto entero."
    assert second.article is not None and second.article.text == "Tres."


def test_feeds_a_page_that_cannot_be_had_leaves_the_summary() -> None:
    first, _ = read(ATOM, fetch_text=lambda _: None)
    assert first.article is not None and first.article.text == "Uno.\nDos."


@pytest.mark.parametrize("content", ["nada", "<rss", "<html><body>404</body></html>"])
def test_feeds_what_is_no_feed_says_so(content: str) -> None:
    assert reason_of(content).startswith(("decode", "contract"))


def test_feeds_a_web_page_says_what_to_do() -> None:
    assert "name the feed that it links to" in reason_of("<!DOCTYPE html><html><body>404</body></html>")
    link = '<link rel="alternate" type="application/rss+xml" href="https://diario.example/rss?a=1&amp;b=2">'
    assert reason_of(f"<html><head>{link}</head></html>").endswith(": https://diario.example/rss?a=1&b=2")


def test_feeds_items_that_share_a_link_are_told_apart_by_their_ids() -> None:
    items = "".join(
        f"<item><link>https://diario.example/</link><guid isPermaLink='false'>g-{n}</guid>"
        f"<pubDate>2026-03-06</pubDate><description>Noticia {n}.</description></item>"
        for n in range(3)
    )
    entries = read(f'<rss version="2.0"><channel><title>D</title>{items}</channel></rss>')
    assert [entry.article.id for entry in entries if entry.article] == ["g-0", "g-1", "g-2"]


def test_feeds_links_lose_what_tells_where_they_were_clicked() -> None:
    one = ATOM.replace(
        "https://example.org/a", "https://example.org/a?utm_source=rss&amp;utm_medium=x#?ref=rss"
    )
    assert read(one)[0].article == read(ATOM)[0].article


def test_feeds_a_path_in_a_file_is_not_opened(tmp_path: Path) -> None:
    """feedparser takes a string that names a file for the file."""
    secret = tmp_path / "secret.xml"
    secret.write_text(ATOM, "utf-8")
    assert [entry.article for entry in read(f"<rss>{secret}</rss>")] == [None] or read(
        f"<rss>{secret}</rss>"
    ) == []
    assert reason_of(str(secret)).startswith("contract")


RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>Agencia</title><item><title>Visita</title><guid>a-1</guid>
<pubDate>{date}</pubDate><description>{body}</description></item></channel></rss>"""


def rss(
    body: str = "Ana visitó Lima.", date: str = "Fri, 13 Oct 2000 23:30:00 -0500", encoding: str = "utf-8"
) -> str:
    return RSS.format(body=body, date=date, encoding=encoding)


def test_feeds_latin_1_declared_as_utf_8_is_read() -> None:
    article = article_of(rss("Habló la señora Ibáñez.").encode("latin-1"))
    assert article.text == "Habló la señora Ibáñez."


def test_feeds_utf_8_declared_as_latin_1_is_read_and_said() -> None:
    body = rss("Habló la señora Ibáñez.", encoding="iso-8859-1")
    assert article_of(body).text == "Habló la señora Ibáñez."
    assert notes_of(body) == ("encoding is not the one declared: read as UTF-8",)


def test_feeds_dates_of_rss_are_read_as_spanish_systems_write_them() -> None:
    assert (
        article_of(rss(date="vie, 13 oct 2000 23:30:00 +0200")).published.isoformat()
        == "2000-10-13T23:30:00+02:00"
    )
    assert article_of(rss(date="13/10/2000 23:30")).published.isoformat() == "2000-10-13T23:30:00+00:00"
    assert notes_of(rss(date="13/10/2000 23:30")) == ("time without zone, taken as UTC",)
    assert "no date that can be read" in reason_of(rss(date="ayer"))


def test_feeds_bare_text_with_blank_lines_has_paragraphs() -> None:
    assert article_of(rss("Uno dice.\n\nDos responde.")).text == "Uno dice.\nDos responde."


def test_feeds_entities_of_its_own_are_refused() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + rss("&b;").partition("?>")[2]
    assert "entities of its own" in reason_of(bomb)


def test_feeds_of_one_item_without_a_body_is_refused_and_the_next_is_read() -> None:
    two = rss("").replace(
        "</channel>",
        "<item><guid>b</guid><pubDate>2000-10-13</pubDate>"
        "<description>Ana habló.</description></item></channel>",
    )
    first, second = read(two)
    assert first.error is not None and "text is empty" in first.error.detail
    assert second.article is not None and second.article.published.isoformat() == "2000-10-13"


def test_feeds_an_empty_feed_is_no_error() -> None:
    assert read('<rss version="2.0"><channel><title>Nada</title></channel></rss>') == []


def test_feeds_a_missing_file_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file"):
        list(read_source(str(tmp_path / "x.jsonl"), OPTIONS))
    with pytest.raises(ConfigurationError, match="holds no"):
        list(read_source(str(tmp_path), OPTIONS))


def test_feeds_the_samples_are_all_articles(samples: Path) -> None:
    entries = list(read_source(str(samples), OPTIONS))
    assert len(entries) >= 12
    assert [entry for entry in entries if entry.error] == []
