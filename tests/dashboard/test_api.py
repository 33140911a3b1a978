"""The API over HTTP: pages, one event, changes as they come, exports, and what guards the page."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from aiohttp.test_utils import TestClient, TestServer

from schemas import EVENT_ADAPTER
from streams.dashboard.server import POLICY, build_server
from tests.dashboard.conftest import Feed, service_around
from tests.dashboard.examples import TEXT, article, event, person

Client = TestClient[Any, Any]


@pytest.fixture
async def client(feed: Feed) -> AsyncIterator[Client]:
    service = service_around(feed)
    async with TestClient(TestServer(build_server(service))) as found:
        yield found
    service.close()


async def text_of(client: Client, path: str, status: int = 200, **headers: str) -> str:
    async with client.get(path, headers=headers) as answer:
        assert answer.status == status, await answer.text()
        return await answer.text()


async def test_events_come_in_pages(client: Client, feed: Feed) -> None:
    events = [event(article(n)) for n in range(5)]
    feed.events(*events)
    first = json.loads(await text_of(client, "/api/events?limit=3"))
    second = json.loads(await text_of(client, f"/api/events?limit=3&after={first['next']}"))
    got = [EVENT_ADAPTER.validate_python(one) for one in first["events"] + second["events"]]
    assert got == events[::-1]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/api/events?limit=0", "limit"),
        ("/api/events?confidence=2", "confidence"),
        ("/events.csv?from=x", "from"),
    ],
)
async def test_a_wrong_parameter_is_refused_with_its_name(client: Client, path: str, named: str) -> None:
    assert named in json.loads(await text_of(client, path, 400))["error"]


async def test_people_get_a_page_that_says_what_is_wrong(client: Client) -> None:
    page = await text_of(client, "/?confidence=2", 400, Accept="text/html")
    assert "confidence: input should be less than or equal to 1" in page


async def test_one_event_and_none(client: Client, feed: Feed) -> None:
    one = event(article())
    feed.events(one)
    found = json.loads(await text_of(client, f"/api/events/{one.id}"))
    assert EVENT_ADAPTER.validate_python(found["event"]) == one and found["withdrawn"] is False
    assert "error" in json.loads(await text_of(client, "/api/events/none", 404))
    assert "No hay tal suceso" in await text_of(client, "/events/none", 404)


async def test_an_address_with_nothing_behind_it_is_told_to_people_and_programs(client: Client) -> None:
    for path in ("/nowhere", "/static/none.js"):
        assert "No hay tal página" in await text_of(client, path, 404, Accept="text/html")
        assert path in json.loads(await text_of(client, path, 404))["error"]
    assert "error" in json.loads(await text_of(client, "/api/nowhere", 404, Accept="text/html"))
    page = await text_of(client, "/nowhere", 404, **{"Accept": "text/html", "Accept-Language": "en"})
    assert "There is no such page" in page


async def messages(answer: Any, count: int) -> list[tuple[str, str, str]]:
    """Read so many server-sent events: id, kind, data."""
    found = []
    fields: dict[str, str] = {}
    async with asyncio.timeout(20):
        while len(found) < count:
            line = (await answer.content.readline()).decode().rstrip("\n")
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                found.append((fields["id"], fields["event"], fields["data"]))
                fields = {}
    return found


async def test_changes_come_as_they_happen(client: Client, feed: Feed) -> None:
    told = article()
    async with client.get("/api/events/stream?type=visit") as answer:
        assert answer.content_type == "text/event-stream"
        ((_, kind, _),) = await messages(answer, 1)
        assert kind == "hello"
        feed.events(event(told, "statement"), event(told))
        feed.withdraw(event(told), told)
        feed.events(event(article(2)))
        changes = await messages(answer, 2)
    kinds = [kind for _, kind, _ in changes]
    assert kinds in (["event", "withdrawn"], ["withdrawn", "event"])


async def test_a_client_that_comes_back_gets_what_it_missed(client: Client, feed: Feed) -> None:
    feed.events(event(article(1)))
    async with client.get("/api/events/stream") as answer:
        ((position, _, _),) = await messages(answer, 1)
    feed.events(event(article(2)), event(article(3)))
    async with client.get("/api/events/stream", headers={"Last-Event-ID": position}) as answer:
        missed = await messages(answer, 2)
    assert [json.loads(data)["article"]["id"] for _, _, data in missed] == ["articulo-2", "articulo-3"]


async def test_a_client_that_knew_another_file_is_told_to_load_anew(client: Client, feed: Feed) -> None:
    feed.events(event(article(1)))
    for known in ("00000000-7", "nonsense"):
        async with client.get("/api/events/stream", headers={"Last-Event-ID": known}) as answer:
            ((_, kind, _),) = await messages(answer, 1)
        assert kind == "reset"


async def test_the_stream_is_not_counted_after_the_client_left(client: Client, feed: Feed) -> None:
    async with client.get("/api/events/stream") as answer:
        await messages(answer, 1)
    for _ in range(50):
        feed.events(event(article(1), confidence=0.1 + _ / 100))
        metrics = await text_of(client, "/metrics")
        if "teletipo_dashboard_streams 0.0" in metrics:
            return
        await asyncio.sleep(0.1)
    pytest.fail("the stream is still counted")


async def test_csv_has_every_event_and_no_formulas(client: Client, feed: Feed) -> None:
    feed.events(
        event(article(1)), event(article(2), "statement", participants=[person("speaker", "=HYPERLINK(1)")])
    )
    feed.events(event(article(3, source="=cmd()")))
    rows = list(csv.DictReader(io.StringIO(await text_of(client, "/events.csv"))))
    assert len(rows) == 3
    assert rows[0]["source"] == "'=cmd()"
    assert rows[1]["participants"] == "speaker: =HYPERLINK(1)"
    assert rows[1]["content"] == "La pesca artesanal es nuestra prioridad"


async def test_json_lines_are_the_events(client: Client, feed: Feed) -> None:
    events = [event(article(n)) for n in range(3)]
    feed.events(*events)
    lines = (await text_of(client, "/events.jsonl?type=visit")).splitlines()
    assert [EVENT_ADAPTER.validate_json(line) for line in lines] == events[::-1]


async def test_atom_is_a_feed_of_the_view(client: Client, feed: Feed) -> None:
    feed.events(
        event(article(1)), event(article(2), "statement"), event(article(3), id="ctrl\x01", type="visit")
    )
    atom = "{http://www.w3.org/2005/Atom}"
    feed_element = ET.fromstring(await text_of(client, "/events.atom?type=visit&lang=en"))
    titles = [entry.findtext(f"{atom}title") for entry in feed_element.findall(f"{atom}entry")]
    assert titles == ["Lucía Arbeloa will visit Lima"] * 2
    assert feed_element.findtext(f"{atom}updated") == "2024-06-01T03:00:00Z"


async def test_the_api_is_described_and_answers_as_described(client: Client, feed: Feed) -> None:
    feed.events(event(article(1)), event(article(2), "statement"))
    document = json.loads(await text_of(client, "/api/openapi.json"))
    assert document["openapi"].startswith("3.1")
    for path in ("/api/events", "/api/overview", "/api/health", f"/api/events/{event(article(1)).id}"):
        described = document["paths"].get(path) or document["paths"]["/api/events/{id}"]
        schema = described["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(
            json.loads(await text_of(client, path)), {**schema, "components": document["components"]}
        )
    names = {p["name"] for p in document["paths"]["/api/events"]["get"]["parameters"]}
    assert {"q", "type", "who", "country", "source", "factuality", "from", "to", "limit", "after"} <= names


async def test_health_counts_receipts_and_dead_letters(client: Client, feed: Feed) -> None:
    feed.receipt(article(1))
    feed.dead_letter("decode")
    feed.dead_letter("decode")
    health = json.loads(await text_of(client, "/api/health"))
    assert health["articles_per_second"] > 0
    assert health["dead_letters"] == [{"name": "decode", "events": 2}]
    assert "decode 2" in await text_of(client, "/strip")
    assert json.loads(await text_of(client, "/readyz"))["ready"] is True


@pytest.mark.parametrize(
    "path", ["/", "/overview", "/api/events", "/events.csv", "/static/app.js", "/nowhere"]
)
async def test_every_answer_is_guarded(client: Client, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Server"] == "teletipo"


HOSTILE = "<script>alert(1)</script>"


async def test_foreign_text_never_becomes_markup(client: Client, feed: Feed) -> None:
    told = article(
        text=f"{TEXT} {HOSTILE}",
        title=HOSTILE,
        source='"><img src=x onerror=alert(1)>',
        url="javascript:alert(1)",
    )
    one = event(told, participants=[person("visitor", HOSTILE), person("host", "Ana\u202eloS")])
    feed.articles(told)
    feed.events(one)
    for path in ("/", f"/events/{one.id}", "/overview", "/?who=" + HOSTILE, "/?source=%22%3E%3Cimg%3E"):
        page = await text_of(client, path)
        assert "<script>alert" not in page and "<img" not in page
        assert "javascript:" not in page and "\u202e" not in page
    assert "&lt;script&gt;alert(1)" in await text_of(client, f"/events/{one.id}")


async def test_the_page_of_an_event_marks_what_it_rests_on(client: Client, feed: Feed) -> None:
    one = event(article())
    feed.articles(article())
    feed.events(one, event(article(), "statement"))
    page = await text_of(client, f"/events/{one.id}?lang=en")
    assert '<mark class="mark-trigger"' in page and ">visitará</mark>" in page
    assert '<mark class="mark-place"' in page
    assert "the text does not say; the day of publication is taken" in page
    assert "Other events of this article" in page
    assert 'href="https://ribera.example/1"' in page


async def test_an_event_of_another_version_shows_sentences_in_place_of_the_text(
    client: Client, feed: Feed
) -> None:
    feed.articles(article(version=2, text="Otro texto, más corto."))
    one = event(article(version=1))
    feed.events(one)
    page = await text_of(client, f"/events/{one.id}")
    assert "<blockquote>" in page and "<mark" not in page


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-GB,en;q=0.9", "en"), ("es-PE", "es"), ("fr,de", "es"), ("", "es")]
)
async def test_the_page_speaks_the_browsers_language(client: Client, accepted: str, language: str) -> None:
    page = await text_of(client, "/", **{"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page


async def test_static_files_and_no_others(client: Client) -> None:
    assert "EventSource" in await text_of(client, "/static/app.js")
    await text_of(client, "/static/..%2fserver.py", 404)
    await text_of(client, "/static/other.js", 404)
