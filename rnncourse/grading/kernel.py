"""The kernel that runs inside the sandbox: ipykernel, on sockets that were opened outside.

So nothing inside needs a folder in which both sides can write.
"""

from __future__ import annotations

import json
import os

import zmq
from ipykernel import kernelapp
from ipykernel.heartbeat import Heartbeat

SOCKETS = "RNNCOURSE_SOCKETS"  # environment variable: {port: file descriptor of its listening socket}, as JSON


def _take(socket: zmq.Socket, port: int) -> None:
    """Let the coming bind use the socket that is already there."""
    socket.setsockopt(zmq.USE_FD, json.loads(os.environ[SOCKETS])[str(port)])


class SandboxedHeartbeat(Heartbeat):
    def _try_bind_socket(self) -> None:
        _take(self.socket, self.port)
        super()._try_bind_socket()


class SandboxedKernelApp(kernelapp.IPKernelApp):
    def _try_bind_socket(self, s: zmq.Socket, port: int) -> int:
        _take(s, port)
        return super()._try_bind_socket(s, port)


if __name__ == "__main__":
    kernelapp.Heartbeat = SandboxedHeartbeat
    SandboxedKernelApp.launch_instance()
