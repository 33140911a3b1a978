"""A real HTTP server on this machine that answers as a test tells it to."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server says.

    Attributes:
        etag: A request that has it gets 304 and nothing else.
        drip_seconds: Pause before each byte.
    """

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    drip_seconds: float = 0.0


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    at: float


class Server:
    """Answers by path; several answers to a path are given one after the other, the last again and again."""

    def __init__(self, port: int) -> None:
        self._lock = threading.Lock()
        self.url = f"http://127.0.0.1:{port}"
        self.port = port
        self.asked: list[Asked] = []
        self.busy = self.peak = 0
        self.answers: dict[str, list[Answer]] = defaultdict(list)

    def on(self, path: str, *answers: Answer) -> str:
        """Set the answers to a path; gives its address."""
        self.answers[path] = list(answers)
        return self.url + path

    def enter(self, change: int) -> None:
        """Count the slow answers at hand."""
        with self._lock:
            self.busy += change
            self.peak = max(self.peak, self.busy)

    def paths(self) -> list[str]:
        """Paths in the order that they were asked for."""
        return [asked.path for asked in self.asked]

    def next_answer(self, path: str) -> Answer:
        """Take the next answer to a path."""
        left = self.answers.get(path) or [Answer(status=404)]
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told: Server = self.server.told  # type: ignore[attr-defined]
            told.asked.append(Asked(self.path, dict(self.headers.items()), time.monotonic()))
            answer = told.next_answer(self.path)
            if answer.etag and self.headers.get("If-None-Match") == answer.etag:
                self.send_response(304)
                self.end_headers()
                return
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            headers = {"Content-Length": str(len(body)), **answer.headers}
            if answer.etag:
                headers["ETag"] = answer.etag
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self._send(body, answer.drip_seconds)

        def _send(self, body: bytes, drip_seconds: float) -> None:
            try:
                if not drip_seconds:
                    self.wfile.write(body)
                    return
                told: Server = self.server.told  # type: ignore[attr-defined]
                told.enter(+1)
                for number, byte in enumerate(body, start=1):
                    time.sleep(drip_seconds)
                    if number == len(body):
                        told.enter(-1)  # before the last byte, which lets the client go on
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
            except OSError:  # the client had enough
                pass

        def log_message(self, *_: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    told = Server(httpd.server_address[1])
    httpd.told = told  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()
