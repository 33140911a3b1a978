"""`/healthz`, `/readyz` and `/metrics` over HTTP, from a thread of its own.

It answers from the first moment, also while the worker waits for the broker, and when the event loop
is blocked: the routes of Faust's own web server would be silent then.
"""

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from schemas.errors import ConfigurationError
from streams import metrics
from streams.health import Health

_SECONDS_FOR_A_REQUEST: Final = 5


class HealthServer:
    """Serves what a worker's health is; port 0: serves nothing."""

    def __init__(self, health: Health, *, host: str, port: int) -> None:
        self.health = health
        self._host = host
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> tuple[str, int] | None:
        """Where it listens; None before the start or when it serves nothing."""
        if self._server is None:
            return None
        host, port = self._server.server_address[:2]
        return str(host), int(port)

    def start(self) -> None:
        """Begin to serve; a second call does nothing.

        Raises:
            ConfigurationError: The address is taken, or not ours.
        """
        if self._server is not None or not self._port:
            return
        try:
            self._server = _Server((self._host, self._port), _handler(self.health))
        except OSError as error:
            raise ConfigurationError(
                f"web_port: {self._host}:{self._port} cannot be served: {error.strerror}; "
                "another worker on this machine needs another port, or 0 for none"
            ) from error
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def stop(self) -> None:
        """End it."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hangs up."""


def _handler(health: Health) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS_FOR_A_REQUEST

        def do_GET(self) -> None:
            """Answer one of three paths."""
            report = health.report()
            body = {"status": report.status, "ready": report.ready, **report.fields}
            if report.reason:
                body["reason"] = report.reason
            match self.path.partition("?")[0]:
                case "/healthz":
                    self._answer(report.alive, json.dumps(body).encode())
                case "/readyz":
                    self._answer(report.ready, json.dumps(body).encode())
                case "/metrics":
                    self._answer(True, metrics.render(), "text/plain; version=0.0.4; charset=utf-8")
                case _:
                    self.send_error(HTTPStatus.NOT_FOUND)

        def log_message(self, *_: object) -> None:
            """Leave out a line a request."""

        def _answer(self, well: bool, body: bytes, kind: str = "application/json") -> None:
            self.send_response(HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
