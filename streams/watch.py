"""Events as they arrive, for people: a line of Spanish each."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas import ContractError, Event, Participant, StatementEvent
from streams.codec import cloud_event_attributes, decode_event
from streams.records import StoredRecord, open_reader
from streams.rendering.words import clean, shorten
from streams.settings import Settings
from streams.topics import TopicNames

_TYPES: Final = {"visit": "visita", "signing": "firma", "meeting": "reunión", "statement": "declaración"}
_FACTUALITY: Final = {"planned": "prevista", "possible": "posible", "denied": "desmentida"}
_ACTS: Final = {
    "say": "dice",
    "announce": "anuncia",
    "promise": "promete",
    "praise": "elogia",
    "accuse": "acusa",
    "deny": "niega",
    "demand": "exige",
    "warn": "advierte",
    "invite": "invita",
    "support": "apoya",
    "admit": "admite",
    "propose": "propone",
}
_CONTENT_CHARACTERS: Final = 100


@dataclass(frozen=True)
class Watched:
    """A record of an event topic.

    Attributes:
        type: Event type, from the topic.
        event: None for a tombstone.
        event_id: Key of the record.
    """

    type: str
    event: Event | None
    event_id: str
    record: StoredRecord


def watch(
    settings: Settings,
    event_types: Sequence[str],
    *,
    since: datetime | None = None,
    from_beginning: bool = False,
    until_idle_seconds: float | None = None,
    limit: int | None = None,
) -> Iterator[Watched]:
    """Follow the event topics, from now unless told otherwise.

    Args:
        settings: Where the broker is, and the prefix of the topics.
        event_types: Which topics to follow.
        since: Begin with the records written then or later.
        from_beginning: Begin with the oldest that is left.
        until_idle_seconds: End when nothing has come for so long; None: never.
        limit: End after so many; None: never.

    Raises:
        BrokerUnreachableError: No broker answers.
        MissingTopicError: A topic does not exist.
    """
    names = TopicNames(settings.topic_prefix)
    shown, quiet_since = 0, time.monotonic()
    with open_reader(settings, [names.events(event_type) for event_type in event_types]) as reader:
        if from_beginning:
            reader.seek_to_beginning()
        elif since is not None:
            reader.seek_to_time(since)
        while limit is None or shown < limit:
            for record in sorted(reader.poll(), key=lambda found: found.timestamp_ms):
                quiet_since = time.monotonic()
                watched = _watched(names, record)
                if watched is not None and (limit is None or shown < limit):
                    shown += 1
                    yield watched
            if until_idle_seconds is not None and time.monotonic() - quiet_since >= until_idle_seconds:
                return


def _watched(names: TopicNames, record: StoredRecord) -> Watched | None:
    event_type = names.event_type(record.topic)
    event_id = (record.key or b"").decode("utf-8", "replace")
    if record.value is None:
        return Watched(event_type, None, event_id, record)
    try:
        return Watched(event_type, decode_event(record.value), event_id, record)
    except ContractError:
        return None  # another program writes there too; its records are not ours to show


def one_line(watched: Watched) -> str:
    """Tell an event in a line of Spanish.

    A statement names who says what, everything else who takes part, where and when. Control
    characters are taken out: the words come from the web and go to a terminal.
    """
    return clean(" ".join(_line(watched).split("\n")))


def _line(watched: Watched) -> str:
    if watched.event is not None:
        return event_line(watched.event)
    label = _TYPES.get(watched.type, watched.type)
    article = cloud_event_attributes(watched.record.headers).get("subject", "")
    return f"{label:<11}  retirada: {watched.event_id} (artículo {article})"


def event_line(event: Event) -> str:
    """Tell an event that stands in a line of Spanish, as `one_line` does."""
    label = _TYPES.get(event.type, event.type)
    when = event.date.value if event.date else "sin fecha"
    said = _statement(event) if isinstance(event, StatementEvent) else _happening(event)
    doubt = _FACTUALITY.get(event.factuality.value)
    notes = [*([doubt] if doubt else []), f"{event.confidence:.0%}".replace("%", " %")]
    return clean(" ".join(f"{label:<11}  {when:<10}  {said}  ({', '.join(notes)})".split("\n")))


def _statement(event: StatementEvent) -> str:
    speakers = _names(event.participants, "speaker") or "Alguien"
    content = shorten(" … ".join(span.text for span in event.content), _CONTENT_CHARACTERS)
    return (
        f"{speakers} {_ACTS[event.act.value]}: «{content}»"
        if content
        else f"{speakers} {_ACTS[event.act.value]}"
    )


def _happening(event: Event) -> str:
    parts = [_names(event.participants)] if event.participants else []
    document = getattr(event, "document", None)
    if document is not None:
        parts.append(f"«{' '.join(document.text.split())}»")
    if event.place is not None:
        parts.append(f"en {event.place.name}")
    return " · ".join(parts) or event.triggers[0].text


def _names(participants: Sequence[Participant], role: str | None = None) -> str:
    names = dict.fromkeys(p.name for p in participants if role is None or p.role == role)
    return ", ".join(names)
