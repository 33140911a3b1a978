"""Counters and histograms of a worker, for Prometheus; served at `/metrics` of its web port."""

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, that nothing here reads

REGISTRY: Final = CollectorRegistry()
"""Ours alone: the default one would add a page of Python's own."""

ARTICLES: Final = Counter("teletipo_articles_total", "Articles by outcome.", ["outcome"], registry=REGISTRY)
EVENTS: Final = Counter("teletipo_events_total", "Events published, by type.", ["type"], registry=REGISTRY)
TOMBSTONES: Final = Counter(
    "teletipo_tombstones_total", "Events taken back, by type.", ["type"], registry=REGISTRY
)
DEAD_LETTERS: Final = Counter(
    "teletipo_dead_letters_total", "Dead letters by code.", ["code"], registry=REGISTRY
)
PROCESSES_REPLACED: Final = Counter(
    "teletipo_processes_replaced_total",
    "Processes that crashed or hung and were replaced.",
    ["reason"],
    registry=REGISTRY,
)
ARTICLE_SECONDS: Final = Histogram(
    "teletipo_article_seconds",
    "Seconds from taking an article to its receipt.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
EXTRACTION_SECONDS: Final = Histogram(
    "teletipo_extraction_seconds",
    "Seconds of extraction alone.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
STEP_SECONDS: Final = Histogram(
    "teletipo_step_seconds",
    "Seconds of an article in each step: decode, wait (for a process), extract, send, receipt.",
    ["step"],
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30),
    registry=REGISTRY,
)
BEHIND: Final = Gauge(
    "teletipo_records_behind", "Records on our partitions that are not fetched yet.", registry=REGISTRY
)
IN_FLIGHT: Final = Gauge("teletipo_articles_in_flight", "Articles held now.", registry=REGISTRY)


def render() -> bytes:
    """Give all metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)
