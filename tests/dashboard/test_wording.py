"""Events as sentences, in both languages; catalogues that have the same words."""

from pathlib import Path

import pytest
import yaml

from schemas import EventDate
from schemas.events import Act, Factuality
from streams.dashboard.wording import LANGUAGES, plain, wording
from tests.dashboard.examples import article, event, person, span

TWO = [person("attendee", "Ana Sol"), person("attendee", "Leo Ríos")]
TREATY = span(article(), "firmar")


@pytest.mark.parametrize(
    ("of", "spanish", "english"),
    [
        (event(article()), "Lucía Arbeloa visitará Lima", "Lucía Arbeloa will visit Lima"),
        (
            event(article(), factuality="denied"),
            "Lucía Arbeloa no visita Lima",
            "Lucía Arbeloa does not visit Lima",
        ),
        (event(article(), participants=[]), "Visita prevista a Lima", "Planned visit to Lima"),
        (
            event(article(), "meeting", participants=TWO),
            "Reunión de Ana Sol y Leo Ríos",
            "Meeting of Ana Sol and Leo Ríos",
        ),
        (event(article(), "meeting"), "Lucía Arbeloa se reúne", "Lucía Arbeloa meets"),
        (
            event(article(), "signing", document=TREATY),
            "Lucía Arbeloa firmará: firmar",
            "Lucía Arbeloa will sign: firmar",
        ),
        (
            event(article(), "statement"),
            "Lucía Arbeloa dice: «La pesca artesanal es nuestra prioridad»",
            "Lucía Arbeloa says: «La pesca artesanal es nuestra prioridad»",
        ),
        (
            event(article(), "statement", participants=[], content=[], act="deny"),
            "Alguien niega",
            "Somebody denies",
        ),
        (
            event(
                article(),
                "visit",
                type="resignation",
                participants=[person("official", "Ana Sol")],
                place=None,
            ),
            "Resignation: Ana Sol · «visitará»",
            "Resignation: Ana Sol · «visitará»",
        ),
    ],
)
def test_an_event_is_told_in_a_sentence(of: object, spanish: str, english: str) -> None:
    assert wording("es").sentence(of) == spanish  # type: ignore[arg-type]
    assert wording("en").sentence(of) == english  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "spanish", "english"),
    [
        ("2024-06-19", "19 jun 2024", "19 Jun 2024"),
        ("2024-06", "junio 2024", "June 2024"),
        ("2024", "2024", "2024"),
        ("2024-W25", "semana 25 de 2024", "week 25 of 2024"),
        ("199X", "1990s", "1990s"),
        ("2024-06-19/2024-06-21", "19 jun 2024 – 21 jun 2024", "19 Jun 2024 – 21 Jun 2024"),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
    ],
)
def test_dates_are_written_for_people(value: str, spanish: str, english: str) -> None:
    date = EventDate(value=value, basis="explicit")
    assert (wording("es").event_date(date), wording("en").event_date(date)) == (spanish, english)


def test_both_catalogues_have_the_same_words() -> None:
    def keys(of: object, path: str = "") -> set[str]:
        if not isinstance(of, dict):
            return {path}
        return {key for name, part in of.items() for key in keys(part, f"{path}.{name}")}

    folder = Path(__file__).parents[2] / "streams" / "dashboard" / "locale"
    spanish, english = (yaml.safe_load((folder / f"{code}.yaml").read_text("utf-8")) for code in LANGUAGES)
    assert keys(spanish) == keys(english)
    assert spanish["acts"].keys() == spanish["says"].keys() == {act.value for act in Act}
    assert spanish["factualities"].keys() == {factuality.value for factuality in Factuality}


def test_no_control_or_turning_mark_reaches_the_page() -> None:
    assert plain("a\u202eb\u2066c\x00d\x1b[2Je\nf") == "abcd[2Je\nf"
