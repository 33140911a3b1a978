"""XML of strangers → elements: no entity is expanded, nothing is fetched, size and depth are bounded."""

import html.entities
import re
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from schemas import DecodeError

REPAIRED: Final = "XML with mistakes, repaired"

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE_CHARACTERS: Final = 4096
_END: Final = re.compile(">")
_SUBSET_END: Final = re.compile(r"\]\s*>")
_DECLARED: Final = re.compile(r"<!ENTITY\s+([^\s%]+)\s")
_FORBIDDEN: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND: Final = re.compile(r"&(?!#\d+;|#x[0-9A-Fa-f]+;|[A-Za-z][\w.-]*;)")
_END_CHARACTERS: Final = 4096
_LIMIT: Final = re.compile(r"huge|depth|limit|too long", re.IGNORECASE)
_OF_XML: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class ParsedXml:
    """The root of a payload, every tag without namespace, and what had to be mended."""

    root: Any
    notes: tuple[str, ...] = ()


def parse_xml(text: str) -> ParsedXml:
    """Parse a payload's characters; namespaces are dropped, since real files lack or misspell them.

    HTML's named entities become their characters, as nobody declares them. Mistakes of form are
    mended; a payload that breaks off is not, since half an article is worse than none.

    Raises:
        DecodeError: Not XML, cut off, nested or grown beyond bounds, or using entities of its own.
    """
    text = without_doctype(_DECLARATION.sub("", text, count=1))
    text = _NAMED.sub(_character, _FORBIDDEN.sub("", text))
    try:
        return ParsedXml(_without_namespaces(_parse(text, recover=False)))
    except etree.XMLSyntaxError as error:
        if _LIMIT.search(str(error)):
            raise DecodeError(f"the XML is beyond the bounds of the parser: {error.msg}") from error
        return ParsedXml(_without_namespaces(_mend(text, error)), (REPAIRED,))


def without_doctype(text: str) -> str:
    """Cut out the document type: nothing in it is needed, and its entities are the trap.

    AFP's names a DTD by a parameter entity, which is harmless unread.

    Raises:
        DecodeError: The text uses an entity that the document type declares.
    """
    start = text.find("<!DOCTYPE")
    if start >= 0:
        subset = text.find("[", start, start + _DOCTYPE_CHARACTERS)
        first_end = text.find(">", start)
        end = _SUBSET_END.search(text, subset) if 0 <= subset < first_end else _END.search(text, start)
        if end is not None:
            declared = set(_DECLARED.findall(text, start, end.end()))
            text = text[:start] + text[end.end() :]
            used = sorted(name for name in declared if f"&{name};" in text)
            if used:
                raise DecodeError(f"the XML uses entities of its own, which can be a trap: {used[0][:40]}")
    if "<!ENTITY" in text:
        raise DecodeError("the XML declares entities of its own where none belong, which can be a trap")
    return text


def language_of(element: Any) -> str | None:
    """Give `xml:lang` or `lang` of an element."""
    return element.get(_LANG) or element.get("lang") or None


def text_at(element: Any, *paths: str) -> str | None:
    """Give the text of the first of these descendants that has any, on one line."""
    for path in paths:
        for found in element.iterfind(path):
            text = " ".join("".join(found.itertext()).split())
            if text:
                return text
    return None


def attribute_at(element: Any, path: str, *names: str) -> str | None:
    """Give the first of these attributes that a descendant at the path has."""
    for found in element.iterfind(path):
        for name in names:
            value = (found.get(name) or "").strip()
            if value:
                return str(value)
    return None


def _parse(text: str, *, recover: bool) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    root = etree.fromstring(text.encode(), parser)
    if root is None:
        raise DecodeError("not XML: there is no element in it")
    return root


def _mend(text: str, error: etree.XMLSyntaxError) -> Any:
    root_name = re.search(r"<([^\s<>!?/]+)", text)
    closed = root_name and re.search(
        rf"(?:</{re.escape(root_name[1])}\s*>|/>)\s*(?:<!--.*?-->\s*)*$", text[-_END_CHARACTERS:], re.DOTALL
    )
    if not closed:
        raise DecodeError(f"the XML is cut off or is none: {error.msg}") from error
    try:
        return _parse(_with_ampersands(text), recover=True)
    except etree.XMLSyntaxError as again:
        raise DecodeError(f"not XML: {again.msg}") from again


def _with_ampersands(text: str) -> str:
    """Escape bare ampersands outside CDATA; by hand, since a regex could be made to take forever."""
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        pieces += [_BARE_AMPERSAND.sub("&amp;", text[at:start]), text[start : end + 3]]
        at = end + 3
    return "".join([*pieces, _BARE_AMPERSAND.sub("&amp;", text[at:])])


def _character(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name in _OF_XML else html.entities.html5.get(f"{name};", found[0])


def _without_namespaces(root: Any) -> Any:
    for element in root.iter(etree.Element):
        name = element.tag.rpartition("}")[2].rpartition(":")[2]
        try:
            element.tag = name
        except ValueError:  # the part after the colon is no name, such as `x:2`
            element.tag = "unnamed"
    return root
