"""Grades a class with `rnncourse grade`, and looks at the processes of the grader meanwhile."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

MAIN, WORKER, ZYGOTE, KERNEL, TESTS = "main process", "worker", "zygote", "kernel", "hidden tests"
ORPHAN = "orphan"  # whoever started it has ended
ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
SECONDS_TO_END = 20.0  # at most, for what ends with the main process, on a busy machine


@dataclass(frozen=True)
class Seen:
    """One process at one moment.

    Args:
        role: a kernel is a student's, with the two processes that hold it; a judge belongs to the hidden tests, and
            what workers are forked from to the workers.
        memory: bytes in memory. A page that several processes share counts as a part for each: sums count it once.
        files: how many it has open, of the main process and the workers; 0 for all others.
    """

    role: str
    memory: int
    files: int


@dataclass(frozen=True)
class Look:
    """The grader at one moment."""

    processes: list[Seen]
    temporary_files: int


def watch(course: Path, interval: float) -> list[Look]:
    """Grade what was handed in, and look every so many seconds; the last look is after the end.

    This process has no other children meanwhile.

    Raises:
        RuntimeError: grading failed; with what it said.
    """
    command = [sys.executable, "-m", "rnncourse", "grade", "submitted"]
    log, looks = course / "grade.log", []
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)
    with tempfile.TemporaryDirectory() as scratch, log.open("w") as output:
        given = {**os.environ, "TMPDIR": scratch}
        grading = subprocess.Popen(command, cwd=course, env=given, stdout=output, stderr=output)
        while grading.poll() is None:
            looks.append(_look(grading.pid, scratch))
            time.sleep(interval)
        deadline = time.monotonic() + SECONDS_TO_END
        while (last := _look(grading.pid, scratch)).processes and time.monotonic() < deadline:
            time.sleep(0.1)
        looks.append(last)
    if grading.returncode:
        said = log.read_text(encoding="utf-8")
        raise RuntimeError(f"rnncourse grade ended with status {grading.returncode}, and said: {said}")
    return looks


def _look(main: int, scratch: str) -> Look:
    return Look(list(_processes(main)), len(os.listdir(scratch)))


def _processes(main: int) -> Iterator[Seen]:
    roles = {main: MAIN}
    for process in psutil.Process().children(recursive=True):  # parents before their children
        with contextlib.suppress(psutil.NoSuchProcess):
            role = roles.setdefault(process.pid, _role(process, roles.get(process.ppid(), ORPHAN)))
            files = process.num_fds() if role in (MAIN, WORKER) else 0
            yield Seen(role, _memory(process), files)


def _role(process: psutil.Process, role_of_parent: str) -> str:
    """By what started it and by its command line, which a fork shares with its parent."""
    command = process.cmdline()
    if role_of_parent == MAIN and process.name() == "bwrap":
        return ZYGOTE
    if role_of_parent == MAIN and "rnncourse.grading.tester" in command:
        return TESTS
    if role_of_parent == MAIN and "multiprocessing.forkserver" in " ".join(command):
        return WORKER
    if role_of_parent == ZYGOTE and command == process.parent().cmdline() and process.name() != "bwrap":
        return KERNEL
    return role_of_parent


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except psutil.AccessDenied:
        return process.memory_info().rss  # shared pages count in full: never too little
