"""Kernels that start in a third of a second: forked in the sandbox from a process that has imported torch."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import subprocess
import sys
from typing import Any

from rnncourse.grading import sandbox
from rnncourse.grading.forks import FOR_CHEAP_FORKS, ForkServer, processors
from rnncourse.grading.names import CONTROL, LIMITS

ZYGOTE = [sys.executable, "-m", "rnncourse.grading.zygote"]
START_SECONDS = 120.0  # for a fresh zygote on a busy machine; a kernel of a running one takes a fraction of a second


class WarmProcess:
    """A kernel's process tree, with as much of `subprocess.Popen` as jupyter_client uses.

    The lifeline is readable once the tree has ended, and closes with the last reference to this object: two threads may
    ask at a time.
    """

    stdin = stdout = stderr = None

    def __init__(self, lifeline: socket.socket, pid: int) -> None:
        self.lifeline = lifeline
        self.pid = pid

    def poll(self) -> int | None:
        return -9 if select.select([self.lifeline], [], [], 0)[0] else None

    def wait(self) -> int:
        select.select([self.lifeline], [], [])
        return -9

    def kill(self) -> None:
        with contextlib.suppress(OSError):  # it has ended already
            self.lifeline.shutdown(socket.SHUT_WR)  # the supervisor sees it and ends everything below it

    def terminate(self) -> None:
        self.kill()

    def send_signal(self, _: int) -> None:
        self.kill()  # jupyter_client sends only signals that end a kernel: interrupts are messages


class Zygote(ForkServer):
    """One process in a sandbox, which forks kernels.

    Raises:
        SandboxUnavailable: there is no sandbox here, or none inside of it.
    """

    def __init__(self) -> None:
        sandbox.require_warm_start()
        readable = [str(path) for path in sandbox.readable()]
        limits = {"resources": sandbox.LIMITS, "scratch": sandbox.SCRATCH_BYTES, "readable": readable}
        given = [part for setting in FOR_CHEAP_FORKS.items() for part in ("--setenv", *setting)]
        given += ["--setenv", LIMITS, json.dumps(limits), "--setenv", CONTROL]
        super().__init__(
            lambda descriptor: sandbox.zygote_command(ZYGOTE, [*given, str(descriptor)]),
            env={},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def fork(self, connection: dict[str, Any], sockets: dict[str, int]) -> WarmProcess:
        """A new kernel.

        Args:
            connection: what a Jupyter connection file holds.
            sockets: what `kernel.start` gets.

        Raises:
            SandboxUnavailable: the zygote could not make one.
        """
        lifeline, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        lifeline.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        lifeline.settimeout(START_SECONDS)
        own = {"sockets": list(sockets), "processors": processors(), "user": sandbox.next_uid()}
        request = json.dumps({**connection, **own}).encode()
        try:
            socket.send_fds(self.control, [request], [theirs.fileno(), *sockets.values()])
            theirs.close()
            started, envelope, *_ = lifeline.recvmsg(16, socket.CMSG_SPACE(struct.calcsize("3i")))
        except OSError as error:
            raise sandbox.SandboxUnavailable(f"A kernel could not be forked: {error}. {self._said()}") from error
        if not started:
            raise sandbox.SandboxUnavailable(f"A kernel could not be forked. {self._said()}")
        supervisor, *_ = struct.unpack("3i", envelope[0][2])
        return WarmProcess(lifeline, supervisor)

    def _said(self) -> str:
        if self.process is None or self.is_alive():
            return ""
        return self.process.stderr.read().decode(errors="replace")[-500:].strip()
