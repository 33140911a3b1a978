"""Nobody around the function: so many processes call it on articles in memory. The ceiling of all others.

The best there is: each takes the next articles when it is free, in batches as large as those of Teletipo's
processes, and the garbage collector does not look through what was loaded. Prints the seconds from the first
call to the last.
"""

import argparse
import gc
import multiprocessing
import time
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Barrier

from benchmarks.articles import compose
from benchmarks.payload import load_batch_function
from streams.codec import encode_article


def main() -> None:
    """Run once over all articles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("function", choices=("real", "cheap"))
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--articles", type=int, nargs=4, required=True, help="count, seed, shortest, longest")
    parser.add_argument("--batch", type=int, default=1)
    arguments = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(arguments.processes)
    place = context.Value("i", 0)
    with context.Pool(arguments.processes, _prepare, (ready, place)) as pool:
        job = (arguments.function, tuple(arguments.articles), arguments.batch)
        spans = pool.map(_run, [job] * arguments.processes, chunksize=1)
    print(
        max(end for _, end, _ in spans) - min(first for first, _, _ in spans), sum(cpu for _, _, cpu in spans)
    )


def _prepare(ready: Barrier, place: "Synchronized[int]") -> None:
    globals().update(ready=ready, place=place)


def _run(job: tuple[str, tuple[int, int, int, int], int]) -> tuple[float, float, float]:
    kind, (count, seed, shortest, longest), batch = job
    function = load_batch_function(kind, "")
    articles = compose(count, seed=seed, shortest=shortest, longest=longest)
    values = [encode_article(article).value or b"" for article in articles]
    gc.freeze()
    ready: Barrier = globals()["ready"]
    place: Synchronized[int] = globals()["place"]
    ready.wait()
    first, cpu = time.time(), time.process_time()
    while True:
        with place.get_lock():
            at = place.value
            place.value += batch
        if at >= count:
            return first, time.time(), time.process_time() - cpu
        function(values[at : at + batch])


if __name__ == "__main__":
    main()
