"""A payload in memory, and what its first characters say it is."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from streams.feeds.decoding import decode_text
from streams.feeds.safe_xml import ParsedXml, parse_xml


class Format(StrEnum):
    """What a payload is, by its content; names and endings of files only break ties."""

    JSON = "JSON"
    SYNDICATION = "RSS or Atom"
    NEWSML_G2 = "NewsML-G2"
    NEWSML_1 = "NewsML 1.2"
    NITF = "NITF"
    EUROPA_PRESS = "Europa Press"
    HTML = "HTML"
    OTHER_XML = "XML"
    TEXT = "text"
    BINARY = "binary"
    EMPTY = "empty"


_ROOTS: Final = {
    **dict.fromkeys(("rss", "RDF", "feed", "channel"), Format.SYNDICATION),
    **dict.fromkeys(("newsItem", "newsMessage", "packageItem", "conceptItem"), Format.NEWSML_G2),
    **dict.fromkeys(("knowledgeItem", "planningItem", "catalogItem"), Format.NEWSML_G2),
    "NewsML": Format.NEWSML_1,
    "nitf": Format.NITF,
    **dict.fromkeys(("NOTICIA", "NOTICIAS"), Format.EUROPA_PRESS),
    **dict.fromkeys(("html", "HTML"), Format.HTML),
}
_PROLOG: Final = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!(?:DOCTYPE|doctype)(?:[^\[\]<>]|\[[^\]]*\])*>)*", re.DOTALL
)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_PROLOG_CHARACTERS: Final = 64 * 1024
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Payload:
    """Bytes of a file, a feed or standard input.

    Attributes:
        place: What to call it in messages.
        data: As received.
        address: Where on the web it came from, if it did.
    """

    place: str
    data: bytes
    address: str | None = None

    @cached_property
    def _decoded(self) -> tuple[str, list[str]]:
        return decode_text(self.data)

    @property
    def text(self) -> str:
        """Its characters."""
        return self._decoded[0]

    @property
    def notes(self) -> list[str]:
        """What had to be guessed to decode it, a new list each time."""
        return list(self._decoded[1])

    @cached_property
    def xml(self) -> ParsedXml:
        """Its elements; see `parse_xml`."""
        return parse_xml(self.text)

    @cached_property
    def format(self) -> Format:
        """What it is."""
        return format_of(self.text)


def format_of(text: str) -> Format:
    """Tell the format of a payload by its characters."""
    head = text[:_PROLOG_CHARACTERS].removeprefix("\ufeff")
    opening = head.lstrip()
    if not opening:
        return Format.EMPTY
    if opening[0] in "{[":
        return Format.JSON
    if opening[0] == "<":
        start = _PROLOG.match(head)
        root = _ROOT.match(head, start.end() if start else 0)
        return _ROOTS.get(root[1], Format.OTHER_XML) if root else Format.OTHER_XML
    return Format.BINARY if len(_CONTROLS.findall(head[:4096])) > 4 else Format.TEXT
