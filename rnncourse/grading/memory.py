"""The memory of a whole sandbox: limits of Linux count for one process, and a student may start many."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable

import psutil

MAX_BYTES = 4 * 2**30
INTERVAL = 0.2  # seconds; in that time a process fills a few hundred MB


class MemoryGuard(threading.Thread):
    """Ends a process and all that it started when together they hold too much memory."""

    def __init__(self, process: subprocess.Popen) -> None:
        super().__init__(name="memory guard", daemon=True)
        self.process = process

    def run(self) -> None:
        while self.process.poll() is None:
            if used(self.process.pid) > MAX_BYTES:
                self.process.kill()  # bubblewrap's end is the end of everything inside
            time.sleep(INTERVAL)


def used(pid: int) -> int:
    """Bytes that a process and its descendants hold in memory.

    What they share counts for each of them, until the sum is too much: then it is worth the longer look that counts it
    once. A forked kernel shares nearly all of its memory with the process that it was forked from. That look takes
    Linux some 10 ms for each process, so it ends as soon as it has seen too much.
    """
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    total = _sum(family, lambda process: process.memory_info().rss)
    return total if total <= MAX_BYTES else _sum(family, lambda process: process.memory_full_info().pss)


def _sum(family: list[psutil.Process], measure: Callable[[psutil.Process], int]) -> int:
    total = 0
    for process in family:
        if total > MAX_BYTES:
            break
        try:
            total += measure(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total
