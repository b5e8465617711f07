"""Where notebooks are graded: workers behind `concurrent.futures.Executor`, the one seam of the grader's scale."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.sharedctypes import Synchronized


def local_pool(jobs: int) -> ProcessPoolExecutor:
    """Worker processes on this machine, which end when this process does, however it ends."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_start_worker, initargs=(context.Value("i", 0),))


def _start_worker(started: Synchronized) -> None:
    """Each worker has a processor, on which all that it starts has to stay: one notebook cannot slow another down."""
    _end_with_parent()
    if not hasattr(os, "sched_setaffinity"):  # macOS, where there is no sandbox either
        return
    with started.get_lock():
        number, started.value = started.value, started.value + 1
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[number % len(processors)]})


def _end_with_parent() -> None:
    """A pool's worker waits for work for ever when its parent was killed: it holds both ends of the queue's pipe."""

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
