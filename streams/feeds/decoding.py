"""Bytes of a payload → characters, whatever its declaration claims."""

import codecs
import re
from typing import Final

MISDECLARED: Final = "encoding is not the one declared: read as {encoding}"
NOT_UTF8: Final = "not UTF-8: read as {encoding}"

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_WESTERN: Final = frozenset({"iso8859-1", "cp1252", "ascii"})
_KNOWN: Final = re.compile(r"utf-(?:8|16|32)(?:-[lb]e)?|ascii|iso8859-\d+|cp125\d|mac-roman|cp437|cp850")
"""Only these are tried: other codecs can be made to take quadratic time, or mean something else."""


def decode_text(data: bytes) -> tuple[str, list[str]]:
    """Decode a payload; never fails.

    What is declared as Latin-1 is read as Windows-1252, its superset, as browsers do; what is valid
    UTF-8 beyond ASCII is UTF-8, whatever is declared.

    Returns:
        The characters, and notes on what had to be guessed.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data, encoding) or _western(data[len(bom) :], NOT_UTF8)
    if data[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        guess = _try(data, "utf-16-le" if data[0] else "utf-16-be")
        if guess:
            return guess
    declared = _declared(data)
    as_utf8 = _try(data, "utf-8")
    if as_utf8 is not None:
        misdeclared = declared in _WESTERN and not data.isascii()
        return (as_utf8[0], [MISDECLARED.format(encoding="UTF-8")]) if misdeclared else as_utf8
    if declared in _WESTERN:
        return _western(data, None)
    if declared and declared != "utf-8":
        guess = _try(data, declared)
        if guess:
            return guess
    return _western(data, NOT_UTF8)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.match(data)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    return name if _KNOWN.fullmatch(name) else None


def _try(data: bytes, encoding: str) -> tuple[str, list[str]] | None:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        return None


def _western(data: bytes, note: str | None) -> tuple[str, list[str]]:
    guess = _try(data, "cp1252") or (data.decode("latin-1"), [])
    return guess[0], [note.format(encoding="Windows-1252")] if note else []
