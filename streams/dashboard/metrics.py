"""Metrics of the dashboard for Prometheus, read at the moment that they are asked for."""

from __future__ import annotations

import sqlite3

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from streams.dashboard.service import Service


async def render(service: Service) -> bytes:
    """Give all metrics in Prometheus' text format."""
    registry = CollectorRegistry()

    def gauge(name: str, tells: str, value: float) -> None:
        Gauge(f"teletipo_dashboard_{name}", tells, registry=registry).set(value)

    health = await service.health()
    gauge("reading", "1 while the broker answers.", health.reading)
    gauge("caught_up", "1 once everything was read that was there at the start.", health.caught_up)
    gauge("records_applied", "Records applied since the start.", service.follower.applied)
    gauge("streams", "Browsers and programs that follow changes.", service.streams)
    gauge("change", "Number of the latest change.", service.hub.latest)
    gauge("articles", "Articles kept.", health.articles)
    if health.lag is not None:
        gauge("worker_lag", "Articles that the workers have not committed.", health.lag)
    events = Gauge("teletipo_dashboard_events", "Events kept, by type.", ["type"], registry=registry)
    for event_type, number in await service.read(_events_by_type):
        events.labels(event_type).set(number)
    letters = Gauge("teletipo_dashboard_dead_letters", "Dead letters kept.", ["code"], registry=registry)
    for count in health.dead_letters:
        letters.labels(count.name).set(count.events)
    return generate_latest(registry)


def _events_by_type(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    rows = connection.execute("SELECT type, count(*) AS n FROM events WHERE withdrawn = 0 GROUP BY type")
    return [(row["type"], row["n"]) for row in rows]
