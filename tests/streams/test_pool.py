"""Real processes, with an extractor that needs no model."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schemas import ConfigurationError, ExtractionError
from streams.codec import encode_article, encode_event
from streams.errors import ArticleTimeoutError, ProcessCrashError
from streams.pool import Extraction, ExtractionPool
from streams.settings import Settings
from tests.builders import make_article
from tests.fakes import FakeExtractor


@pytest.fixture(autouse=True)
def from_the_repository(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.chdir(root)


def settings(**fields: object) -> Settings:
    return Settings.model_validate(
        {
            "extractor": "tests.fakes:load_extractor",
            "worker_processes": 2,
            "article_timeout_seconds": 2,
            "article_attempts": 2,
            **fields,
        }
    )


@pytest.fixture
async def pool(root: Path) -> AsyncIterator[ExtractionPool]:
    started = ExtractionPool(settings())
    await started.start()
    yield started
    await started.stop()


async def extract(pool: ExtractionPool, text: str) -> Extraction:
    article = make_article(text)
    return await pool.extract(encode_article(article).value or b"", article_id=article.id)


async def test_pool_extracts_as_in_process(pool: ExtractionPool) -> None:
    extraction = await extract(pool, "Ana visitó Roma. Luis dijo nada.")
    assert [event.type for event in extraction.events] == ["visit", "statement"]
    assert pool.identity.version == "fake-1"


async def test_pool_leaves_out_what_is_below_the_confidence() -> None:
    choosy = ExtractionPool(
        settings(extractor="tests.cli.fake_extractor:load_fake", min_confidence=0.8, worker_processes=1)
    )
    await choosy.start()
    extraction = await extract(choosy, "Rojas firmó el pacto. «Es un buen día», dijo Rojas.")
    await choosy.stop()
    assert [event.type for event in extraction.events] == ["statement"]


async def test_pool_replaces_what_crashes_and_the_others_go_on(pool: ExtractionPool) -> None:
    crash, good = await asyncio.gather(
        extract(pool, "CRASH"), extract(pool, "Ana visitó Roma."), return_exceptions=True
    )
    assert isinstance(crash, ProcessCrashError)
    assert isinstance(good, Extraction)
    assert (await extract(pool, "Ana visitó Roma.")).events


async def test_pool_replaces_what_hangs(pool: ExtractionPool) -> None:
    with pytest.raises(ArticleTimeoutError, match="2 times"):
        await extract(pool, "HANG")
    assert (await extract(pool, "Ana visitó Roma.")).events


@pytest.mark.parametrize("poison", ["CRASH", "HANG", "BUG"])
async def test_pool_poison_among_good_articles_spoils_only_itself(poison: str) -> None:
    """Whoever waits together goes to a process together, and alone after that one failed."""
    single = ExtractionPool(settings(worker_processes=1, article_attempts=1))
    await single.start()
    texts = ["SLEEP 0.1", "Ana visitó Roma.", poison, "Luis dijo nada.", "Eva visitó Lima."]
    first, *rest = await asyncio.gather(*(extract(single, text) for text in texts), return_exceptions=True)
    await single.stop()
    assert isinstance(first, Extraction)
    bad = rest.pop(1)
    assert isinstance(bad, ExtractionError)
    assert [len(found.events) for found in rest if isinstance(found, Extraction)] == [1, 1, 1]


async def test_pool_gives_what_waits_together_the_same_answers(pool: ExtractionPool) -> None:
    texts = [f"Ana visitó Roma{n}. " * (n % 4) or "nada" for n in range(40)]
    found = await asyncio.gather(*(extract(pool, text) for text in texts))
    assert [[event.value for event in one.events] for one in found] == [
        [encode_event(event).value for event in FakeExtractor().extract(make_article(text))] for text in texts
    ]


async def test_pool_a_bug_is_an_extraction_error_and_costs_no_process(pool: ExtractionPool) -> None:
    with pytest.raises(ExtractionError, match="KeyError") as caught:
        await extract(pool, "BUG")
    assert caught.value.article_id == "a-1"
    assert "in _obey" in caught.value.__notes__[0], "the trace of the process comes along"


async def test_pool_takes_a_text_of_a_mebibyte(pool: ExtractionPool) -> None:
    assert (await extract(pool, "Ana visitó Roma. " + "x " * 500_000)).events


async def test_pool_refuses_an_extractor_that_does_not_load() -> None:
    with pytest.raises(ConfigurationError, match="broken is no pipeline"):
        await ExtractionPool(settings(model="broken")).start()
    with pytest.raises(ConfigurationError, match="no_such_module"):
        await ExtractionPool(settings(extractor="no_such_module:load")).start()


async def test_pool_gives_up_when_no_process_loads_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = ExtractionPool(settings(worker_processes=1, article_attempts=1))
    monkeypatch.setattr("streams.pool._REPLACEMENTS", 1)
    await pool.start()
    pool._options = pool._options.replace('"model": null', '"model": "broken"')
    with pytest.raises(ProcessCrashError):
        await extract(pool, "CRASH")
    with pytest.raises(ConfigurationError, match="broken"):
        await extract(pool, "Ana visitó Roma.")
    await pool.stop()


async def test_pool_processes_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = (
        "import asyncio; from streams.pool import ExtractionPool; from streams.settings import Settings\n"
        "async def main():\n"
        "    p = ExtractionPool(Settings(extractor='tests.fakes:load_extractor', worker_processes=2))\n"
        "    await p.start(); print(*p.pids, flush=True); await asyncio.sleep(60)\n"
        "asyncio.run(main())"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    for _ in range(100):
        if not any(_alive(pid) for pid in children):
            return
        await asyncio.sleep(0.1)
    pytest.fail("children outlive their parent")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")
