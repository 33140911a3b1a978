"""Feeds on the web → articles."""

from collections.abc import Iterator

from schemas import DecodeError
from streams.article_files import Entry
from streams.feeds.documents import Document
from streams.feeds.drafts import ReadingOptions
from streams.feeds.formats import read_document


def read_address(address: str, options: ReadingOptions) -> Iterator[Entry]:
    """Read the articles of a feed on the web, with the pages of those that are only summaries."""
    import trafilatura

    content = trafilatura.fetch_url(address)
    if content is None:
        yield Entry(address, error=DecodeError("the address cannot be reached or gives nothing"))
        return
    document = Document(address, content.encode(), address)
    yield from read_document(document, options, fetch_text=fetch_page_text)


def fetch_page_text(address: str) -> str | None:
    """Fetch a web page and give its main text."""
    import trafilatura

    page = trafilatura.fetch_url(address)
    return trafilatura.extract(page, include_comments=False) if page else None
