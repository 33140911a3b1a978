"""Events as sentences, in both languages; catalogues that have the same words."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas import Event, EventDate
from schemas.events import Act, Factuality, StatementKind
from streams.dashboard.plain_text import plain
from streams.dashboard.wording import LANGUAGES, wording
from tests.dashboard.examples import article, event, person, span

MINISTRY = person("addressee", "Ministerio de Pesca", kind="organization")
TWO = [person("attendee", "Ana Sol"), person("attendee", "Leo Ríos")]
TREATY = span(article(), "convenio de pesca artesanal")


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
            "Ana Sol y Leo Ríos se reúnen",
            "Ana Sol and Leo Ríos meet",
        ),
        (event(article(), "meeting"), "Lucía Arbeloa se reúne", "Lucía Arbeloa meets"),
        (
            event(article(), "signing", document=TREATY),
            "Lucía Arbeloa firmará un convenio de pesca artesanal",
            "Lucía Arbeloa will sign: convenio de pesca artesanal",
        ),
        (
            event(article(), "signing", document=span(article(), "Pesca de Uruguay")),
            "Lucía Arbeloa firmará: Pesca de Uruguay",
            "Lucía Arbeloa will sign: Pesca de Uruguay",
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
        ("2024-W25", "semana del 17 jun 2024", "week of 17 Jun 2024"),
        ("2024-W53", "2024-W53", "2024-W53"),
        ("199X", "década de 1990", "1990s"),
        ("2024-06-19/2024-06-21", "19–21 jun 2024", "19–21 Jun 2024"),
        ("2024-05-31/2024-06-01", "31 may – 1 jun 2024", "31 May – 1 Jun 2024"),
        ("2023-12-31/2024-01-01", "31 dic 2023 – 1 ene 2024", "31 Dec 2023 – 1 Jan 2024"),
        ("2024-05/2024-06", "mayo 2024 – junio 2024", "May 2024 – June 2024"),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
    ],
)
def test_dates_are_written_for_people(value: str, spanish: str, english: str) -> None:
    date = EventDate(value=value, basis="explicit")
    assert (wording("es").event_date(date), wording("en").event_date(date)) == (spanish, english)


def reported(before: str, said: str, act: str = "say", *addressees: dict[str, Any], **changed: Any) -> Event:
    """A statement in indirect speech, as an article has it."""
    told = article(text=f"{before} {said}.")
    fields = {
        "participants": [person("speaker", "Ana Sol"), *addressees],
        "act": act,
        "content": [span(told, said)],
        "evidence": [span(told, told.text)],
        "triggers": [span(told, "Ana")],
    }
    style = StatementKind(changed.pop("style", "indirect"))
    return event(told, "statement", **fields | changed).model_copy(update={"kind": style})


FISH = "la pesca crece"
PLAN = "un plan antes del verano"


@pytest.mark.parametrize(
    ("of", "spanish", "english"),
    [
        (reported("Ana Sol dijo que", FISH), f"Ana Sol dice que {FISH}", f"Ana Sol says: {FISH}"),
        (
            reported("Ana Sol negó que", "la «crisis» crezca", "deny", style="mixed"),
            "Ana Sol niega que la «crisis» crezca",
            "Ana Sol denies: la «crisis» crezca",
        ),
        (
            reported("Ana Sol prometió", PLAN, "promise"),
            f"Ana Sol promete {PLAN}",
            f"Ana Sol promises: {PLAN}",
        ),
        (reported("Según Ana Sol,", FISH), f"Ana Sol dice: {FISH}", f"Ana Sol says: {FISH}"),
        (
            reported("Ana Sol denunció que", FISH, "accuse"),
            f"Ana Sol denuncia que {FISH}",
            f"Ana Sol denounces: {FISH}",
        ),
        (
            reported("Ana Sol pidió a Leo Ríos", PLAN, "demand", person("addressee", "Leo Ríos")),
            f"Ana Sol exige a Leo Ríos {PLAN}",
            f"Ana Sol demands of Leo Ríos: {PLAN}",
        ),
        (
            reported("Ana Sol pidió al Ministerio", PLAN, "demand", MINISTRY),
            f"Ana Sol exige {PLAN}",
            f"Ana Sol demands: {PLAN}",
        ),
        (
            reported(
                "Ana dijo que", FISH, participants=[person("speaker", "fuentes del sector", kind="group")]
            ),
            f"Fuentes del sector dicen que {FISH}",
            f"Fuentes del sector say: {FISH}",
        ),
        (
            reported(
                "Ana dijo que", FISH, participants=[person("speaker", "Andes Norte", kind="organization")]
            ),
            f"Andes Norte dice que {FISH}",
            f"Andes Norte says: {FISH}",
        ),
    ],
)
def test_reported_words_are_told_as_reported_and_only_quotations_quoted(
    of: Event, spanish: str, english: str
) -> None:
    assert wording("es").sentence(of) == spanish
    assert wording("en").sentence(of) == english


@pytest.mark.parametrize(
    ("names", "spanish"),
    [
        (["Ana", "Isabel"], "Ana e Isabel"),
        (["Ana", "Íñigo Ruiz"], "Ana e Íñigo Ruiz"),
        (["Ana", "Leo", "Hilario"], "Ana, Leo e Hilario"),
        (["Ana", "Hierro"], "Ana y Hierro"),
        (["Isabel"], "Isabel"),
    ],
)
def test_names_are_joined_as_one_says_them(names: list[str], spanish: str) -> None:
    assert wording("es").names(names) == spanish


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
