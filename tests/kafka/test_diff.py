"""`teletipo diff` over two sets of topics."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from streams.cli import build_app
from streams.replay import Stretch
from tests.builders import make_article
from tests.kafka.test_replay import ALL, again
from tests.kafka.world import Kafka

pytestmark = pytest.mark.kafka


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(build_app(), ["diff", *arguments])
    return result.exit_code, result.output


def test_diff_tells_what_another_reading_gives(kafka: Kafka, tmp_path: Path) -> None:
    kafka.publish(
        make_article("Ana visitó Roma. Luis dijo nada.", id="d-1", title="Una <visita>"),
        make_article("Eva visitó Lima.", id="d-2"),
        make_article("Juan visitó Oslo.", id="only-live"),
    )
    kafka.run_worker_until_done()
    other = kafka.under("other-" + kafka.settings.topic_prefix)
    prefix = other.settings.topic_prefix
    nothing = Stretch(ALL.first, ALL.first.replace(year=2021))
    assert again(kafka, prefix, stretch=nothing) == 0, "only the topics are made"
    other.publish(
        make_article("Ana visitó Roma. Raúl dijo nada.", id="d-1", title="Una <visita>"),
        make_article("Ana visitó Lima. Eva dijo algo.", id="d-2"),
    )
    other.run_worker_until_done()
    code, out = run(prefix, "--json")
    *differences, summary = map(json.loads, out.splitlines())
    assert code == 0
    assert summary == {
        "articles": 2,
        "counts": {"statement": {"appeared": 1, "changed": 1}, "visit": {"changed": 1, "same": 1}},
    }
    told = {
        (line["article"], line["type"], line["difference"], tuple(line["fields"])) for line in differences
    }
    assert ("d-2", "visit", "changed", ("participants",)) in told
    assert ("d-2", "statement", "appeared", ()) in told
    code, out = run(prefix, "--type", "visit")
    assert code == 0
    assert "~ visita" in out
    assert "d-2" in out
    page = tmp_path / "page.html"
    assert run(prefix, "--article", "d-1", "--html", str(page))[0] == 0
    html = page.read_text("utf-8")
    assert html.count("<article") == 2
    assert "Luis" in html
    assert "Raúl" in html
    assert "<visita>" not in html
    assert run(prefix, "--article", "only-live")[0] == 1
    assert run(prefix, "--html", str(page))[0] == 2
    assert run("no-such-prefix.")[0] == 1
