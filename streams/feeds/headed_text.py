"""Plain text under a header of `Name: value` lines, as mailed bulletins have it → articles."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from streams.article_files import Entry
from streams.feeds.decoding import decode_text
from streams.feeds.drafts import KILLED, Draft, ReadingOptions, finish, version_number
from streams.feeds.paragraphs import GUESSED, text_paragraphs
from streams.feeds.payloads import Payload

_NAMES: Final = {
    **dict.fromkeys(("titulo", "titular", "title", "headline", "asunto", "subject"), "title"),
    **dict.fromkeys(("fecha", "date", "publicado", "published"), "published"),
    **dict.fromkeys(("fuente", "agencia", "medio", "source"), "source"),
    **dict.fromkeys(("autor", "autora", "autores", "firma", "author", "authors", "byline"), "authors"),
    **dict.fromkeys(("id", "identificador", "codigo", "guid"), "id"),
    **dict.fromkeys(("url", "enlace", "link"), "url"),
    **dict.fromkeys(("idioma", "lengua", "language"), "language"),
    **dict.fromkeys(("version", "revision"), "version"),
    **dict.fromkeys(("estado", "status"), "status"),
    **dict.fromkeys(("actualizado", "updated"), "updated"),
}
"""Names of header lines, without accents, and the field that each means."""

_HEADER_BYTES: Final = 4096
_LINE: Final = re.compile(r"([^\W\d_][\w -]{0,30}?)\s*:\s*(.*)")
_KILLED: Final = KILLED | {"anulada", "anulado", "retirada", "retirado", "withdrawn"}


def read_headed_text(payload: Payload, options: ReadingOptions) -> Iterator[Entry]:
    """Read the article of a text; without a header, its date must be given in the options."""
    fields, body = split_header(payload.text)
    found, guessed = text_paragraphs(body)
    draft = Draft(
        payload.place,
        text="\n".join(found),
        published=(fields.get("published"),),
        id=fields.get("id"),
        url=fields.get("url"),
        title=fields.get("title"),
        source=fields.get("source"),
        language=fields.get("language"),
        authors=[name.strip() for name in re.split(r"[;,]| y ", fields.get("authors", ""))],
        updated=fields.get("updated"),
        version=version_number(fields.get("version")),
        withdrawn=_plain(fields.get("status", "")) in _KILLED,
        notes=payload.notes + [GUESSED] * (guessed and "\n\n" not in body),
    )
    yield finish(draft, options)


def split_header(text: str) -> tuple[dict[str, Any], str]:
    r"""Split a text into its header and its body; a first line of another kind means no header.

    >>> split_header("Fecha: 2024-05-10\n\nAna habló.")
    ({'published': '2024-05-10'}, 'Ana habló.')
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").lstrip("\n").split("\n")
    fields: dict[str, Any] = {}
    for number, line in enumerate(lines):
        found = _LINE.fullmatch(line.strip())
        name = _NAMES.get(_plain(found[1])) if found else None
        if found is None or name is None:
            rest = lines[number + 1 :] if fields and not line.strip() else lines[number:]
            return fields, "\n".join(rest)
        if found[2].strip():
            fields.setdefault(name, found[2].strip())
    return fields, ""


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.strip().lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def has_header(path: Path) -> bool:
    """Tell whether a file begins with a header that says a date."""
    try:
        with path.open("rb") as stream:
            head, _ = decode_text(stream.read(_HEADER_BYTES))
    except OSError:
        return False
    return "published" in split_header(head)[0]
