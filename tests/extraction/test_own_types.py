"""Event types in YAML alone: the samples are read like built-in types, and no line of code knows them."""

from pathlib import Path

import pytest

from schemas import ConfigurationError, CustomEvent
from streams.extraction import load_extractor
from streams.extraction.frames import load_event_types
from streams.extraction.pipeline import EventExtractor
from tests.builders import make_article

SAMPLES = Path(__file__).parents[2] / "samples"
OWN = (SAMPLES / "resignation.yaml", SAMPLES / "appointment.yaml")


@pytest.fixture(scope="module")
def extractor() -> EventExtractor:
    return load_extractor(event_types=OWN)


def only(extractor: EventExtractor, text: str, name: str) -> CustomEvent:
    """The one event of a type in a text published on Wednesday, 14 May 2025."""
    events = extractor.extract(make_article(text, published="2025-05-14"))
    [event] = [event for event in events if event.type == name]
    assert isinstance(event, CustomEvent)
    return event


def taking_part(event: CustomEvent) -> dict[str, str]:
    return {participant.role: participant.name for participant in event.participants}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "factuality", "day"),
    [
        ("La ministra de Sanidad, Elena Prado, dimitió ayer en Lima.", "asserted", "2025-05-13"),
        ("Elena Prado presentó su dimisión este lunes tras las protestas.", "asserted", "2025-05-12"),
        ("La renuncia de Elena Prado fue aceptada ayer por el presidente.", "asserted", "2025-05-13"),
        ("La ministra Elena Prado fue cesada el lunes.", "asserted", "2025-05-12"),
        ("La rectora, Elena Prado, renunciará al cargo el 30 de junio.", "planned", "2025-06-30"),
        ("Según Radio Callao, la canciller Elena Prado podría dimitir mañana.", "possible", "2025-05-15"),
        ("La rectora Elena Prado no dimitirá, aseguró su portavoz.", "denied", "2025-05-14"),
        ("La rectora Elena Prado descartó presentar la renuncia.", "denied", "2025-05-14"),
    ],
)
def test_a_resignation(extractor: EventExtractor, text: str, factuality: str, day: str) -> None:
    event = only(extractor, text, "resignation")
    assert taking_part(event) == {"resigner": "Elena Prado"}
    assert event.date is not None
    assert (event.factuality, event.date.value) == (factuality, day)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("El presidente, Raúl Ccori, nombró ayer a Elena Prado ministra de Sanidad.", "asserted"),
        ("Elena Prado fue nombrada ministra de Sanidad por el presidente, Raúl Ccori.", "asserted"),
        ("El presidente, Raúl Ccori, aprobó el nombramiento de Elena Prado como embajadora.", "asserted"),
        ("La designación de Elena Prado por Raúl Ccori se produjo el lunes en Quito.", "asserted"),
        ("El presidente, Raúl Ccori, designará el jueves a Elena Prado nueva fiscal.", "planned"),
        ("El presidente, Raúl Ccori, podría elegir a Elena Prado para el cargo.", "possible"),
        ("El presidente, Raúl Ccori, no ratificó a Elena Prado como fiscal general.", "denied"),
    ],
)
def test_an_appointment(extractor: EventExtractor, text: str, factuality: str) -> None:
    event = only(extractor, text, "appointment")
    assert taking_part(event) == {"appointee": "Elena Prado", "appointer": "Raúl Ccori"}
    assert event.factuality == factuality


@pytest.mark.model
def test_a_passive_needs_no_agent(extractor: EventExtractor) -> None:
    event = only(extractor, "Elena Prado ha sido designada embajadora en Chile.", "appointment")
    assert taking_part(event) == {"appointee": "Elena Prado"}


@pytest.mark.model
def test_mentions_of_one_happening_are_one_event(extractor: EventExtractor) -> None:
    text = "Elena Prado asumirá el cargo el viernes. Su nombramiento fue anunciado por el Gobierno."
    event = only(extractor, text, "appointment")
    assert [span.text for span in event.triggers] == ["asumirá", "nombramiento"]
    assert event.date is not None
    assert event.date.value == "2025-05-16"


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "El comité nombró una comisión.",
        "Los empleados dimitieron de sus ilusiones.",
        "La renuncia a la violencia es un avance.",
        "Hay que elegir entre dos caminos.",
    ],
)
def test_words_alone_are_no_event(extractor: EventExtractor, text: str) -> None:
    assert extractor.extract(make_article(text)) == []


@pytest.mark.model
def test_built_in_types_are_read_as_without_them(extractor: EventExtractor) -> None:
    article = make_article("La ministra Elena Prado visitó ayer Quito. «Volveré», dijo Prado.")
    assert extractor.extract(article) == load_extractor().extract(article)


def test_samples_are_types_of_their_own() -> None:
    names = [event_type.name for event_type in load_event_types(OWN)]
    assert names == ["visit", "signing", "meeting", "statement", "resignation", "appointment"]


def test_no_code_knows_the_samples() -> None:
    code = "".join(
        path.read_text("utf-8") for path in (SAMPLES.parent / "streams" / "extraction").rglob("*.py")
    )
    for word in ("resign", "appoint", "dimitir", "renunciar", "nombramiento"):
        assert word not in code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "name: x\ndescription: d\nroles: {a: {}}\nverbs: [{lemmas: [ir], roles: {b: subject}}]",
            "roles: b not in",
        ),
        ("name: x\ndescription: d\nroles: {a: {}}\nverbs: [{lemmas: [ir], wrong: 1}]", "verbs.0.wrong"),
        ("name: Visita\ndescription: d\nroles: {}", "name"),
        ("name: visit\ndescription: d\nroles: {}", "is there already"),
        ("name: [", "is not YAML"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, text: str, names: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=names) as raised:
        load_event_types((path,))
    assert str(path) in str(raised.value)
