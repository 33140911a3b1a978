"""Articles of our own and the events in them, built by hand so that no model is needed."""

from typing import Any

from schemas import EVENT_ADAPTER, Article, ArticleReference, Event, Extractor, span_of, stable_id

TEXT = (
    "Lucía Arbeloa, ministra de Pesca de Uruguay, visitará Lima el martes para firmar con Tomás Quispe un "
    "convenio de pesca artesanal.\n"
    "«La pesca artesanal es nuestra prioridad», dijo Arbeloa, según Radio Ribera."
)


def article(number: int = 1, **changed: Any) -> Article:
    """An article; `number` makes its id and its hour of publication."""
    fields: dict[str, Any] = {
        "id": f"articulo-{number}",
        "text": TEXT,
        "title": "Pesca y convenio",
        "source": "Radio Ribera",
        "url": f"https://ribera.example/{number}",
        "published": f"2024-06-{1 + number // 20:02d}T{number % 20:02d}:00:00Z",
    }
    return Article.model_validate(fields | changed)


def event(of: Article, kind: str = "visit", **changed: Any) -> Event:
    """An event of an article."""
    trigger = {"visit": "visitará", "signing": "firmar", "meeting": "convenio", "statement": "dijo"}[kind]
    role = {"visit": "visitor", "signing": "signatory", "meeting": "attendee", "statement": "speaker"}[kind]
    fields: dict[str, Any] = {
        "type": kind,
        "article": ArticleReference(**of.model_dump(include=set(ArticleReference.model_fields))),
        "triggers": [span(of, trigger)],
        "participants": [person(role, "Lucía Arbeloa", country="UY")],
        "place": {"name": "Lima", "country": "PE", "mention": span(of, "Lima")} if kind == "visit" else None,
        "date": {"value": of.published_on.isoformat(), "basis": "publication"},
        "factuality": "planned" if kind in ("visit", "signing") else "asserted",
        "evidence": [span(of, of.text.split("\n")[0])],
        "confidence": 0.9,
        "extractor": Extractor(version="1", model="test"),
    }
    if kind == "statement":
        said = "La pesca artesanal es nuestra prioridad"
        fields |= {"act": "say", "kind": "direct", "content": [span(of, said)]}
        fields["attribution"] = [{"name": "Radio Ribera", "kind": "organization"}]
    fields |= changed
    fields.setdefault("id", stable_id(of.id, kind, str(fields["participants"])))
    return EVENT_ADAPTER.validate_python(fields)


def person(role: str, name: str, **changed: Any) -> dict[str, Any]:
    """A participant."""
    return {"role": role, "name": name, "kind": "person", **changed}


def span(of: Article, words: str) -> Any:
    """Where words stand in an article, where they do."""
    start = of.text.find(words)
    return span_of(of.text, start, start + len(words)) if start >= 0 else span_of(of.text, 0, 1)
