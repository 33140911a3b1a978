"""Bodies of all kinds → paragraphs: HTML, XML elements, and text that has only line breaks."""

import html
import re
from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

GUESSED: Final = "paragraphs guessed from line breaks"

_BLOCKS: Final = frozenset(
    {"p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote", "section", "article"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "thead", "tbody", "main", "header", "footer"}
    | {"hl1", "hl2", "bq", "block", "block-quote", "note", "body.content"}  # NITF
)
_CELLS: Final = frozenset({"td", "th"})
_UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "iframe", "template", "head", "title", "svg", "form", "button", "nav"}
    | {"aside", "figure", "figcaption", "object", "video", "audio", "select", "textarea"}
    | {"media", "media-caption", "media-metadata", "media-reference"}  # NITF
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_C1: Final = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""References like &#147; mean Windows-1252, whatever Unicode has there."""
_TAG: Final = re.compile(
    r"</?(?:p|br|hr|div|span|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|td|th|a|b|i|u|em|strong|small|sup|sub|font"
    r"|img|figure|blockquote|section|article|pre|html|body)\b[^<>]*>",
    re.IGNORECASE,
)
_ESCAPED_TAG: Final = re.compile(r"&lt;/?(?:p|br|div)\b", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w+);")


def plain_text(markup: str) -> str:
    r"""Give the text that a reader sees, paragraphs separated by newlines.

    >>> plain_text("<p>Petro visit&oacute; <b>Lima</b>.</p><p>Nada m&aacute;s.</p>")
    'Petro visitó Lima.\nNada más.'
    """
    return "\n".join(html_paragraphs(markup))


def html_paragraphs(markup: str) -> list[str]:
    """Give the paragraphs that a reader of HTML sees: no scripts, menus, captions."""
    if not _MARKUP.search(markup):
        return _clean([markup])
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    data = f"<body>{_INVISIBLE.sub('', markup)}</body>".encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:  # nothing but what HTML does not show
        return []
    return [] if root is None else element_paragraphs(root)


def element_paragraphs(root: Any) -> list[str]:
    """Give the paragraphs of an element of HTML, XHTML or NITF whose tags have no namespace."""
    pieces: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else None
        shown = tag is not None and tag.lower() not in _UNSEEN
        if event == "start":
            pieces.append(_break(tag) + _one_line(element.text) if shown else "")
            if not shown:
                walker.skip_subtree()
            continue
        pieces.append(_break(tag) if event == "end" and shown else "")
        if element is not root:
            pieces.append(_one_line(element.tail))
    return _clean("".join(pieces).split("\n"))


def text_paragraphs(text: str) -> tuple[list[str], bool]:
    r"""Give the paragraphs of text without markup, and whether line breaks had to be interpreted.

    Blank lines separate paragraphs; without any, an indented line begins one; without those, each
    line is one, unless lines break off mid-sentence, as where text was wrapped.

    >>> text_paragraphs("Uno.\n\nDos y\ntres.")
    (['Uno.', 'Dos y tres.'], True)
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    if len(lines) == 1:
        return _clean(lines), False
    if any(not line.strip() for line in lines):
        blocks = re.split(r"\n[ \t]*\n", "\n".join(lines))
        if _is_indented(lines):
            blocks = [block for part in blocks for block in _by_indent(part.split("\n"))]
        return _clean(blocks), True
    if _is_indented(lines):
        return _clean(_by_indent(lines)), True
    return (_clean(["\n".join(lines)]) if _is_wrapped(lines) else _clean(lines)), True


def body_paragraphs(element: Any) -> tuple[list[str], bool]:
    """Give the paragraphs of a body that may hold elements, escaped HTML or bare text.

    Returns:
        The paragraphs, and whether they had to be guessed from line breaks.
    """
    raw = "".join(element.itertext())
    if not any(isinstance(child.tag, str) for child in element):
        return any_paragraphs(raw)
    found = element_paragraphs(element)
    if len(found) == 1 and raw.strip("\n").count("\n") > 1:
        guessed, _ = text_paragraphs(raw)
        if len(guessed) > 1:
            return guessed, True
    return found, False


def fullest(bodies: Iterable[tuple[list[str], bool]]) -> tuple[list[str], bool]:
    """Choose among forms of one text: of those about as long as the longest, the one with most paragraphs."""
    known = list(bodies)
    sizes = [len("".join(found).replace(" ", "")) for found, _ in known]
    whole = [body for body, size in zip(known, sizes, strict=True) if size >= 0.9 * max(sizes)]
    return max(whole, key=lambda body: len(body[0]), default=([], False))


def any_paragraphs(text: str) -> tuple[list[str], bool]:
    """Give the paragraphs of what is HTML or bare text: tags or entities tell."""
    if _ESCAPED_TAG.search(text):  # escaped once too often
        text = html.unescape(text)
    if not _TAG.search(text):
        found, guessed = text_paragraphs(text)
        return ([p for part in found for p in html_paragraphs(part)] if "&" in text else found), guessed
    found = html_paragraphs(text)
    if len(found) == 1 and text.strip("\n").count("\n") > 1:
        stripped, _ = text_paragraphs(re.sub(r"<[^<>]*>", "", text))
        if len(stripped) > 1:
            return [p for part in stripped for p in html_paragraphs(part)], True
    return found, False


def _break(tag: str | None) -> str:
    name = (tag or "").lower()
    return "\n" if name in _BLOCKS else " " if name in _CELLS else ""


def _one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _clean(paragraphs: Iterable[str]) -> list[str]:
    cleaned = (" ".join(_INVISIBLE.sub("", p).translate(_C1).split()) for p in paragraphs)
    return [paragraph for paragraph in cleaned if paragraph]


def _is_indented(lines: list[str]) -> bool:
    return any(re.match(r"(?:\t| {2,})\S", line) for line in lines[1:]) and any(
        re.match(r"\S", line) for line in lines[1:]
    )


def _by_indent(lines: list[str]) -> list[str]:
    blocks: list[str] = []
    for line in lines:
        if not blocks or re.match(r"(?:\t| {2,})\S", line):
            blocks.append(line)
        else:
            blocks[-1] += "\n" + line
    return blocks


def _is_wrapped(lines: list[str]) -> bool:
    """Tell lines that a machine wrapped: most of them end within a sentence."""
    ends = [bool(re.search(r"[.!?…:»”\"']\)?$", line.strip())) for line in lines[:-1]]
    return sum(ends) * 2 < len(ends)
