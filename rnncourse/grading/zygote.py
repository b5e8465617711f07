"""Inside the sandbox: a process that has imported what lessons import, and forks a kernel whenever it is asked to.

It never runs a student's code. Each kernel has namespaces, scratch space and limits of its own, and inherits nothing
but imported modules: no file, no socket and no random state of a kernel before it.

    zygote ─ supervisor (waits, and ends all below it) ─ first process of its space ─ the kernel
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import random
import resource
import select
import signal
import socket
import sys
from types import ModuleType
from typing import Any

import numpy as np
import torch

import rnncourse
from rnncourse.grading import kernel, linux, seccomp
from rnncourse.grading.names import CONTROL, LIMITS
from rnncourse.grading.preload import OF_A_KERNEL, OF_TORCH, preload

SCRATCH = ("/tmp", "/dev/shm")
LARGEST_REQUEST = 10_000
NOT_FOR_LESSONS = {
    "rnncourse.grading",
    "rnncourse.cli",
    "rnncourse.__main__",
    "rnncourse.notebook_check",
    "rnncourse.slides",
    "rnncourse.datasets.make",
}


def import_what_lessons_import(package: ModuleType = rnncourse) -> None:
    """All of the package but the grader, the slides and what else no lesson uses: they bring half of Jupyter along."""
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if module.name not in NOT_FOR_LESSONS:
            imported = importlib.import_module(module.name)
            if module.ispkg:
                import_what_lessons_import(imported)


def serve(control: socket.socket, limits: dict[str, Any]) -> None:
    """A kernel for each request, until the grader closes the socket."""
    while True:
        message, descriptors, *_ = socket.recv_fds(control, LARGEST_REQUEST, 8)
        if not message:
            return
        if os.fork() == 0:
            with _ending():
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                control.close()
                _supervise(json.loads(message), descriptors, limits)
        for descriptor in descriptors:
            os.close(descriptor)


def _supervise(request: dict[str, Any], descriptors: list[int], limits: dict[str, Any]) -> None:
    """Start the kernel, and end it when the grader closes its end of the lifeline; our end closes with us."""
    lifeline, *sockets = descriptors
    os.sched_setaffinity(0, request.pop("processors"))
    _forget_the_grader()
    user = request.pop("user")
    if os.geteuid() == 0:
        linux.become(user)
    linux.enter_own_namespaces()
    linux.end_with_parent()
    first = os.fork()
    if first == 0:
        with _ending():
            os.close(lifeline)
            _be_the_first_process(request, sockets, limits)
    os.write(lifeline, b"started")  # the grader learns who we are from its envelope
    for descriptor in sockets:
        os.close(descriptor)
    ended = os.pidfd_open(first)
    select.select([lifeline, ended], [], [])
    with contextlib.suppress(ProcessLookupError):
        os.kill(first, signal.SIGKILL)


def _forget_the_grader() -> None:
    """What a student's code prints past its notebook reaches nobody."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _be_the_first_process(request: dict[str, Any], sockets: list[int], limits: dict[str, Any]) -> None:
    """Whoever is first in a process space ends all others in it with its own end."""
    linux.mount_processes()
    for path in SCRATCH:
        linux.mount_scratch(path, limits["scratch"], limits["readable"])
    for name, value in limits["resources"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (value, value))
    linux.drop_privileges()
    linux.end_with_parent()
    if (program := seccomp.program()) is not None:
        linux.filter_system_calls(program)
    os.chdir("/tmp")
    kernel_process = os.fork()
    if kernel_process == 0:
        with _ending():
            _be_the_kernel(request, sockets)
    for descriptor in sockets:
        os.close(descriptor)
    while os.wait()[0] != kernel_process:
        pass  # an orphan of the student's


def _be_the_kernel(request: dict[str, Any], sockets: list[int]) -> None:
    random.seed()  # a fork has its parent's random numbers, and with them those of every other kernel
    np.random.seed()
    torch.seed()
    sys.argv = ["kernel"]
    kernel.start(request, dict(zip(request["sockets"], sockets, strict=True)))


@contextlib.contextmanager
def _ending() -> Any:
    """The end of a forked process's work is its own end: it never returns into its parent's code."""
    try:
        yield
    finally:
        os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors leave no zombies
    import_what_lessons_import()
    preload(*OF_TORCH, *OF_A_KERNEL)
    gc.collect()
    gc.freeze()  # a collection in a kernel leaves the pages shared
    with socket.socket(fileno=int(os.environ.pop(CONTROL))) as requests:
        serve(requests, json.loads(os.environ.pop(LIMITS)))
