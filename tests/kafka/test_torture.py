"""The short form of `make torture`: every kind of fault once, and nothing lost, wrong or left behind."""

from pathlib import Path

import pytest

from streams.broker import BrokerStatus
from tests.torture.run import SHORT, torture

pytestmark = pytest.mark.kafka


@pytest.mark.timeout(900)
def test_nothing_is_lost_whatever_happens(broker: BrokerStatus, tmp_path: Path) -> None:
    """The session's broker is asked for only to skip where none can run; the torture has its own."""
    outcome = torture(SHORT, seed=7, folder=tmp_path, say=print)
    verdict = outcome.verdict
    assert (verdict.lost, verdict.wrong, verdict.left_behind) == (0, 0, 0), verdict.examples
    assert verdict.events > SHORT.articles
    assert verdict.letters == outcome.plan.counts["broken, in 8 ways"] + 3 * SHORT.poison
