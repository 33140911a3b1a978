from pathlib import Path

import pytest

from schemas import ConfigurationError
from streams.article_files import Entry
from streams.feeds import read_source
from streams.feeds.rss import parse_feed

MAX = 4 * 1024 * 1024
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


def parse(content: str, **options: object) -> list[Entry]:
    return list(parse_feed(content.encode(), place="feed", max_bytes=MAX, **options))  # type: ignore[arg-type]


def test_feeds_an_atom_entry_becomes_an_article() -> None:
    first, second = parse(ATOM)
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
    assert [entry.article for entry in parse(ATOM)] == [entry.article for entry in parse(ATOM)]


def test_feeds_a_summary_is_completed_from_its_page() -> None:
    asked = []

    def fetch(address: str) -> str:
        asked.append(address)
        return "El texto entero."

    first, second = parse(ATOM, fetch_text=fetch)
    assert asked == ["https://example.org/a"]
    assert first.article is not None and first.article.text == "El texto entero."
    assert second.article is not None and second.article.text == "Tres."


def test_feeds_a_page_that_cannot_be_had_leaves_the_summary() -> None:
    first, _ = parse(ATOM, fetch_text=lambda _: None)
    assert first.article is not None and first.article.text == "Uno.\nDos."


@pytest.mark.parametrize("content", ["nada", "<rss", "<html><body>404</body></html>"])
def test_feeds_what_is_no_feed_says_so(content: str) -> None:
    (entry,) = parse(content)
    assert entry.error is not None
    assert "neither RSS nor Atom" in entry.error.detail


def test_feeds_a_missing_file_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such file"):
        list(read_source(str(tmp_path / "x.jsonl"), max_bytes=MAX))
    with pytest.raises(ConfigurationError, match="holds no"):
        list(read_source(str(tmp_path), max_bytes=MAX))


def test_feeds_the_samples_are_all_articles(samples: Path) -> None:
    entries = list(read_source(str(samples), max_bytes=MAX))
    assert len(entries) >= 12
    assert [entry for entry in entries if entry.error] == []
