"""Where notebooks are graded: workers behind `concurrent.futures.Executor`, the one seam of the grader's scale."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.sharedctypes import Synchronized

from rnncourse.grading.judge import Bench
from rnncourse.grading.warm import Zygote


class NoCluster(RuntimeError):
    """A Dask cluster can't be used; one sentence for the instructor."""


@contextlib.contextmanager
def local_pool(jobs: int, warm: bool) -> Iterator[Executor]:
    """Worker processes on this machine, which end when this process does, however it ends.

    Everything that takes long to import is imported once: workers, judges and, with ``warm``, kernels are forked.
    """
    with contextlib.ExitStack() as stack:
        bench = stack.enter_context(contextlib.closing(Bench()))
        zygote = stack.enter_context(contextlib.closing(Zygote())) if warm else None
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["rnncourse.grading.grade"])
        forkserver.ensure_running()  # now, while this process has other things to do
        pool = ProcessPoolExecutor(
            jobs, context, initializer=_start_worker, initargs=(context.Value("i"), bench, zygote)
        )
        stack.callback(pool.shutdown, cancel_futures=True)
        yield pool


@contextlib.contextmanager
def cluster(address: str, jobs: int) -> Iterator[Executor]:
    """The workers of a Dask cluster. They have to see the course's folder under the same path.

    Args:
        address: of its scheduler, such as ``tcp://10.0.0.5:8786``; ``local`` starts one here with ``jobs`` workers.

    Raises:
        NoCluster: Dask isn't installed, or nobody answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise NoCluster("A cluster needs Dask: pip install 'rnncourse[cluster]'.") from error
    where = {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": None}
    try:
        client = Client(**where) if address == "local" else Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise NoCluster(f"No Dask scheduler answers at {address}: is `dask scheduler` running there?") from error
    with client:
        executor = client.get_executor(pure=False)  # the same notebook twice is graded twice
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)  # what has not begun does not begin any more


def _start_worker(started: Synchronized, bench: Bench, zygote: Zygote | None) -> None:
    """Each worker has a processor, on which all that it starts has to stay: one notebook cannot slow another down."""
    _end_with_parent()
    bench.share()
    if zygote:
        zygote.share()
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
