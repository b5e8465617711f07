"""The kernel that runs inside the sandbox: ipykernel, on sockets that were opened outside.

So nothing inside needs a folder in which both sides can write.
"""

from __future__ import annotations

import json
import os
import socket
from typing import Any, ClassVar

import zmq
from ipykernel import kernelapp
from ipykernel.heartbeat import Heartbeat
from traitlets.config import Config

from rnncourse.grading import agent
from rnncourse.grading.names import CONNECTION, HIDDEN_TESTS


class SandboxedHeartbeat(Heartbeat):
    def _try_bind_socket(self) -> None:
        _take(self.socket, self.port)
        super()._try_bind_socket()


class SandboxedKernelApp(kernelapp.IPKernelApp):
    connection: ClassVar[dict[str, Any]] = {}
    sockets: ClassVar[dict[str, int]] = {}

    def init_connection_file(self) -> None:
        self.load_connection_info(self.connection)

    def write_connection_file(self, **_: Any) -> None:
        """There is no file: the grader keeps its own."""

    def _try_bind_socket(self, s: zmq.Socket, port: int) -> int:
        _take(s, port)
        return super()._try_bind_socket(s, port)


def start(connection: dict[str, Any], sockets: dict[str, int]) -> None:
    """Be a kernel, for as long as it lives.

    Args:
        connection: what a Jupyter connection file holds.
        sockets: port, or `HIDDEN_TESTS` → descriptor of its listening socket.
    """
    agent.listener = socket.socket(fileno=sockets.pop(HIDDEN_TESTS))
    SandboxedKernelApp.connection, SandboxedKernelApp.sockets = connection, sockets
    kernelapp.Heartbeat = SandboxedHeartbeat
    no_history = Config({"HistoryManager": {"enabled": False}})  # a database and a thread that nobody reads
    SandboxedKernelApp.launch_instance([], config=no_history)


def _take(bound: zmq.Socket, port: int) -> None:
    """Let the coming bind use the socket that is already there."""
    bound.setsockopt(zmq.USE_FD, SandboxedKernelApp.sockets[str(port)])


if __name__ == "__main__":
    given = json.loads(os.environ.pop(CONNECTION))
    start(given["connection"], given["sockets"])
