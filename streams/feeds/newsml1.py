"""NewsML 1.0 to 1.2, as AFP delivers it → articles.

Source: IPTC, NewsML 1.2; `NewsIdentifier` names an item without its revision, `Status` manages it.
"""

from collections.abc import Iterator
from typing import Any, Final

from schemas import ContractError
from streams.article_files import Entry
from streams.feeds.datelines import PREPENDED, with_dateline
from streams.feeds.drafts import HELD, KILLED, NOT_TEXT, Draft, ReadingOptions, finish, version_number
from streams.feeds.nitf import are_initials, nitf_body
from streams.feeds.paragraphs import GUESSED, body_paragraphs, fullest
from streams.feeds.payloads import Payload
from streams.feeds.safe_xml import attribute_at, language_of, text_at

_MANAGEMENT: Final = "NewsManagement"
_CAPTIONS: Final = ("caption", "picture", "photo", "legend")


def read_newsml1(payload: Payload, options: ReadingOptions) -> Iterator[Entry]:
    """Read the articles of a NewsML 1 payload; pictures and lists are passed over.

    Raises:
        DecodeError: It is no XML that we read.
    """
    root, notes = payload.xml.root, [*payload.notes, *payload.xml.notes]
    items = list(root.iter("NewsItem"))
    sent = text_at(root, "NewsEnvelope/DateAndTime")
    for number, item in enumerate(items, start=1):
        place = payload.place if len(items) == 1 else f"{payload.place}: item {number}"
        yield _entry(item, place, sent, list(notes), options)
    if not items:
        yield Entry(payload.place, error=ContractError("NewsML without a NewsItem"))


def _entry(item: Any, place: str, sent: str | None, notes: list[str], options: ReadingOptions) -> Entry:
    draft = _draft(item, place, sent, notes)
    contents = [] if draft.withdrawn else _text_contents(item)
    if item.find("Update") is not None:
        return Entry(
            place, error=ContractError("an update of parts of an item, which has no text of its own")
        )
    if not contents and not draft.withdrawn:
        if item.find("NewsComponent") is not None and not _refers_to_text(item):
            return Entry(place, skipped=NOT_TEXT, notes=tuple(notes))
        return Entry(place, error=ContractError("text: stands in another file, or there is none"))
    found, guessed = fullest(_paragraphs(content) for content in contents)
    found, prepended = with_dateline(text_at(item, ".//NewsLines/DateLine"), found)
    draft.notes += [GUESSED] * guessed + [PREPENDED] * prepended
    draft.text = "\n".join(found)
    return finish(draft, options)


def _draft(item: Any, place: str, sent: str | None, notes: list[str]) -> Draft:
    status = (attribute_at(item, f"{_MANAGEMENT}/Status", "FormalName") or "").lower()
    orders = {
        (found.get("FormalName") or "").lower()
        for name in ("Instruction", "NewsItemType")
        for found in item.iterfind(f"{_MANAGEMENT}/{name}")
    }
    first = text_at(item, f"{_MANAGEMENT}/FirstCreated")
    revised = text_at(item, f"{_MANAGEMENT}/ThisRevisionCreated")
    day = text_at(item, "Identification/NewsIdentifier/DateId")
    ends = text_at(item, f"{_MANAGEMENT}/StatusWillChange/DateAndTime")
    return Draft(
        place,
        published=(first, revised, day, sent),
        updated=revised,
        id=_identifier(item),
        title=text_at(item, ".//NewsLines/HeadLine"),
        source=_party(item, "Provider") or _party(item, "Source"),
        language=attribute_at(item, ".//DescriptiveMetadata/Language", "FormalName") or language_of(item),
        authors=_authors(item),
        version=version_number(text_at(item, "Identification/NewsIdentifier/RevisionId")),
        withdrawn=status in KILLED or bool(orders & KILLED),
        embargoed=(ends or True) if status in HELD else False,
        notes=notes,
    )


def _identifier(item: Any) -> str | None:
    """Give the public identifier without its revision, which is what versions share."""
    provider, day, name = (
        text_at(item, f"Identification/NewsIdentifier/{part}")
        for part in ("ProviderId", "DateId", "NewsItemId")
    )
    if provider and name:
        return f"urn:newsml:{provider}:{day or ''}:{name}"
    public = text_at(item, "Identification/NewsIdentifier/PublicIdentifier")
    revision = text_at(item, "Identification/NewsIdentifier/RevisionId")
    if public:
        return public.removesuffix(f":{revision}") if revision else public
    return item.get("Duid") or None


def _party(item: Any, role: str) -> str | None:
    return attribute_at(item, f".//AdministrativeMetadata/{role}/Party", "FormalName")


def _authors(item: Any) -> list[str]:
    byline = text_at(item, ".//NewsLines/ByLine")
    if byline:
        return [byline.removeprefix("Por ").removeprefix("By ")]
    creator, provider = _party(item, "Creator"), _party(item, "Provider")
    return [creator] if creator and creator != provider and not are_initials(creator) else []


def _text_contents(item: Any) -> list[Any]:
    """Give the inline contents that are text, captions of pictures left out."""
    found = []
    for component in [item, *item.iter("NewsComponent")]:
        role = (attribute_at(component, "Role", "FormalName") or "").lower()
        if any(word in role for word in _CAPTIONS):
            continue
        for content in component.findall("ContentItem"):
            media = (attribute_at(content, "MediaType", "FormalName") or "text").lower()
            data = content.find(".//DataContent")
            if data is not None and media in ("text", "complexdata", "composite"):
                found.append(data)
    return found


def _refers_to_text(item: Any) -> bool:
    return any(
        content.get("Href") and (attribute_at(content, "MediaType", "FormalName") or "").lower() == "text"
        for content in item.iter("ContentItem")
    )


def _paragraphs(data: Any) -> tuple[list[str], bool]:
    nitf = data.find(".//nitf")
    return nitf_body(nitf) if nitf is not None else body_paragraphs(data)
