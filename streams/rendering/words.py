"""What an event says, as short pieces of plain text that any rendering may use."""

import unicodedata
from typing import Final

from schemas import Basis, Event, Factuality, SigningEvent, StatementEvent

_KEPT_CONTROLS: Final = {"\n", "\t"}


def clean(text: str) -> str:
    r"""Take the control characters out of foreign text, which could steer a terminal.

    >>> clean("Lima\x1b[2J")
    'Lima[2J'
    """
    return "".join(c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc")


def shorten(text: str, characters: int) -> str:
    r"""Cut a text on one line to at most so many characters, at a word where there is one.

    >>> shorten("el pacto sobre\nla pesca", 12)
    'el pacto…'
    """
    line = " ".join(text.split())
    if len(line) <= characters:
        return line
    head = line[: characters - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"


def what_type(event: Event) -> str:
    """Name the type, with the act of a statement and a factuality that is not plain fact."""
    if isinstance(event, StatementEvent):
        return f"statement: {event.act}"
    return event.type if event.factuality is Factuality.ASSERTED else f"{event.type}: {event.factuality}"


def who(event: Event) -> list[tuple[str, str]]:
    """List the participants: role and name."""
    return [(participant.role, clean(participant.name)) for participant in event.participants]


def when(event: Event) -> str:
    """Give the date; one that only the publication suggests stands in brackets."""
    if event.date is None:
        return ""
    return f"({event.date.value})" if event.date.basis is Basis.PUBLICATION else event.date.value


def where(event: Event) -> str:
    """Give the place."""
    return clean(event.place.name) if event.place else ""


def what(event: Event) -> str:
    """Give the document, what is said, or the words that name the event."""
    if isinstance(event, SigningEvent) and event.document is not None:
        return clean(event.document.text)
    if isinstance(event, StatementEvent) and event.content:
        return clean(" … ".join(span.text for span in event.content))
    return clean(", ".join(dict.fromkeys(span.text for span in event.triggers)))


def relied_on(event: Event) -> str:
    """Give who the article relies on for the event."""
    return clean(", ".join(source.name for source in event.attribution))
