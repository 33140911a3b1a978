"""`make demo`: the whole path once, on a real Kafka, with nothing left running afterwards.

Starts a broker of its own on a free port, a worker and the live page, ingests `samples/agencia.jsonl`,
and shows the events as they come on the topics until there is a receipt for every article. On a
terminal the page then stays until Ctrl-C. All of it through the commands that you would type.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console

from schemas import Receipt
from streams.article_files import read_file
from streams.broker import free_port
from streams.dead_letters import dead_letters
from streams.receipts import ReceiptReader, ReceiptStore
from streams.settings import Settings, load_settings

SAMPLE = Path(__file__).with_name("agencia.jsonl")
TELETIPO = (sys.executable, "-m", "streams.cli")
KEPT_SETTINGS = {"TELETIPO_DATA_DIR", "TELETIPO_EXTRACTOR", "TELETIPO_MODEL"}  # jars at hand; who extracts
BROKER_START_SECONDS = 600  # the first start brings 44 MB of jars
ARTICLES_SECONDS = 240  # 14 articles take seconds; loading models on a loaded machine takes the rest
LAST_EVENTS_SECONDS = 3
PAGE_SECONDS = 60
STOP_SECONDS = 30

console = Console(highlight=False)


class DemoError(Exception):
    """The demo cannot go on; the text says why."""


def main() -> int:
    """Run the demo; 0 when every article has its receipt."""
    signal.signal(signal.SIGTERM, _leave)
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="teletipo-demo-"))
    try:
        run(folder, started)
    except (DemoError, subprocess.TimeoutExpired) as error:
        console.print(f"\nThe demo stopped: {error}", style="red", markup=False)
        console.print(f"Logs are in {folder}", markup=False)
        return 1
    except KeyboardInterrupt:
        console.print("\nStopped.")
        shutil.rmtree(folder, ignore_errors=True)
        return 130
    shutil.rmtree(folder, ignore_errors=True)
    say("Everything that was started is stopped. Next: teletipo extract samples/agencia.jsonl --format table")
    return 0


def run(folder: Path, started: float) -> None:
    """Start everything, ingest the sample, wait for all receipts, show the page, stop everything."""
    port = free_port()
    isolate(folder, port)
    settings = load_settings()
    wanted = {entry.article.id for entry in _entries(settings) if entry.article}
    say(f"Starting Kafka on 127.0.0.1:{port} …")
    with broker(folder, port):
        command("topics", "create")
        say("Starting a worker …")
        with (
            process(folder, "worker") as worker,
            process(folder, "dashboard") as dashboard,
            process(folder, "watch", "--from", "beginning", shown=True) as watch,
        ):
            say(f"Ingesting {SAMPLE.name}: {len(wanted)} articles …\n")
            command("ingest", str(SAMPLE))
            receipts = wait_for_receipts(settings, wanted, (worker, dashboard, watch), folder)
            summarise(receipts, time.monotonic() - started)
            show_page(sum(receipt_events(receipts).values()), f"http://127.0.0.1:{settings.dashboard_port}/")


def isolate(folder: Path, port: int) -> None:
    """Let this process and all it starts see the demo's broker and no other settings of the user's."""
    for name in [name for name in os.environ if name.startswith("TELETIPO_")]:
        if name not in KEPT_SETTINGS:
            del os.environ[name]
    os.environ |= {
        "TELETIPO_BOOTSTRAP_SERVERS": f"127.0.0.1:{port}",
        "TELETIPO_WEB_PORT": "0",
        "TELETIPO_DASHBOARD_PORT": str(free_port()),
        "TELETIPO_DASHBOARD_FILE": str(folder / "dashboard.sqlite"),
        "PYTHONUNBUFFERED": "1",
    }
    os.chdir(folder)  # away from a teletipo.toml


@contextmanager
def broker(folder: Path, port: int) -> Iterator[None]:
    """Run a broker whose data lives in the demo's folder."""
    data_dir = ("--data-dir", str(folder / "broker"))
    arguments = ("broker", "start", "--port", str(port), *data_dir)
    try:
        command(*arguments, seconds=BROKER_START_SECONDS)
        yield
    finally:
        command("broker", "stop", *data_dir, check=False)


