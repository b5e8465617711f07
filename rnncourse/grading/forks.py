"""Processes that have imported what takes long, and fork others on request, over a socket."""

from __future__ import annotations

import os
import select
import socket
import subprocess
from collections.abc import Callable
from typing import Any, ClassVar, Self

FOR_CHEAP_FORKS = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}  # huge pages: a fork copies a table of every page


class ForkServer:
    """One such process. Sent to another process, it can be shared with that.

    Args:
        command: the command line of a process which is given that descriptor, its end of the socket.
        options: of `subprocess.Popen`.
    """

    _running: ClassVar[Self | None] = None  # each subclass has its own

    @classmethod
    def running(cls) -> Self:
        """This process's, started when it is first needed, and again when it has ended."""
        if cls._running is None or not cls._running.is_alive():
            cls._running = cls()
        return cls._running

    def share(self) -> None:
        """Let this process use it, for as long as it is alive."""
        type(self)._running = self

    def __init__(self, command: Callable[[int], list[str]], **options: Any) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        descriptor = theirs.fileno()
        self.process: subprocess.Popen | None = subprocess.Popen(command(descriptor), pass_fds=[descriptor], **options)
        theirs.close()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "process": None}  # another one's child

    def is_alive(self) -> bool:
        has_ended, *_ = select.select([self.control], [], [], 0)  # it never writes
        return not has_ended and (self.process is None or self.process.poll() is None)

    def close(self) -> None:
        """End it: once nobody shares it any more, unless it is this process's child."""
        self.control.close()
        if self.process:
            self.process.kill()
            self.process.wait()


def processors() -> list[int]:
    """Those that this process may use, for a request: what is forked for it has to stay on them, too."""
    return sorted(os.sched_getaffinity(0))
