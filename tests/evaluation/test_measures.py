"""Numbers, and that they are the ones of the project's own scorer."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas import ContractError, DecodeError
from streams.evaluation import evaluate, read_gold, read_predictions

TEXT = "Rojas firmó el pacto en Lima. «Es un buen día», dijo Rojas."
GOLD: dict[str, Any] = {
    "id": "a-1",
    "published": "2024-05-10",
    "text": TEXT,
    "events": [
        {
            "type": "signing",
            "triggers": [{"text": "firmó", "start": 6, "end": 11}],
            "participants": [{"role": "signatory", "name": "Carla Rojas", "aliases": ["Rojas"]}],
            "date": "2024-05-09",
            "place": {"name": "Lima", "country": "PE"},
            "factuality": "asserted",
            "attribution": [],
        },
        {
            "type": "statement",
            "triggers": [{"text": "dijo", "start": 48, "end": 52}],
            "participants": [{"role": "speaker", "name": "Carla Rojas", "aliases": ["Rojas"]}],
            "act": "say",
            "kind": "direct",
            "content": [{"text": "Es un buen día", "start": 31, "end": 45}],
            "date": None,
            "place": None,
            "factuality": "asserted",
            "attribution": ["Interfax"],
        },
    ],
}


def report(predicted: list[dict[str, Any]]) -> dict[str, Any]:
    """The report on predictions for the one gold article here."""
    rows = [json.dumps({"id": "a-1", "events": predicted})]
    return evaluate(read_gold([json.dumps(GOLD)]), read_predictions(rows)).report()


def test_gold_against_itself_is_perfect() -> None:
    rows = report(GOLD["events"])
    assert rows["overall"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "gold": 8, "pred": 8}
    assert rows["accuracy"] == {"factuality": 100.0, "statement act": 100.0, "statement kind": 100.0}


def test_nothing_predicted_is_zero_not_an_error() -> None:
    assert report([])["overall"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 8, "pred": 0}


def test_a_date_of_publication_counts_as_none() -> None:
    signing = {**GOLD["events"][0], "date": {"value": "2024-05-10", "basis": "publication"}}
    assert report([signing])["date"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 1, "pred": 0}


def test_mistakes_name_what_was_missed_and_what_is_spurious() -> None:
    gold = list(read_gold([json.dumps(GOLD)]))
    visit = {"type": "visit", "triggers": GOLD["events"][0]["triggers"], "participants": []}
    predicted = read_predictions([json.dumps({**visit, "article_id": "a-1"})])
    mistakes = evaluate(gold, predicted).mistakes
    assert [(m.verdict, m.event.type) for m in mistakes] == [
        ("missed", "signing"),
        ("missed", "statement"),
        ("spurious", "visit"),
    ]


def test_predictions_are_read_as_published_too() -> None:
    """An event on a topic names its article as `article.id`."""
    event = {**GOLD["events"][0], "article": {"id": "a-1"}}
    assert list(read_predictions([json.dumps(event), "\n"])) == ["a-1"]


@pytest.mark.parametrize(
    ("line", "error"), [("{", DecodeError), ("[]", ContractError), ('{"id": "a"}', ContractError)]
)
def test_a_bad_line_is_named(line: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^dev\.jsonl:2: "):
        list(read_gold([json.dumps(GOLD), line], name="dev.jsonl"))


@pytest.fixture(scope="module")
def scorer(gold: Path) -> ModuleType:
    """The project's scorer, which stands beside the gold."""
    path = gold.parent / "tools" / "score.py"
    if not path.is_file():
        pytest.skip(f"no scorer at {path}")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.gold
@pytest.mark.parametrize("name", ["seed.jsonl", "events-dev.jsonl", "modern-dev.jsonl"])
@pytest.mark.parametrize("seed", range(4))
def test_numbers_are_those_of_the_projects_scorer(
    gold: Path, scorer: ModuleType, name: str, seed: int, tmp_path: Path
) -> None:
    """Predictions made by damaging the gold in every way that the measure knows."""
    lines = (gold / name).read_text("utf-8").split("\n")
    damaged = damage([json.loads(line) for line in lines if line], random.Random(seed))
    path = tmp_path / "predicted.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in damaged), "utf-8")
    expected = scorer.score([json.loads(line) for line in lines if line], scorer.read_predictions(path))
    ours = evaluate(read_gold(lines), read_predictions(path.read_text("utf-8").split("\n"))).report()
    assert ours == expected


def damage(articles: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Predictions as a mediocre extractor would make them, one event a row, in a random order."""
    rows = []
    for article in articles:
        for event in article["events"]:
            for _ in range(rng.choices([0, 1, 2], [2, 7, 1])[0]):
                rows.append({**_damage_event(event, article, rng), "article": {"id": article["id"]}})
    rng.shuffle(rows)
    return rows


def _damage_event(event: dict[str, Any], article: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    size = len(article["text"])

    def maybe(change: Any, otherwise: Any, chance: float = 0.25) -> Any:
        return change() if rng.random() < chance else otherwise

    def moved(span: dict[str, Any]) -> dict[str, Any]:
        start = max(0, min(size - 1, span["start"] + rng.randint(-40, 40)))
        return {**span, "start": start, "end": min(size, start + max(1, span["end"] - span["start"] - 9))}

    def renamed(participant: dict[str, Any]) -> dict[str, Any]:
        others = [*participant.get("aliases", []), f"don {participant['name']}", "Nadie Alguno"]
        return {"role": participant["role"], "name": rng.choice(others)}

    damaged = {
        "type": maybe(lambda: rng.choice(["visit", "signing", "meeting"]), event["type"], 0.1),
        "triggers": [maybe(lambda s=span: moved(s), span) for span in event["triggers"]],
        "participants": [maybe(lambda p=p: renamed(p), p) for p in event["participants"]],
        "date": maybe(lambda: rng.choice(["2000-10-10", None]), event.get("date")),
        "place": maybe(lambda: rng.choice([{"name": "Quito"}, None]), event.get("place")),
        "content": [maybe(lambda s=span: moved(s), span, 0.5) for span in event.get("content") or []],
        "attribution": [
            maybe(lambda n=name: {"name": rng.choice([f"la agencia {n}", "Radio Nada"])}, name, 0.6)
            for name in event.get("attribution", [])
        ],
        "act": maybe(lambda: "say", event.get("act")),
        "kind": maybe(lambda: "direct", event.get("kind")),
        "factuality": maybe(lambda: "planned", event["factuality"]),
    }
    if isinstance(damaged["date"], str):
        basis = rng.choice(["explicit", "relative", "publication"])
        damaged["date"] = {"value": damaged["date"], "basis": basis}
    return damaged