@contextmanager
def process(folder: Path, *arguments: str, shown: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command beside us until the block ends; what it logs goes to a file of its name."""
    with (folder / f"{arguments[0]}.log").open("wb") as log:
        running = subprocess.Popen(
            [*TELETIPO, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=None if shown else log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is ours; we stop it in order
        )
        try:
            yield running
        finally:
            stop(running)


def stop(running: subprocess.Popen[bytes]) -> None:
    """Stop a process that we started: politely, then not."""
    running.terminate()
    try:
        running.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def command(*arguments: str, seconds: float = 120, check: bool = True) -> None:
    """Run a command to its end.

    Raises:
        DemoError: It failed; what it said is the reason.
    """
    done = subprocess.run(
        [*TELETIPO, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    if check and done.returncode:
        raise DemoError(f"teletipo {' '.join(arguments)}: {(done.stderr or done.stdout).strip()}")


def wait_for_receipts(
    settings: Settings, wanted: set[str], running: tuple[subprocess.Popen[bytes], ...], folder: Path
) -> list[Receipt]:
    """Read receipts until every article has one.

    Raises:
        DemoError: A process ended, an article failed, or it takes too long.
    """
    store = ReceiptStore()
    reader = ReceiptReader(settings, store)
    deadline = time.monotonic() + ARTICLES_SECONDS
    while True:
        asyncio.run(reader.catch_up())
        found = [receipt for article_id in sorted(wanted) if (receipt := store.get(article_id))]
        if len(found) == len(wanted):
            return found
        for ended in running:
            if ended.poll() is not None:
                raise DemoError(f"{_name(ended)} ended with code {ended.returncode}:\n{_tail(folder, ended)}")
        if letters := [found.letter for found in dead_letters(settings)]:
            raise DemoError(
                f"{len(letters)} dead letters, the first: {letters[0].error}: {letters[0].detail}"
            )
        if time.monotonic() > deadline:
            seconds = f"{ARTICLES_SECONDS} s"
            raise DemoError(f"{len(found)} of {len(wanted)} articles have a receipt after {seconds}")
        time.sleep(0.5)


def receipt_events(receipts: list[Receipt]) -> Counter[str]:
    """Count events by type over all receipts."""
    events: Counter[str] = Counter()
    for receipt in receipts:
        events.update(receipt.counts)
    return events


def summarise(receipts: list[Receipt], seconds: float) -> None:
    """Tell what came out."""
    events = receipt_events(receipts)
    kinds = ", ".join(f"{count} {name}" for name, count in events.most_common())
    time.sleep(LAST_EVENTS_SECONDS)  # `watch` prints on the same terminal
    console.rule()
    say(
        f"{len(receipts)} articles → {events.total()} events ({kinds}) in {seconds:.0f} s, start-up included."
    )


def show_page(events: int, address: str) -> None:
    """Wait until the page has every event; whoever sits at a terminal may then look at it until Ctrl-C.

    Raises:
        DemoError: It does not get there in time.
    """
    deadline = time.monotonic() + PAGE_SECONDS
    while (shown := _events_shown(address)) < events:
        if time.monotonic() > deadline:
            raise DemoError(f"the page at {address} shows {shown} of {events} events after {PAGE_SECONDS} s")
        time.sleep(0.5)
    say(f"The live page shows them all: {address}")
    if sys.stdin.isatty() and sys.stdout.isatty():
        say("It stays until you press Ctrl-C.")
        with suppress(KeyboardInterrupt):
            signal.pause()


def _events_shown(address: str) -> int:
    try:
        with urllib.request.urlopen(f"{address}api/overview", timeout=10) as answer:
            return int(json.load(answer)["events"])
    except OSError:
        return 0  # not there yet


def say(text: str) -> None:
    """Tell the reader what happens."""
    console.print(text, markup=False, soft_wrap=True)


def _entries(settings: Settings) -> Iterator[Any]:
    return read_file(SAMPLE, max_bytes=settings.max_article_bytes)


def _name(running: subprocess.Popen[bytes]) -> str:
    arguments = running.args
    assert isinstance(arguments, list)
    return str(arguments[len(TELETIPO)])


def _tail(folder: Path, running: subprocess.Popen[bytes]) -> str:
    text = (folder / f"{_name(running)}.log").read_text("utf-8", "replace")
    return "\n".join(text.splitlines()[-10:])


def _leave(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
