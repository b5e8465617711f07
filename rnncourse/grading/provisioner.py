"""Kernels in the sandbox for whatever starts kernels through jupyter_client: nbclient, nbval, nbgrader.

``rnncourse-sandbox`` and ``rnncourse-warm`` are their names as kernel provisioners: each kernel a Python of its own,
or forked from a process which has imported torch. The promises are the same. ``rnncourse-unsafe`` promises nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import port_names
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Instance

from rnncourse.grading import seccomp
from rnncourse.grading.memory import MemoryGuard
from rnncourse.grading.names import CONNECTION, HIDDEN_TESTS
from rnncourse.grading.sandbox import PACKAGE, command, require_sandbox
from rnncourse.grading.warm import Zygote

KERNEL = [sys.executable, "-P", "-m", "rnncourse.grading.kernel"]
NOWHERE = {name: subprocess.DEVNULL for name in ("stdin", "stdout", "stderr")}  # never the grader's terminal
MAX_MESSAGE_BYTES = 64 * 2**20
MAX_MESSAGES = 20  # that wait for the grader on one channel; zmq's own limit, 1000 of any size, fills its memory


class UnsafeProvisioner(LocalProvisioner):
    """Starts the kernel of any Python kernelspec on sockets that are opened here, without isolation."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        self.folder = Path(tempfile.mkdtemp(prefix="rnn-"))  # short: a socket's path has at most 107 bytes
        manager = self.parent
        manager.transport = "ipc"  # the only way into a sandbox: there is no network inside
        manager.cache_ports = False
        manager.connection_file = str(self.folder / "kernel.json")
        manager.ip = str(self.folder / "s")
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        connection = json.loads(Path(self.parent.connection_file).read_text())
        sockets = self._open_sockets()
        try:
            self.process = self._start(connection, sockets)
        except Exception:
            shutil.rmtree(self.folder, ignore_errors=True)  # nobody cleans up behind a kernel that never was
            raise
        finally:
            for descriptor in sockets.values():
                os.close(descriptor)
        self.pid = self.process.pid
        return self.connection_info

    def _start(self, connection: dict[str, Any], sockets: dict[str, int]) -> Any:
        given = {CONNECTION: json.dumps({"connection": connection, "sockets": sockets})}
        environment = {**os.environ, **given, "PYTHONPATH": str(PACKAGE.parent)}
        return subprocess.Popen(KERNEL, env=environment, pass_fds=sockets.values(), **NOWHERE)

    def _open_sockets(self) -> dict[str, int]:
        """The kernel's sockets, made here: in a sandbox no folder of this machine can be written to."""
        manager = self.parent
        paths = {str(port): f"{manager.ip}-{port}" for port in (getattr(manager, name) for name in port_names)}
        descriptors = {}
        for name, path in {**paths, HIDDEN_TESTS: str(self.folder / HIDDEN_TESTS)}.items():
            listener = socket.socket(socket.AF_UNIX)
            listener.setblocking(name == HIDDEN_TESTS)  # zmq wants its sockets so
            listener.bind(path)
            listener.listen()
            descriptors[name] = listener.detach()
        return descriptors

    async def kill(self, restart: bool = False) -> None:
        process = self.process
        await super().kill(restart)
        if process is not None:
            await asyncio.to_thread(process.wait)  # jupyter_client itself would look only ten times a second

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart)
        shutil.rmtree(self.folder, ignore_errors=True)


class SandboxProvisioner(UnsafeProvisioner):
    """Starts the kernel inside the sandbox."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        connection_info = await super().launch_kernel(cmd, **kwargs)
        MemoryGuard(self.process).start()
        return connection_info

    def _start(self, connection: dict[str, Any], sockets: dict[str, int]) -> Any:
        require_sandbox()
        handed_over = [*sockets.values()]
        given = ["--setenv", CONNECTION, json.dumps({"connection": connection, "sockets": sockets})]
        if (filter_program := seccomp.descriptor()) is not None:
            handed_over.append(filter_program)
            given += ["--seccomp", str(filter_program)]
        try:
            return subprocess.Popen(command(KERNEL, given), pass_fds=handed_over, env={}, cwd="/", **NOWHERE)
        finally:
            if filter_program is not None:
                os.close(filter_program)


class WarmProvisioner(SandboxProvisioner):
    """Forks the kernel in a sandbox where everything is imported already."""

    def _start(self, connection: dict[str, Any], sockets: dict[str, int]) -> Any:
        return Zygote.running().fork(connection, sockets)


class PromptClient(AsyncKernelClient):
    """A client that bounds what it takes in, and takes a kernel for ready as soon as it is.

    jupyter_client's own waits a fifth of a second longer.
    """

    context = Instance(zmq.asyncio.Context)

    def _context_default(self) -> zmq.asyncio.Context:
        self._created_context = True  # jupyter_client closes what it is told that it owns
        context = zmq.asyncio.Context()
        context.maxmsgsize = MAX_MESSAGE_BYTES  # a larger message closes the connection instead of filling memory
        context.rcvhwm = MAX_MESSAGES
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        deadline = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < deadline and await self.is_alive():
            self.kernel_info()
            with contextlib.suppress(Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.02)  # a subscription may begin later than the first message
                return
        raise RuntimeError("the kernel ended, or was not ready in time")


class SandboxKernelManager(AsyncKernelManager):
    """A kernel manager for this Python in the sandbox, whatever kernel a notebook names."""

    client_factory = PromptClient
    provisioner_name = "rnncourse-sandbox"

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            interrupt_mode="message",  # a signal would reach bwrap and end the kernel
            metadata={"kernel_provisioner": {"provisioner_name": self.provisioner_name}},
        )


class WarmKernelManager(SandboxKernelManager):
    """The same, forked from a process that has imported torch: a third of a second instead of several."""

    provisioner_name = "rnncourse-warm"


class UnsafeKernelManager(SandboxKernelManager):
    """The same without isolation: for a machine without bubblewrap, and only when told so in so many words."""

    provisioner_name = "rnncourse-unsafe"


START_MODES = {"warm": WarmKernelManager, "cold": SandboxKernelManager, "unsafe": UnsafeKernelManager}
