"""NITF 3.x, as EFE and others deliver it → articles.

Source: IPTC, News Industry Text Format 3.6; `docdata` manages, `body` is what readers see.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, Final

from streams.article_files import Entry
from streams.feeds.drafts import HELD, KILLED, Draft, ReadingOptions, finish, seconds_between, version_number
from streams.feeds.paragraphs import GUESSED, body_paragraphs, element_paragraphs
from streams.feeds.payloads import Payload
from streams.feeds.safe_xml import attribute_at, language_of, text_at

VERSION_FROM_DATE: Final = "no version, so the seconds of its date of issue since 2000"
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC).isoformat()
_BODIES: Final = ("body/body.content", ".//body.content", "body", ".//body")


def read_nitf(payload: Payload, options: ReadingOptions) -> Iterator[Entry]:
    """Read the article of an NITF payload, or those of several in one element.

    Raises:
        DecodeError: It is no XML that we read.
    """
    root, notes = payload.xml.root, [*payload.notes, *payload.xml.notes]
    found = [root] if root.tag == "nitf" else list(root.iter("nitf"))
    for number, element in enumerate(found, start=1):
        place = payload.place if len(found) == 1 else f"{payload.place}: item {number}"
        yield finish(_draft(element, place, options, list(notes)), options)


def nitf_body(element: Any) -> tuple[list[str], bool]:
    """Give the paragraphs of an `nitf` element's body, and whether they had to be guessed."""
    for path in _BODIES:
        body = element.find(path)
        if body is not None:
            found, guessed = body_paragraphs(_without_head(body))
            if found:
                return found, guessed
    return [], False


def _without_head(body: Any) -> Any:
    frames = body.findall("body.head") + body.findall("body.end")
    if not frames:
        return body
    content = deepcopy(body)
    for frame in content.findall("body.head") + content.findall("body.end"):
        content.remove(frame)
    return content


def _draft(element: Any, place: str, options: ReadingOptions, notes: list[str]) -> Draft:
    status = (attribute_at(element, "head/docdata", "management-status") or "usable").lower()
    issued = _norm(element, "head/docdata/date.issue")
    released = _norm(element, "head/docdata/date.release")
    stated = _norm(element, "body/body.head/dateline/story.date") or _norm(element, ".//story.date")
    published = (issued, attribute_at(element, "head/pubdata", "date.publication"), released, stated)
    version = version_number(attribute_at(element, "head/docdata/du-key", "version", "generation"))
    draft = Draft(
        place,
        published=published,
        id=_identifier(element),
        title=text_at(element, "body/body.head/hedline/hl1", ".//hl1", "head/title", ".//headline"),
        source=text_at(element, "body/body.head/distributor", "body/body.head//rights.owner")
        or attribute_at(element, "head/docdata/doc.copyright", "holder")
        or attribute_at(element, "head/docdata/doc-id", "regsrc"),
        language=attribute_at(element, ".", "baselang") or language_of(element),
        authors=_authors(element),
        version=version,
        withdrawn=status in KILLED,
        embargoed=(released or True) if status in HELD else False,
        notes=notes,
    )
    if version is None and draft.id:
        # The same id comes again with a later date of issue: that date is the only order there is.
        draft.version = seconds_between(_EPOCH, next(filter(None, published), None), options.zone)
        draft.version_guessed = True
        notes += [VERSION_FROM_DATE] if draft.version is not None else []
    _fill_text(draft, element)
    return draft


def _fill_text(draft: Draft, element: Any) -> None:
    found, guessed = nitf_body(element)
    if not found:
        abstract = element.find("body/body.head/abstract")
        if abstract is not None and not draft.withdrawn:
            found = element_paragraphs(abstract)
            draft.notes += ["no body, so the abstract"] if found else []
    draft.notes += [GUESSED] if guessed else []
    draft.text = "\n".join(found)


def _identifier(element: Any) -> str | None:
    """Give the id that versions share, a correction naming the one that it corrects.

    The register that numbers it stands before it, where it is said: numbers alone are no agency's own.
    """
    own, corrected = "head/docdata/doc-id", "head/docdata/correction"
    register = attribute_at(element, corrected, "regsrc") or attribute_at(element, own, "regsrc")
    number = (
        attribute_at(element, corrected, "id-string")
        or attribute_at(element, own, "id-string")
        or text_at(element, own)
    )
    return f"{register}:{number}" if register and number else number


def are_initials(name: str) -> bool:
    """Tell the initials with which agencies sign, `gr/bp`, from a name."""
    return re.fullmatch(r"[a-zñ]{1,5}(?:[/.-][a-zñ]{1,5})*", name) is not None


def _norm(element: Any, path: str) -> str | None:
    return attribute_at(element, path, "norm") or text_at(element, path)


def _authors(element: Any) -> list[str]:
    """Give the names of by-lines; initials such as `gr/bp` are nobody's name."""
    names = []
    for byline in element.iterfind("body/body.head/byline"):
        name = text_at(byline, ".//person") or " ".join("".join(byline.itertext()).split())
        name = re.sub(r"^(?:por|by)\s+", "", name, flags=re.IGNORECASE)
        if name and not are_initials(name):
            names.append(name)
    return names
