"""`make torture`: the whole torture and the measure of memory, as a table and as `torture.json`."""

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.torture.cluster import TortureError
from tests.torture.faults import Fault
from tests.torture.memory import Memory, measure_memory
from tests.torture.run import FULL, SHORT, Outcome, torture

MOST_GROWTH = 1.05


def main() -> int:
    """Run it; 0 when nothing was lost, wrong or left behind and memory stayed flat."""
    options = _options()
    console = Console(highlight=False)

    def say(text: str) -> None:
        console.print(text, markup=False)

    size = SHORT if options.short else replace(FULL, articles=options.articles)
    folder = Path(tempfile.mkdtemp(prefix="teletipo-torture-"))
    say(f"{size.articles} articles, seed {options.seed}; logs are in {folder}")
    try:
        outcome = torture(size, seed=options.seed, folder=folder / "faults", say=say)
        verdict = outcome.verdict
        # Told at once: the memory takes its time.
        say(f"lost {verdict.lost}, wrong {verdict.wrong}, left behind {verdict.left_behind}")
        memory = measure_memory(options.backlog, folder / "memory", say)
    except TortureError as error:
        say(f"It did not come to an end: {error}. Logs are in {folder}")
        return 1
    console.print(table(outcome, memory))
    for example in outcome.verdict.examples:
        say(example)
    results = summary(outcome, memory)
    Path("torture.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    say(f"Written to torture.json: {json.dumps(results)}")
    failed = results["lost"] or results["wrong"] or results["left_behind"]
    if failed or memory.ratio > MOST_GROWTH:
        say(f"Not as promised. Logs are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="another order of faults and other articles")
    parser.add_argument("--articles", type=int, default=FULL.articles, help="default: %(default)s")
    parser.add_argument(
        "--backlog", type=int, default=50_000, help="articles for memory; default: %(default)s"
    )
    parser.add_argument("--short", action="store_true", help="the form that is in `make test`")
    return parser.parse_args()


def summary(outcome: Outcome, memory: Memory) -> dict[str, float]:
    """Give the numbers that are compared from one run to the next."""
    verdict = outcome.verdict
    return {
        "articles": outcome.plan.articles,
        "kills": outcome.strikes[Fault.KILL],
        "lost": verdict.lost,
        "wrong": verdict.wrong,
        "left_behind": verdict.left_behind,
        "duplicates_before_compaction": verdict.duplicates,
        "memory_ratio": round(memory.ratio, 4),
    }


def table(outcome: Outcome, memory: Memory) -> Table:
    """Draw everything that was done and counted."""
    verdict = outcome.verdict
    drawn = Table(
        "what", "how many", box=None, title=f"torture, {outcome.seconds:.0f} s", title_justify="left"
    )
    rows: list[tuple[str, object]] = [("articles", outcome.plan.articles), *outcome.plan.counts.items()]
    rows += [(fault.value, count) for fault, count in outcome.strikes.items()]
    codes = ", ".join(f"{count} × {code}" for code, count in sorted(outcome.exits.items()))
    rows += [
        ("workers ended with code", codes),
        ("events that stand", verdict.events),
        ("tombstones sent", verdict.tombstones),
        ("receipts", verdict.receipts),
        ("dead letters", verdict.letters),
        ("lost", verdict.lost),
        ("wrong", verdict.wrong),
        ("left behind", verdict.left_behind),
        ("events sent again, before compaction", verdict.duplicates),
        ("dead letters sent again", verdict.repeated_letters),
        ("articles of the backlog", memory.articles),
        ("articles a second", f"{memory.articles / memory.seconds:.0f}"),
        ("MB in its quarters", " · ".join(f"{mb:.1f}" for mb in memory.quarters)),
        ("last quarter by second", f"{memory.ratio:.3f}"),
    ]
    for what, how_many in rows:
        drawn.add_row(what, str(how_many))
    return drawn


if __name__ == "__main__":
    sys.exit(main())
