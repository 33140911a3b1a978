"""The page in a real Chromium: live, filtered, shared, reconnecting, hostile, on a phone, accessible."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from streams.codec import encode_event
from tests.dashboard.conftest import Feed, RunningServer
from tests.dashboard.examples import TEXT, article, event, person

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra `test`)")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe is not installed (extra `test`)"
)

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found; Debian's package is `chromium`")

# Background traffic is off: tests talk to this machine only.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


class Tab:
    """A page with its complaints: errors of scripts and everything that the policy forbade."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(locale="es-ES", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))

        def listen(message: Any) -> None:
            if message.type == "error" and "ERR_" not in message.text:
                self.complaints.append(message.text)

        self.page.on("console", listen)

    def open(self, url: str) -> Any:
        self.page.goto(url)
        return self.page

    def sentences(self) -> list[str]:
        return [str(text) for text in self.page.locator("#events .sentence").all_inner_texts()]


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    found = Tab(browser, viewport={"width": 1440, "height": 900})
    yield found
    found.context.close()
    assert found.complaints == []


def test_events_arrive_live_where_their_publication_belongs(tab: Tab, server: RunningServer) -> None:
    feed = server.feed
    feed.events(event(article(1)), event(article(5)))
    page = tab.open(server.url)
    page.get_by_text("En directo").wait_for()
    feed.events(event(article(9), participants=[person("visitor", "Ana Sol")]))
    feed.events(event(article(3), participants=[person("visitor", "Leo Ríos")]))
    page.get_by_text("Leo Ríos").first.wait_for()
    assert [text.split(" visitará")[0] for text in tab.sentences()] == [
        "Ana Sol",
        "Lucía Arbeloa",
        "Leo Ríos",
        "Lucía Arbeloa",
    ]


def test_a_pause_holds_what_arrives_and_counts_it(tab: Tab, server: RunningServer) -> None:
    page = tab.open(server.url)
    page.get_by_text("En directo").wait_for()
    page.get_by_role("button", name="Pausar").click()
    server.feed.events(event(article(1)), event(article(2)))
    page.get_by_text("En pausa: 2 sucesos nuevos").wait_for()
    assert tab.sentences() == []
    page.get_by_role("button", name="Reanudar").click()
    assert len(tab.sentences()) == 2


def test_an_event_that_is_taken_back_is_struck_through(tab: Tab, server: RunningServer) -> None:
    told = article()
    server.feed.events(event(told))
    page = tab.open(server.url)
    page.get_by_text("En directo").wait_for()
    server.feed.withdraw(event(told), told)
    page.locator(".event.withdrawn").wait_for()
    assert "line-through" in page.locator(".withdrawn .sentence").evaluate(
        "e => getComputedStyle(e).textDecoration"
    )
    page.reload()
    assert tab.sentences() == []


def test_filters_are_kept_in_an_address_that_can_be_shared(
    tab: Tab, browser: Any, server: RunningServer
) -> None:
    feed = server.feed
    feed.events(event(article(1)), event(article(2), "statement"))
    feed.events(event(article(3), participants=[person("visitor", "Ana Sol")]))
    page = tab.open(server.url)
    page.get_by_label("visita", exact=True).check()
    page.get_by_label("Persona u organización").fill("ana")
    page.get_by_role("button", name="Aplicar").click()
    page.wait_for_url("**/?type=visit&who=ana")
    assert tab.sentences() == ["Ana Sol visitará Lima"]
    other = Tab(browser)
    other.open(page.url)
    assert other.sentences() == ["Ana Sol visitará Lima"]
    assert other.page.get_by_label("visita", exact=True).is_checked()
    other.page.get_by_text("En directo").wait_for()
    feed.events(event(article(4)), event(article(6), participants=[person("visitor", "Ana Mar")]))
    other.page.get_by_text("Ana Mar").first.wait_for()
    assert len(other.sentences()) == 2
    other.context.close()


def test_search_finds_without_accents(tab: Tab, server: RunningServer) -> None:
    server.feed.events(event(article(1)), event(article(2), "statement"))
    page = tab.open(server.url)
    page.get_by_label("Buscar").fill("prioridad lucia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=prioridad+lucia")
    assert len(tab.sentences()) == 1


def test_the_page_comes_back_after_the_server_restarts(tab: Tab, server: RunningServer) -> None:
    page = tab.open(server.url)
    page.get_by_text("En directo").wait_for()
    server.stop()
    page.get_by_text("Sin conexión").wait_for()
    server.feed.events(event(article(1)))  # missed while nobody served
    again = RunningServer(server.feed, port=server.port)
    page.get_by_text("Lucía Arbeloa visitará Lima").wait_for()
    page.get_by_text("En directo").wait_for()
    again.stop()


