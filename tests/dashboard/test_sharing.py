"""However many ask, the same is read once; nobody is told less than was promised."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from streams.dashboard.overview import Overview
from streams.dashboard.server import build_server
from streams.dashboard.service import Service
from streams.dashboard.sharing import SharedReads
from tests.dashboard.conftest import Feed, service_around
from tests.dashboard.examples import article, event

VIEWERS = 100


class Source:
    """Something that takes its time to be read, counted; time passes only while it is."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.now = 0.0
        self.reads = 0

    async def read(self) -> int:
        self.reads += 1
        await asyncio.sleep(0)
        self.now += self.seconds
        return self.reads

    def shared(self, *, most: int = 4, at_once: int = 2, exact: bool = False) -> SharedReads[int]:
        return SharedReads(most=most, at_once=at_once, exact=exact, clock=lambda: self.now)


async def test_all_who_ask_at_once_get_one_reading() -> None:
    source = Source()
    shared = source.shared()
    assert (
        await asyncio.gather(*(shared.get("view", source.read, change=1) for _ in range(VIEWERS)))
        == [1] * VIEWERS
    )
    assert await shared.get("view", source.read, change=1) == 1
    assert await shared.get("view", source.read, change=2) == 2, "something has changed"
    source.now += 61
    assert await shared.get("view", source.read, change=2) == 3, "what is swept announces nothing"


async def test_a_slow_reading_stands_for_a_while_whatever_changes() -> None:
    source = Source(seconds=0.5)
    shared = source.shared()
    for change in range(100):  # ten changes a second, and somebody who asks after each
        await shared.get("view", source.read, change=change)
        source.now += 0.1
    assert source.reads * source.seconds <= source.now / 5


async def test_an_exact_reading_knows_of_every_change() -> None:
    source = Source(seconds=0.5)
    shared = source.shared(exact=True)
    early = asyncio.ensure_future(shared.get("view", source.read, change=1))
    await asyncio.sleep(0)
    late = asyncio.ensure_future(shared.get("view", source.read, change=2))
    assert (await early, await late) == (1, 2)
    assert await shared.get("view", source.read, change=2) == 2
    assert await shared.get("view", source.read, change=3) == 3


async def test_what_is_kept_is_bounded_and_the_least_used_goes() -> None:
    source = Source()
    shared = source.shared(most=2)
    for key in ("one", "two", "one", "three"):
        await shared.get(key, source.read, change=1)
    assert await shared.get("one", source.read, change=1) == 1
    assert await shared.get("two", source.read, change=1) == 4


async def test_one_that_leaves_or_fails_takes_nothing_from_the_others() -> None:
    source = Source()
    shared = source.shared()
    leaving = asyncio.ensure_future(shared.get("view", source.read, change=1))
    staying = asyncio.ensure_future(shared.get("view", source.read, change=1))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == 1

    async def fail() -> int:
        raise OSError

    failed = await asyncio.gather(
        *(shared.get("bad", fail, change=1) for _ in range(2)), return_exceptions=True
    )
    assert [type(error) for error in failed] == [OSError, OSError]
    assert await shared.get("bad", source.read, change=1) == 2, "a failure is not kept"


async def test_no_more_run_at_once_than_may() -> None:
    running, most = 0, 0

    async def read() -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1
        return 0

    shared = Source().shared(at_once=2)
    await asyncio.gather(*(shared.get(key, read, change=1) for key in range(20)))
    assert most == 2


@pytest.fixture
async def client(feed: Feed) -> AsyncIterator[TestClient[Any, Any]]:
    service = service_around(feed)
    async with TestClient(TestServer(build_server(service))) as found:
        yield found
    service.close()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the queries that the server runs, as it runs them."""
    names: list[str] = []
    read = Service.read

    async def spy(self: Service, query: Any, *args: Any, **kwargs: Any) -> Any:
        names.append(query.__name__)
        return await read(self, query, *args, **kwargs)

    monkeypatch.setattr(Service, "read", spy)
    return names


async def test_many_viewers_cost_what_one_does(
    client: TestClient[Any, Any], feed: Feed, counted: list[str]
) -> None:
    feed.events(*(event(article(n)) for n in range(20)))

    async def look(path: str) -> str:
        async with client.get(path) as answer:
            return await answer.text()

    pages = await asyncio.gather(*(look("/overview") for _ in range(VIEWERS)))
    await asyncio.gather(*(look("/api/overview") for _ in range(VIEWERS)))
    assert len(set(pages)) == 1
    assert counted.count("overview") == 1
    await asyncio.gather(*(look("/overview?type=visit") for _ in range(VIEWERS)))
    assert counted.count("overview") == 2, "another view is counted by itself"
    feed.events(event(article(30)))
    assert Overview.model_validate_json(await look("/api/overview")).events == 21
    counted.clear()
    await asyncio.gather(*(look("/strip") for _ in range(VIEWERS)))
    assert counted.count("read_health") <= 2, "one a second"


async def test_all_who_follow_a_view_share_what_they_are_told(
    client: TestClient[Any, Any], feed: Feed, counted: list[str]
) -> None:
    answers = [await client.get("/api/events/stream") for _ in range(20)]

    async def told(answer: Any) -> str:
        while True:
            line = (await answer.content.readline()).decode()
            if line.startswith('data: {"') and "articulo-1" in line:
                return str(json.loads(line.removeprefix("data: "))["article"]["id"])

    await asyncio.sleep(0.3)
    counted.clear()
    feed.events(event(article(1)))
    async with asyncio.timeout(20):
        assert set(await asyncio.gather(*map(told, answers))) == {"articulo-1"}
    assert counted.count("messages") <= 3
    for answer in answers:
        answer.close()


async def test_what_comes_between_a_page_and_its_stream_is_told(
    client: TestClient[Any, Any], feed: Feed
) -> None:
    async with client.get("/") as answer:
        source = re.search(r'id="live" data-source="([^"]+)"', await answer.text())
    assert source is not None
    feed.events(event(article(1)))
    async with client.get(unescape(source[1])) as answer, asyncio.timeout(20):
        while not (line := (await answer.content.readline()).decode()).startswith("event: "):
            pass
    assert line == "event: event\n"
