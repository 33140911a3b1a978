"""HTML of feeds → plain text, paragraphs separated by newlines."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
    | {"section", "article", "table", "tr", "figure", "figcaption"}
)
_UNSEEN: Final = frozenset({"script", "style", "noscript", "iframe"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))


def plain_text(html: str) -> str:
    r"""Give the text that a reader sees.

    >>> plain_text("<p>Petro visit&oacute; <b>Lima</b>.</p><p>Nada m&aacute;s.</p>")
    'Petro visitó Lima.\nNada más.'
    """
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r" {2,}", " ", line).strip() for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
