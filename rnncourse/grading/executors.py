"""Where notebooks are graded: workers behind `concurrent.futures.Executor`, the one seam of the grader's scale."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from typing import Any

from rnncourse.grading.judge import Bench
from rnncourse.grading.warm import Zygote

WORKER_BYTES = 3 * 2**30  # that a worker may fill with what a kernel sends it: then it fails, and not the machine


class NoCluster(RuntimeError):
    """A Dask cluster can't be used; one sentence for the instructor."""


class LostWorker(RuntimeError):
    """A worker ended while it graded a notebook; one sentence for the instructor."""


class Workers(Executor):
    """Processes that grade one notebook each at a time. One that ends is replaced, and costs only what it graded.

    A pool of several processes would give up everything that waits.
    """

    def __init__(self, jobs: int, bench: Bench, zygote: Zygote | None) -> None:
        self._shared = bench, zygote
        self._numbers = itertools.count()
        self._threads = ThreadPoolExecutor(jobs, initializer=self._number_thread)
        self._of_thread = threading.local()
        self._pools: list[ProcessPoolExecutor] = []

    def submit(self, function: Callable, /, *args: Any, **kwargs: Any) -> Future:
        return self._threads.submit(self._call, function, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for pool in self._pools:
            pool.shutdown(wait)

    def _number_thread(self) -> None:
        self._of_thread.number = next(self._numbers)
        self._renew()

    def _renew(self) -> None:
        context = multiprocessing.get_context("forkserver")
        arguments = (self._of_thread.number, *self._shared)
        self._of_thread.pool = ProcessPoolExecutor(1, context, initializer=_start_worker, initargs=arguments)
        self._pools.append(self._of_thread.pool)

    def _call(self, function: Callable, *args: Any, **kwargs: Any) -> Any:
        for _ in range(2):  # it may have been ended for another one's sake
            try:
                return self._of_thread.pool.submit(function, *args, **kwargs).result()
            except BrokenProcessPool:
                self._renew()
        raise LostWorker("Its worker ended twice while grading it: killed, or out of memory.")


@contextlib.contextmanager
def local_pool(jobs: int, warm: bool) -> Iterator[Executor]:
    """Worker processes on this machine, which end when this process does, however it ends.

    Everything that takes long to import is imported once: workers, judges and, with ``warm``, kernels are forked.
    """
    with contextlib.ExitStack() as stack:
        bench = stack.enter_context(contextlib.closing(Bench()))
        zygote = stack.enter_context(contextlib.closing(Zygote())) if warm else None
        multiprocessing.get_context("forkserver").set_forkserver_preload(["rnncourse.grading.grade"])
        forkserver.ensure_running()  # now, while this process has other things to do
        workers = Workers(jobs, bench, zygote)
        stack.callback(workers.shutdown, cancel_futures=True)
        yield workers


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


def _start_worker(number: int, bench: Bench, zygote: Zygote | None) -> None:
    """Each worker has a processor, on which all that it starts has to stay: one notebook cannot slow another down."""
    _end_with_parent()
    resource.setrlimit(resource.RLIMIT_DATA, (WORKER_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    bench.share()
    if zygote:
        zygote.share()
    if not hasattr(os, "sched_setaffinity"):  # macOS, where there is no sandbox either
        return
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[number % len(processors)]})


def _end_with_parent() -> None:
    """A pool's worker waits for work for ever when its parent was killed: it holds both ends of the queue's pipe."""

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
