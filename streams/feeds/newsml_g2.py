"""NewsML-G2 news items, alone or in a news message → articles.

Source: IPTC, NewsML-G2 Implementation Guide; `itemMeta` manages, `contentMeta` describes. The IPTC's own
reader, newsmlg2, wants namespaces that real files lack, expands entities and does not look into news
messages: the tests compare with it.
"""

from collections.abc import Iterator
from typing import Any, Final

from schemas import ContractError
from streams.article_files import Entry
from streams.feeds.datelines import PREPENDED, with_dateline
from streams.feeds.drafts import HELD, KILLED, NOT_TEXT, Draft, ReadingOptions, finish, version_number
from streams.feeds.nitf import nitf_body
from streams.feeds.paragraphs import GUESSED, any_paragraphs, body_paragraphs, fullest
from streams.feeds.payloads import Payload
from streams.feeds.safe_xml import attribute_at, language_of, text_at

_OTHER_ITEMS: Final = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_SUMMARIES: Final = ("caption", "summary", "teaser")


def read_newsml_g2(payload: Payload, options: ReadingOptions) -> Iterator[Entry]:
    """Read the news items of a payload; packages, pictures and concepts are passed over.

    Raises:
        DecodeError: It is no XML that we read.
    """
    root, notes = payload.xml.root, [*payload.notes, *payload.xml.notes]
    items = list(root.iter("newsItem", *_OTHER_ITEMS))
    sent = text_at(root, "header/sent")
    for number, item in enumerate(items, start=1):
        place = payload.place if len(items) == 1 else f"{payload.place}: item {number}"
        if item.tag in _OTHER_ITEMS or _is_other_medium(item):
            yield Entry(place, skipped=NOT_TEXT, notes=tuple(notes))
        else:
            yield _entry(item, place, sent, list(notes), options)
    if not items:
        yield Entry(payload.place, error=ContractError("NewsML-G2 without an item"))


def _entry(item: Any, place: str, sent: str | None, notes: list[str], options: ReadingOptions) -> Entry:
    draft = _draft(item, place, sent, notes)
    found, guessed = ([], False) if draft.withdrawn else _body(item)
    if not found and not draft.withdrawn:
        remote = item.find("contentSet/remoteContent") is not None
        reason = "text: stands in another file" if remote else "text: there is none in the item"
        return Entry(place, error=ContractError(reason), notes=tuple(notes))
    found, prepended = with_dateline(text_at(item, "contentMeta/dateline"), found)
    draft.notes += [GUESSED] * guessed + [PREPENDED] * prepended
    draft.text = "\n".join(found)
    return finish(draft, options)


def _draft(item: Any, place: str, sent: str | None, notes: list[str]) -> Draft:
    status = _code(item, "itemMeta/pubStatus") or "usable"
    versioned = text_at(item, "itemMeta/versionCreated")
    embargo = item.find("itemMeta/embargoed")
    ends = text_at(item, "itemMeta/embargoed") if embargo is not None else None
    held = embargo is not None or status in HELD
    return Draft(
        place,
        published=(
            text_at(item, "itemMeta/firstCreated"),
            text_at(item, "contentMeta/contentCreated"),
            versioned,
            sent,
        ),
        updated=versioned,
        id=(item.get("guid") or "").strip() or None,
        title=_headline(item),
        source=_name(item, "itemMeta/provider") or _name(item, "rightsInfo/copyrightHolder"),
        language=attribute_at(item, "contentMeta/language", "tag") or language_of(item),
        authors=[name for name in (_name_of(c) for c in item.iterfind("contentMeta/creator")) if name],
        version=version_number(item.get("version")),
        withdrawn=status in KILLED,
        embargoed=(ends or True) if held else False,
        notes=notes,
    )


def _body(item: Any) -> tuple[list[str], bool]:
    """Give the paragraphs of the fullest text among the alternatives of the content set."""
    return fullest(
        _inline(content)
        for content in item.iterfind("contentSet/*")
        if content.tag in ("inlineXML", "inlineData")
        and not any(word in (content.get("rendition") or "").lower() for word in _SUMMARIES)
        and not (content.get("contenttype") or "text").startswith(("image", "video", "audio"))
    )


def _inline(content: Any) -> tuple[list[str], bool]:
    nitf = next(content.iter("nitf"), None)
    if nitf is not None:
        return nitf_body(nitf)
    html = next(content.iter("body"), None)
    if html is not None:
        return body_paragraphs(html)
    if content.tag == "inlineData":
        return any_paragraphs("".join(content.itertext()))
    return body_paragraphs(content)


def _headline(item: Any) -> str | None:
    main = [
        found
        for found in item.iterfind("contentMeta/headline")
        if (found.get("role") or "main").rpartition(":")[2].lower() in ("main", "headline")
    ]
    for headline in main:
        text = text_at(headline, ".")
        if text:
            return text
    return text_at(item, "contentMeta/headline", "itemMeta/title")


def _code(item: Any, path: str) -> str | None:
    """Give the last part of a code, whatever alias its scheme has: `stat:usable` → `usable`."""
    code = attribute_at(item, path, "qcode", "uri", "literal")
    return code.replace("/", ":").rpartition(":")[2].lower() if code else None


def _name(item: Any, path: str) -> str | None:
    return next((name for name in (_name_of(found) for found in item.iterfind(path)) if name), None)


def _name_of(element: Any) -> str | None:
    name = text_at(element, "name") or attribute_at(element, ".", "literal")
    code = attribute_at(element, ".", "qcode")
    return name or (code.rpartition(":")[2] if code else None)


def _is_other_medium(item: Any) -> bool:
    kind = _code(item, "itemMeta/itemClass")
    return kind is not None and kind not in ("text", "composite", "newsitem")