def test_hostile_text_is_only_text(tab: Tab, server: RunningServer) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    told = article(text=f"{TEXT} {hostile}", title=hostile, source=hostile, url="javascript:alert(3)")
    one = event(told, participants=[person("visitor", hostile), person("host", "\u202eaniL")])
    server.feed.articles(told)
    server.feed.events(one)
    page = tab.open(server.url)
    page.locator("#overview h2").first.wait_for()
    server.feed.events(event(article(9, source=hostile), participants=[person("visitor", f"vivo {hostile}")]))
    page.get_by_text("vivo <script>").first.wait_for()
    page.goto(f"{server.url}/events/{one.id}")
    assert hostile in page.locator("article .body").inner_text()
    assert page.locator("a[href^='javascript'], main script, main img").count() == 0


def test_counts_lead_to_the_events_they_count(tab: Tab, server: RunningServer) -> None:
    server.feed.events(event(article(1)), event(article(2), "statement"))
    page = tab.open(server.url)
    page.locator("#overview").get_by_role("link", name="Perú").click()
    page.wait_for_url("**/?country=PE")
    assert tab.sentences() == ["Lucía Arbeloa visitará Lima"]


def test_an_event_is_reached_and_left_with_the_keyboard(tab: Tab, server: RunningServer) -> None:
    server.feed.articles(article())
    server.feed.events(event(article()))
    page = tab.open(server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skips to the events
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "sentence":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")
    assert page.locator("mark.mark-trigger").inner_text() == "visitará"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_the_page_fits_and_axe_finds_nothing(
    browser: Any, server: RunningServer, scheme: str, width: int, height: int, tmp_path: Path
) -> None:
    feed = server.feed
    feed.articles(article(1))
    pair = [person("attendee", "Lucía Arbeloa"), person("attendee", "Tomás Quispe")]
    feed.events(
        event(article(1)), event(article(2), "statement"), event(article(3), "meeting", participants=pair)
    )
    feed.dead_letter("decode")
    tab = Tab(browser, viewport={"width": width, "height": height}, color_scheme=scheme)
    for path in (
        "/",
        f"/events/{event(article(1)).id}",
        "/?q=nada",
        "/events/none",
        "/nowhere",
        "/?confidence=2",
    ):
        page = tab.open(server.url + path)
        if path == "/":
            page.locator("#overview h2").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        serious = [
            (found["id"], [node["target"] for node in found["nodes"]])
            for found in axe.Axe().run(page).response["violations"]
            if found["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
        page.screenshot(path=tmp_path / "page.png")
    assert [text for text in tab.complaints if "404" not in text and "400" not in text] == []
    tab.context.close()


def test_the_list_does_not_grow_without_end(tab: Tab, server: RunningServer) -> None:
    page = tab.open(server.url)
    page.get_by_text("En directo").wait_for()
    server.feed.events(*(event(article(n)) for n in range(230)))
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline and page.locator("#events > li").count() < 200:
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)
    assert page.locator("#events > li").count() == 200


def test_without_scripts_the_page_still_tells(browser: Any, feed: Feed, server: RunningServer) -> None:
    feed.events(event(article(1)))
    tab = Tab(browser, java_script_enabled=False)
    page = tab.open(server.url)
    assert tab.sentences() == ["Lucía Arbeloa visitará Lima"]
    page.get_by_role("link", name="Sucesos por día de publicación").click()
    assert "Perú" in page.locator("main").inner_text()
    tab.context.close()


def test_the_first_paint_is_quick_with_many_events_behind_it(
    browser: Any, feed: Feed, server: RunningServer
) -> None:
    """The list does not wait for the counts of all that is behind it."""
    topic, one = "events.visit", event(article())
    (record,) = feed.records(topic, [encode_event(one)])
    assert record.value is not None
    for thousand in range(50):
        copies = []
        for n in range(thousand * 1000, thousand * 1000 + 1000):
            number = f"{n:012d}".encode()
            value = record.value.replace(one.id.encode(), b"00000000-0000-5000-8000-" + number)
            value = value.replace(b'"articulo-1"', b'"' + number + b'"')
            copies.append(replace(record, offset=n + 1, value=value))
        feed.apply(copies)
    paints = []
    for _ in range(3):  # the best of them: other work may share the machine
        tab = Tab(browser, viewport={"width": 1440, "height": 900})
        page = tab.open(server.url)
        page.locator("#events .sentence").first.wait_for()
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        page.get_by_text("50.000", exact=True).first.wait_for()
        tab.context.close()
    assert min(paints) < 1000, paints
