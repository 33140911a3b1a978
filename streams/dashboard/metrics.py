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
    _add_lag(registry, service)
    events = Gauge("teletipo_dashboard_events", "Events kept, by type.", ["type"], registry=registry)
    for event_type, number in await service.read(_events_by_type):
        events.labels(event_type).set(number)
    letters = Gauge("teletipo_dashboard_dead_letters", "Dead letters kept.", ["code"], registry=registry)
    for count in health.dead_letters:
        letters.labels(count.name).set(count.events)
    return generate_latest(registry)


def _add_lag(registry: CollectorRegistry, service: Service) -> None:
    lag = service.lag_watch.lag
    if lag is None:
        return
    name = "teletipo_dashboard_worker_lag"
    tells = "Articles that the workers have not committed, by partition of articles.raw."
    gauge = Gauge(name, tells, ["partition"], registry=registry)
    for partition, records in lag.by_partition.items():
        gauge.labels(partition).set(records)
    oldest = Gauge(
        "teletipo_dashboard_oldest_unread_seconds", "Age of the oldest of them.", registry=registry
    )
    oldest.set(lag.oldest_unread_seconds or 0)


def _events_by_type(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    rows = connection.execute("SELECT type, count(*) AS n FROM events WHERE withdrawn = 0 GROUP BY type")
    return [(row["type"], row["n"]) for row in rows]
