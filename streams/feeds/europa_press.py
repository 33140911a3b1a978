"""Europa Press' own XML, `NOTICIA` → article: a code, a day, an hour, headlines and a body of bare lines."""

from collections.abc import Iterator
from typing import Final

from streams.article_files import Entry
from streams.feeds.drafts import Draft, ReadingOptions, finish
from streams.feeds.paragraphs import GUESSED, any_paragraphs
from streams.feeds.payloads import Payload
from streams.feeds.safe_xml import text_at

_OUTLET: Final = "Europa Press"


def read_europa_press(payload: Payload, options: ReadingOptions) -> Iterator[Entry]:
    """Read the articles of a payload, usually one.

    Raises:
        DecodeError: It is no XML that we read.
    """
    root, notes = payload.xml.root, [*payload.notes, *payload.xml.notes]
    found = [root] if root.tag == "NOTICIA" else list(root.iter("NOTICIA"))
    for number, item in enumerate(found, start=1):
        code, service = text_at(item, "CODIGO"), text_at(item, "SERVICIO")
        day, hour = text_at(item, "FECHA"), text_at(item, "HORA")
        body = next((e for e in item.iterfind("CONTENIDO") if "".join(e.itertext()).strip()), None)
        summary = item.find("ENTRADILLA") if body is None else None
        content = body if body is not None else summary
        paragraphs, guessed = (
            any_paragraphs("".join(content.itertext())) if content is not None else ([], False)
        )
        draft = Draft(
            payload.place if len(found) == 1 else f"{payload.place}: item {number}",
            text="\n".join(paragraphs),
            published=(f"{day} {hour}" if day and hour else day,),
            id=f"urn:europapress:{service or ''}:{code}" if code else None,
            title=text_at(item, "TITULAR"),
            source=_OUTLET,
            notes=notes + [GUESSED] * guessed + ["no body, so the abstract"] * (summary is not None),
        )
        yield finish(draft, options)
