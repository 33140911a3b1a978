"""Feeds over HTTP, from a real server on this machine."""

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from streams.errors import FeedError
from streams.feeds.addresses import AddressPolicy, shown
from streams.feeds.fetching import Fetched, FetchLimits, Validators, WaitLongerError
from streams.feeds.web import Web
from tests.feeds.server import Answer, Server

HERE = [ipaddress.ip_network("127.0.0.1/32")]


class Names(AbstractResolver):
    """A name service of the test's own."""

    def __init__(self, **names: list[str]) -> None:
        self._names = {name.replace("_", "."): addresses for name, addresses in names.items()}

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        if host not in self._names:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in self._names[host]
        ]

    async def close(self) -> None:
        pass


@contextmanager
def web(names: dict[str, list[str]] | None = None, **limits: Any) -> Iterator[Web]:
    """Access to this machine only, and hardly a pause."""
    chosen = FetchLimits(
        **{"pause_seconds": 0.0, "first_wait_seconds": 0.01, "timeout_seconds": 5.0} | limits
    )
    resolver = (lambda: Names(**names)) if names is not None else None
    with Web(chosen, AddressPolicy(HERE), resolver) as opened:
        yield opened


def fetch(url: str, validators: Validators | None = None, **limits: Any) -> Fetched:
    with web(**limits) as opened:
        return opened.start(url, validators).result()


def reason(url: str, **limits: Any) -> str:
    with pytest.raises(FeedError) as raised:
        fetch(url, **limits)
    return raised.value.detail


def test_web_a_body_comes_with_its_validators(server: Server) -> None:
    url = server.on(
        "/a", Answer("hola", etag='"1"', headers={"Last-Modified": "Fri, 06 Mar 2026 08:00:00 GMT"})
    )
    fetched = fetch(url, user_agent="diario/1")
    assert fetched.body == b"hola"
    assert fetched.validators == Validators('"1"', "Fri, 06 Mar 2026 08:00:00 GMT")
    assert server.asked[0].headers["User-Agent"] == "diario/1"
    again = fetch(url, fetched.validators)
    assert again.body is None
    assert again.validators == fetched.validators
    assert server.asked[1].headers["If-Modified-Since"] == "Fri, 06 Mar 2026 08:00:00 GMT"


def test_web_what_may_pass_is_tried_again(server: Server) -> None:
    assert fetch(server.on("/a", Answer(status=500), Answer(status=503), Answer("hola"))).body == b"hola"
    assert reason(server.on("/b", Answer(status=500))) == "answers 500 Internal Server Error"
    assert server.paths().count("/b") == 3


def test_web_what_will_not_pass_is_not_tried_again(server: Server) -> None:
    assert reason(server.on("/a", Answer(status=403))) == "answers 403 Forbidden"
    assert "off the list" in reason(server.on("/b", Answer(status=410)))
    assert server.paths() == ["/a", "/b"]


def test_web_a_server_that_asks_to_wait_is_waited_for(server: Server) -> None:
    url = server.on("/a", Answer(status=429, headers={"Retry-After": "1"}), Answer("hola"))
    assert fetch(url).body == b"hola"
    first, second = server.asked
    assert second.at - first.at >= 1


def test_web_a_server_that_asks_to_wait_long_is_left_alone(server: Server) -> None:
    url = server.on("/a", Answer(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(WaitLongerError) as raised:
        fetch(url)
    assert raised.value.seconds == 3600
    assert len(server.asked) == 1


def test_web_a_slow_server_is_given_up(server: Server) -> None:
    started = time.monotonic()
    url = server.on("/a", Answer(b"x" * 100, drip_seconds=0.1))
    assert reason(url, timeout_seconds=0.5, attempts=1) == "no answer within 0.5 s"
    assert time.monotonic() - started < 3


def test_web_what_is_no_http_or_breaks_off_is_told(server: Server) -> None:
    short = server.on("/a", Answer("hola", headers={"Content-Length": "1000"}))
    assert "cannot be reached" in reason(short, attempts=1, timeout_seconds=2) or "no answer" in reason(short)
    with socket.create_server(("127.0.0.1", 0)) as other:

        def babble() -> None:
            with suppress(OSError):
                while True:
                    caller, _ = other.accept()
                    caller.sendall(b"220 ftp here\r\n\r\n")
                    caller.close()

        threading.Thread(target=babble, daemon=True).start()
        assert "cannot be reached" in reason(f"http://127.0.0.1:{other.getsockname()[1]}/")


def test_web_a_closed_port_is_told(server: Server) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    assert "cannot be reached" in reason(url)


def test_web_size_is_bounded_also_within_gzip(server: Server) -> None:
    assert "larger than 1000 bytes" in reason(server.on("/a", Answer(b"x" * 2000)), max_bytes=1000)
    bomb = Answer(gzip.compress(b"x" * 10_000_000), headers={"Content-Encoding": "gzip"})
    assert "larger than" in reason(server.on("/b", bomb), max_bytes=100_000)
    small = Answer(gzip.compress(b"hola"), headers={"Content-Encoding": "gzip"})
    assert fetch(server.on("/c", small)).body == b"hola"


def test_web_redirects_are_followed_and_bounded(server: Server) -> None:
    server.on("/b", Answer("hola"))
    fetched = fetch(server.on("/a", Answer(status=301, headers={"Location": "/b"})))
    assert (fetched.body, fetched.address) == (b"hola", server.url + "/b")
    assert fetched.moved_to == server.url + "/b"
    assert fetch(server.on("/d", Answer(status=302, headers={"Location": "/b"}))).moved_to is None
    assert "more than 5 times" in reason(server.on("/c", Answer(status=302, headers={"Location": "/c"})))


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("http://127.0.0.2/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://10.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:127.0.0.2]/", "private"),
        ("http://[64:ff9b::a00:1]/", "private"),
        ("http://0x7f.2/", "private"),
        ("http://2130706434/", "private"),
        ("http://0/", "private"),
        ("file:///etc/hostname", "only http and https"),
        ("http://[oops/", "no address"),
    ],
)
def test_web_redirects_to_private_addresses_are_refused(server: Server, target: str, says: str) -> None:
    assert says in reason(server.on("/a", Answer(status=302, headers={"Location": target})))
    assert server.paths() == ["/a"]


