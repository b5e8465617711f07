"""Workers on this machine: one that ends costs what it was doing, and nobody else anything."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from rnncourse.grading.executors import WORKER_BYTES, LostWorker, local_pool

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with local_pool(2, warm=False) as workers:
        yield workers


def once_killed(note: Path) -> str:
    """Ends its process at the first try, as if it had been killed for another one's memory."""
    if not note.exists():
        note.touch()
        os._exit(9)
    return "done"


def what_a_worker_may_use() -> tuple[set[int], int]:
    return os.sched_getaffinity(0), resource.getrlimit(resource.RLIMIT_DATA)[0]


def test_a_worker_that_ends_costs_only_its_own_notebook(pool: Executor) -> None:
    waiting = [pool.submit(os._exit, 9), *(pool.submit(abs, -n) for n in range(30)), pool.submit(os._exit, 9)]
    first, *others, last = waiting
    for lost in (first, last):
        with pytest.raises(LostWorker, match="ended twice"):
            lost.result(60)
    assert [future.result(60) for future in others] == list(range(30))


def test_what_was_ended_once_is_done_again(pool: Executor, tmp_path: Path) -> None:
    assert pool.submit(once_killed, tmp_path / "note").result(60) == "done"


def test_what_fails_says_why(pool: Executor) -> None:
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result(60)


def test_each_worker_has_a_processor_and_a_limit_of_memory_also_a_new_one(pool: Executor) -> None:
    with pytest.raises(LostWorker):
        pool.submit(os._exit, 9).result(60)
    for future in [pool.submit(what_a_worker_may_use) for _ in range(8)]:
        processors, memory = future.result(60)
        assert len(processors) == 1 and memory == WORKER_BYTES


def test_what_has_not_begun_does_not_begin_after_the_end() -> None:
    with local_pool(1, warm=False) as workers:
        running = workers.submit(time.sleep, 1)
        time.sleep(0.5)
        waiting = [workers.submit(time.sleep, 60) for _ in range(3)]
    assert running.done() and all(future.cancelled() for future in waiting)
