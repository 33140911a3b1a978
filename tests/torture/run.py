"""A torture from its beginning to its verdict."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from streams.publisher import open_publisher
from tests.torture.articles import Plan, plan_articles
from tests.torture.cluster import Cluster, cluster
from tests.torture.faults import Fault, Strike, plan_faults
from tests.torture.verdict import Verdict, judge


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    articles: int
    poison: int
    faults: dict[Fault, int]
    partitions: int = 4
    article_timeout_seconds: float = 2.0


FULL = Size(
    5000,
    5,
    {Fault.KILL: 10, Fault.TERM: 10, Fault.JOIN: 5, Fault.BROKER: 3, Fault.PROCESS: 10},
)
SHORT = Size(400, 1, dict.fromkeys(Fault, 1))
"""Every kind once, for each run of the tests: about a minute on a free machine."""


@dataclass(frozen=True)
class Outcome:
    """What a torture came to."""

    plan: Plan
    strikes: Counter[Fault]
    exits: Counter[int]
    verdict: Verdict
    seconds: float


def torture(size: Size, *, seed: int, folder: Path, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Send articles while faults happen, let the workers finish, and judge what stands.

    Raises:
        TortureError: The cluster does not come back.
    """
    started = time.monotonic()
    plan = plan_articles(seed, size.articles, poison=size.poison)
    strikes = plan_faults(seed, size.faults)
    with cluster(
        folder, partitions=size.partitions, article_timeout_seconds=size.article_timeout_seconds
    ) as tortured:
        # One that comes back under its name, as systemd's unit has it, and one that does not.
        tortured.add_worker("ada", group_instance="ada")
        tortured.add_worker("bea")
        _strike_all(tortured, plan, strikes, say)
        say("No more faults; the workers finish …")
        tortured.wait_for(
            lambda: tortured.kafka.lag() == 0, "the workers do not come to an end of the articles"
        )
        children = [pid for worker in tortured.workers for pid in tortured.processes_of(worker)]
        exits: Counter[int] = Counter()
        for worker in list(tortured.workers):
            tortured.remove_worker(worker, signal.SIGTERM)
        for worker in tortured.gone:
            exits += worker.exits
        say("Comparing …")
        verdict = judge(tortured.kafka, Counter((record.key, record.value) for record in plan.records))
        verdict.leave_behind(sum(map(_lives, children)), "extraction processes without their worker")
    return Outcome(
        plan, Counter(strike.fault for strike in strikes), exits, verdict, time.monotonic() - started
    )


def _strike_all(tortured: Cluster, plan: Plan, strikes: list[Strike], say: Callable[[str], None]) -> None:
    """Send the articles in as many parts as there are faults, and strike in the middle of each."""
    parts = len(strikes) + 1
    bounds = [len(plan.records) * number // parts for number in range(parts + 1)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        before = tortured.done()
        with open_publisher(tortured.kafka.settings) as publisher:
            for record in plan.records[start:end]:
                publisher.send(tortured.kafka.names.raw, record)
        if number == len(strikes):
            return
        strike = strikes[number]
        wanted = before + int((end - start) * strike.after)
        tortured.wait_for(lambda wanted=wanted: tortured.done() >= wanted, "", fail=False)
        say(f"{number + 1:>3}/{len(strikes)}  {tortured.done():>6} done  {strike.fault}")
        _strike(tortured, strike)


def _strike(tortured: Cluster, strike: Strike) -> None:
    worker = tortured.workers[int(strike.luck * len(tortured.workers))]
    match strike.fault:
        case Fault.KILL:
            worker.end(signal.SIGKILL)
            worker.start()
        case Fault.TERM:
            worker.end(signal.SIGTERM)
            worker.start()
        case Fault.JOIN:
            _join_and_leave(tortured, signal.SIGTERM if strike.luck < 0.5 else signal.SIGKILL)
        case Fault.BROKER:
            tortured.kill_broker(strike.luck * 5)
        case Fault.PROCESS:
            children = tortured.processes_of(worker)
            if children:
                os.kill(children[int(strike.luck * len(children))], signal.SIGKILL)


def _join_and_leave(tortured: Cluster, number: signal.Signals) -> None:
    third = tortured.add_worker(f"guest-{len(tortured.gone) + 1}")
    tortured.wait_for(third.is_ready, "the third worker does not get ready")
    tortured.wait_for(lambda: third.done() > 0, "", fail=False)
    tortured.remove_worker(third, number)


def _lives(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
