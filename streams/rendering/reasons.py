"""Why a value stands where it stands, in a few words for an editor."""

from typing import Final

from schemas import Basis, EventDate, Factuality, Place, ResolvedBy

RESOLVED_BY: Final = {
    ResolvedBy.NAME: "named by these words or right beside them",
    ResolvedBy.ALIAS: "a short form or another name",
    ResolvedBy.COREFERENCE: "these words refer back to the name",
    ResolvedBy.METONYMY: "a seat or capital that stands for who acts",
    ResolvedBy.DROPPED_SUBJECT: "the subject is left out, understood from the text",
    ResolvedBy.DESCRIPTION: "described; the article gives no name",
}

FACTUALITY: Final = {
    Factuality.ASSERTED: "told as fact",
    Factuality.PLANNED: "scheduled, announced or promised",
    Factuality.POSSIBLE: "may happen, is requested or under study",
    Factuality.DENIED: "did not or will not happen",
}


def why_date(date: EventDate, published: str) -> str:
    """Tell what a date rests on.

    Args:
        date: Of an event.
        published: Day of publication, ISO 8601.
    """
    if date.basis is Basis.PUBLICATION:
        return f"{date.basis}: the text says no day for it, so the day of publication"
    if date.basis is Basis.RELATIVE:
        return f"{date.basis}: counted from publication on {published} or from a day told before"
    return f"{date.basis}: the words themselves say so"


def why_place(place: Place) -> str:
    """Tell how words led to the name of a place."""
    if place.mention is None:
        return "understood from the text"
    if place.name in place.mention.text or place.mention.text in place.name:
        return "named by these words"
    return "these words stand for the name"
