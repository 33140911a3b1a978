"""Events as sentences that a person could have written; the words are in `locale/`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from schemas import Event, Kind, Participant, SigningEvent, Span, StatementEvent, StatementKind
from schemas.events import Act
from streams.dashboard.plain_text import plain
from streams.rendering.words import shorten

if TYPE_CHECKING:
    from streams.dashboard.wording import Wording

_CONTENT_CHARACTERS: Final = 220
_DOCUMENT_CHARACTERS: Final = 120

_NAMED: Final = (Kind.PERSON, Kind.COUNTRY)
"""Whose names need no article: "exige a Ana Sol", but "al Ministerio"."""


def sentence(words: Wording, event: Event) -> str:
    """Tell an event in one sentence, without its date and source."""
    told = _statement(words, event) if isinstance(event, StatementEvent) else _happening(words, event)
    return told[:1].upper() + told[1:]


def _statement(words: Wording, event: StatementEvent) -> str:
    """Only what stands between quotation marks in the article does so here."""
    speakers = [p for p in event.participants if p.role == "speaker"]
    whom = [plain(p.name) for p in event.participants if p.role == "addressee" and p.kind in _NAMED]
    address = words.group("to").get(event.act.value) if whom else None
    form = _form(event)
    verbs = words.group("says")[event.act.value]
    if form == "clause" and address is None:
        verbs = words.group("says_that").get(event.act.value, verbs)
    names = words.names([plain(p.name) for p in speakers]) or words["somebody"]
    told = f"{names} {verbs['many' if _plural(speakers) else 'one']}"
    if address is not None:
        told += f" {address.format(whom=words.names(whom))}"
    said = shorten(plain(" […] ".join(span.text for span in event.content)), _CONTENT_CHARACTERS)
    if form == "quotation":
        said = _inner_quotes(said)
    return str(words.group("statement")[form]).format(told=told, said=said) if said else told


def _form(event: StatementEvent) -> str:
    """Say how the content follows the verb: a quotation, a clause ("que …"), an object, or neither."""
    if event.kind is StatementKind.DIRECT or not event.content:
        return "quotation"
    before = _before(event, event.content[0]).split()
    if not before:
        return "apart"
    if before[-1] == _particles()["that"]:
        return "apart" if event.act is Act.ACCUSE and _has_addressee(event) else "clause"
    takes_object = event.act.value in _particles()["acts_with_object"]
    is_object = (
        before[-1].isalpha() and before[-1] != _particles()["of"] and event.content[0].text[:1].islower()
    )
    return "object" if takes_object and is_object else "apart"


def _has_addressee(event: Event) -> bool:
    return any(p.role == "addressee" and p.kind in _NAMED for p in event.participants)


def _happening(words: Wording, event: Event) -> str:
    templates = words.group("sentences").get(event.type)
    if templates is None:
        return _other(words, event)
    main = [p for p in event.participants if p.role != "host"]
    values = {
        "who": words.names([plain(p.name) for p in main]),
        "place": plain(event.place.name) if event.place else "",
        "host": words.names([plain(p.name) for p in event.participants if p.role == "host"]),
        **_document(event),
    }
    forms: Sequence[Mapping[str, Any]] = templates.get(event.factuality.value, templates["asserted"])
    for form in forms:
        if all(values[slot] for slot in form.get("needs", [])):
            return str(form["many" if _plural(main) and "many" in form else "one"]).format(**values)
    return _other(words, event)


def _document(event: Event) -> dict[str, str]:
    """Give a document's words, and the same with the article that the text gives them."""
    document = event.document if isinstance(event, SigningEvent) else None
    if document is None:
        return {"document": "", "phrase": ""}
    bare = shorten(plain(document.text), _DOCUMENT_CHARACTERS)
    before = re.findall(r"\w+", _before(event, document).lower())
    article = _particles()["articles"].get(before[-1]) if before else None
    return {"document": bare, "phrase": f"{article} {bare}" if article else ""}


def _other(words: Wording, event: Event) -> str:
    parts = [words.names([plain(p.name) for p in event.participants])]
    if isinstance(event, SigningEvent) and event.document is not None:
        parts.append(plain(event.document.text))
    parts.append(f"«{plain(event.triggers[0].text)}»")
    if event.place is not None:
        parts.append(plain(event.place.name))
    return f"{words.name_of('types', event.type)}: {' · '.join(part for part in parts if part)}"


def _plural(participants: Sequence[Participant]) -> bool:
    """Tell whether a verb stands in the plural: several, or one that is many, as "fuentes del sector"."""
    if len(participants) != 1:
        return len(participants) > 1
    (one,) = participants
    described = one.kind is Kind.GROUP or (one.kind is Kind.ORGANIZATION and one.name[:1].islower())
    return described and one.name.split()[0].endswith("s")


def _before(event: Event, span: Span) -> str:
    """Give what stands before a span in the sentence that the event rests on."""
    for evidence in event.evidence:
        if evidence.start <= span.start < evidence.end:
            return evidence.text[: span.start - evidence.start]
    return ""


def _inner_quotes(text: str) -> str:
    """Turn the quotation marks of a text into those that stand within « »."""
    return text.replace("«", "“").replace("»", "”")


@cache
def _particles() -> Mapping[str, Any]:
    """Give the words of the articles' language that sentences are put together by."""
    text = files("streams.dashboard").joinpath("locale/particles.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
