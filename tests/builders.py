"""Small things that tests build by hand."""

from typing import Any

from schemas import Article

TEXT = (
    "La presidenta de Chile, Carla Rojas, firmó ayer en Lima un acuerdo pesquero. "
    "«Es un buen día», dijo Rojas."
)


def make_article(text: str = TEXT, **fields: Any) -> Article:
    """An article that needs no more than what the test is about."""
    return Article.model_validate({"text": text, "published": "2024-05-10", "id": "a-1", **fields})
