"""Stuck or idle: the judgement with a clock moved by hand, and how it is served."""

import json
import urllib.request
from collections.abc import Callable
from urllib.error import HTTPError

import pytest

from schemas import ConfigurationError
from streams.broker import free_port
from streams.health import LONGEST_SILENCE_SECONDS, Health, Phase, Sight
from streams.health_server import HealthServer

LIMIT = 100.0
QUIET = Sight(2, 0, rebalancing=False)
BEHIND = Sight(2, 7, rebalancing=False)


class World:
    def __init__(self) -> None:
        self.now = 0.0
        self.health = Health(stuck_after_seconds=LIMIT, clock=lambda: self.now)
        self.health.enter(Phase.RUNNING)
        self.health.beat(QUIET)

    def live(self, seconds: float, sight: Sight | Callable[[int], Sight] = QUIET) -> None:
        """Let time go by, with a heartbeat every second."""
        for second in range(int(seconds)):
            self.now += 1
            self.health.beat(sight(second) if callable(sight) else sight)

    @property
    def status(self) -> str:
        report = self.health.report()
        assert report.alive == (report.status != "stuck") == (not report.reason)
        return report.status


def test_health_idle_for_hours_is_not_stuck() -> None:
    world = World()
    world.live(10_000)
    assert world.status == "idle"
    assert world.health.report().ready


def test_health_records_that_nobody_takes_are_stuck() -> None:
    world = World()
    world.live(LIMIT - 1, BEHIND)
    assert world.status == "working"
    world.live(2, BEHIND)
    assert world.status == "stuck"
    assert "7 records wait" in world.health.report().reason
    world.live(1, Sight(2, 6, rebalancing=False))
    assert world.status == "working", "one was taken"


def test_health_a_backlog_that_shrinks_is_work() -> None:
    world = World()
    world.live(500, lambda second: Sight(2, 1000 - second, rebalancing=False))
    assert world.status == "working"


def test_health_a_backlog_that_grows_while_articles_end_is_work() -> None:
    world = World()
    for second in range(500):
        with world.health.work(second):
            world.live(1, Sight(2, second + 1, rebalancing=False))
    assert world.status == "working"


def test_health_work_that_does_not_end_is_stuck() -> None:
    world = World()
    with world.health.work("a"):
        world.live(LIMIT)
        assert world.status == "working"
        world.live(1)
        assert world.status == "stuck"
    assert world.status == "idle"


def test_health_a_blocked_event_loop_is_stuck() -> None:
    world = World()
    world.now += LONGEST_SILENCE_SECONDS + 1
    assert world.status == "stuck"
    assert "event loop" in world.health.report().reason


@pytest.mark.parametrize(
    ("sight", "word"),
    [(Sight(0, None, rebalancing=False), "answered"), (Sight(0, 0, rebalancing=True), "handed out")],
)
def test_health_a_consumer_that_does_not_come_back_is_stuck(sight: Sight, word: str) -> None:
    world = World()
    world.live(LIMIT, sight)
    assert world.status != "stuck"
    assert not world.health.report().ready
    world.live(1, sight)
    assert world.status == "stuck"
    assert word in world.health.report().reason


def test_health_without_partitions_it_stands_by() -> None:
    world = World()
    world.live(10_000, Sight(0, 0, rebalancing=False))
    assert world.status == "standby"
    assert not world.health.report().ready


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.LOADING, Phase.STOPPING])
def test_health_before_and_after_work_it_is_alive_and_not_ready(phase: Phase) -> None:
    world = World()
    world.health.enter(phase)
    world.now += 10_000
    assert world.status == phase.value
    assert not world.health.report().ready


def get(server: HealthServer, path: str) -> tuple[int, bytes]:
    assert server.address is not None
    host, port = server.address
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def test_health_is_served() -> None:
    world = World()
    server = HealthServer(world.health, host="127.0.0.1", port=free_port())
    server.start()
    try:
        assert get(server, "/healthz")[0] == get(server, "/readyz")[0] == 200
        assert json.loads(get(server, "/healthz")[1])["status"] == "idle"
        assert b"teletipo_records_behind" in get(server, "/metrics")[1]
        assert get(server, "/")[0] == 404
        world.now += 1000
        code, body = get(server, "/healthz?verbose=1")
        assert (code, json.loads(body)["status"]) == (503, "stuck")
        assert server.address is not None
        with pytest.raises(ConfigurationError, match="web_port"):
            HealthServer(world.health, host="127.0.0.1", port=server.address[1]).start()
    finally:
        server.stop()


def test_health_port_0_serves_nothing() -> None:
    server = HealthServer(World().health, host="127.0.0.1", port=0)
    server.start()
    assert server.address is None