def test_web_names_that_lead_to_private_addresses_are_refused(server: Server) -> None:
    names = {
        "inside_example": ["10.1.2.3"],
        "mixed_example": ["127.0.0.1", "192.168.0.9"],
        "here_example": ["127.0.0.1"],
    }
    server.on("/a", Answer("hola"))
    port = server.port
    assert "inside.example is at 10.1.2.3" in reason(f"http://inside.example:{port}/a", names=names)
    assert "192.168.0.9" in reason(f"http://mixed.example:{port}/a", names=names)
    assert server.asked == []
    assert fetch(f"http://here.example:{port}/a", names=names).body == b"hola"
    assert "cannot be reached" in reason(f"http://nowhere.example:{port}/a", names=names)
    redirecting = server.on("/r", Answer(status=302, headers={"Location": f"http://inside.example:{port}/a"}))
    assert "inside.example is at 10.1.2.3" in reason(redirecting, names=names)


def test_web_names_that_look_like_numbers_are_names() -> None:
    AddressPolicy().check_url("http://feed2.example1/")
    AddressPolicy().check_url("http://8.8.8.8/")
    with pytest.raises(FeedError):
        AddressPolicy().check_url("http://127.1/")


def test_web_localhost_is_private_unless_allowed(server: Server) -> None:
    server.on("/a", Answer("hola"))
    with Web(FetchLimits(pause_seconds=0), AddressPolicy()) as opened:
        error = opened.start(f"http://localhost:{server.port}/a").exception()
    assert isinstance(error, FeedError)
    assert "private_networks" in error.detail
    assert server.asked == []


def test_web_passwords_are_sent_to_their_host_only_and_never_shown(server: Server) -> None:
    server.on("/a", Answer(status=302, headers={"Location": f"http://other.example:{server.port}/b"}))
    server.on("/b", Answer(status=403))
    url = f"http://eva:secreto@here.example:{server.port}/a"
    names = {"here_example": ["127.0.0.1"], "other_example": ["127.0.0.1"]}
    assert "secreto" not in reason(url, names=names)
    first, second = server.asked
    assert first.headers["Authorization"].startswith("Basic ")
    assert "Authorization" not in second.headers
    assert shown(url) == f"http://here.example:{server.port}/a"


def test_web_a_slow_host_does_not_hold_up_another(server: Server) -> None:
    slow = server.on("/slow", Answer(b"x" * 50, drip_seconds=0.1))
    quick = server.on("/quick", Answer("hola"))
    with web() as opened:
        waiting, ready = opened.start(slow), opened.start(quick)
        done, _ = wait([waiting, ready], timeout=3, return_when="FIRST_COMPLETED")
        assert done == {ready}


def test_web_requests_to_one_host_keep_a_pause(server: Server) -> None:
    urls = [server.on(f"/{n}", Answer("x")) for n in range(4)]
    started = time.monotonic()
    with web(pause_seconds=0.1) as opened:
        wait([opened.start(url) for url in urls])
    assert time.monotonic() - started >= 0.3


def test_web_requests_to_one_host_are_few_at_a_time(server: Server) -> None:
    urls = [server.on(f"/{n}", Answer("xx", drip_seconds=0.05)) for n in range(6)]
    with web(per_host=2) as opened:
        done, _ = wait([opened.start(url) for url in urls])
    assert [future.exception() for future in done] == [None] * 6
    assert server.peak == 2


def test_web_leaving_does_not_wait_for_a_slow_server(server: Server) -> None:
    url = server.on("/slow", Answer(b"x" * 100, drip_seconds=0.2))
    started = time.monotonic()
    with web() as opened:
        opened.start(url)
    assert time.monotonic() - started < 2
    assert not [thread for thread in threading.enumerate() if thread.name == "web"]


def test_web_the_main_text_of_a_page_is_found(server: Server) -> None:
    words = "El alcalde de Finisterre, Anxo Lobeiras, visitó este jueves el faro, que reabre tras las obras. "
    body = f"<nav>Menú</nav><article><h1>Faro</h1><p>{words * 3}</p><p>{words}</p></article>"
    page = f"<html><body>{body}</body></html>"
    with web() as opened:
        text = opened.page_text(server.on("/p", Answer(page)))
        assert text is not None and "Anxo Lobeiras" in text and "Menú" not in text
        assert opened.page_text(server.on("/q", Answer(status=404))) is None
        assert opened.page_text(server.on("/r", Answer(b"\xff\xd8\xff\x00" * 50))) is None
