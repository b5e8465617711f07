"""A student's kernel in a bubblewrap sandbox.

No network, a read-only system with Python and the course package only, private bounded scratch space, no view of
other processes, an unprivileged user, and limits on memory, processes, file size and CPU time. Nothing of the
course folder is visible inside: no hidden test, no other submission, no gradebook.

`SandboxProvisioner` is registered as the kernel provisioner ``rnncourse-sandbox``, so whatever starts kernels through
jupyter_client (nbclient, nbval, nbgrader) can use it unchanged.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.connect import port_names
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Instance

import rnncourse
from rnncourse.grading import seccomp
from rnncourse.grading.kernel import SOCKETS
from rnncourse.grading.memory import MemoryGuard

LIMITS = {
    "as": 8 * 2**30,  # bytes of address space; torch alone reserves about 2
    "nproc": 256,  # threads count too
    "fsize": 64 * 2**20,
    "nofile": 1024,
    "cpu": 900,  # seconds
    "core": 0,
}
SCRATCH_BYTES = 64 * 2**20
MAX_MESSAGE_BYTES = 64 * 2**20
MAX_MESSAGES = 20  # that wait for the grader on one channel; zmq's own limit, 1000 of any size, fills its memory
PACKAGE = Path(rnncourse.__file__).resolve().parent
CONNECTION_FILE = "/run/kernel.json"
FIRST_UID, NUM_UIDS = 61_000, 4000
STARTED = itertools.count()  # kernels of this process: each has a user of its own, since limits count per user
ENVIRONMENT = {
    "HOME": "/tmp",
    "IPYTHONDIR": "/tmp/ipython",
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "LANG": "C.UTF-8",
    "USER": "student",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONNOUSERSITE": "1",
}


class SandboxUnavailable(RuntimeError):
    """Grading was refused because students' code could not be isolated on this machine."""


class SandboxProvisioner(LocalProvisioner):
    """Starts the kernel of any Python kernelspec inside the sandbox."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        require_sandbox()
        self.folder = Path(tempfile.mkdtemp(prefix="rnn-"))  # short: a socket's path has at most 107 bytes
        manager = self.parent
        manager.transport = "ipc"  # the only way in: there is no network inside
        manager.cache_ports = False
        manager.connection_file = str(self.folder / "kernel.json")
        manager.ip = str(self.folder / "s")
        kwargs = await super().pre_launch(**kwargs)
        sockets = self._open_sockets()
        connection = os.open(manager.connection_file, os.O_RDONLY)
        self.handed_over = [*sockets.values(), connection]
        given = ["--setenv", SOCKETS, json.dumps(sockets)]
        given += ["--perms", "0444", "--ro-bind-data", str(connection), CONNECTION_FILE]
        kernel = [sys.executable, "-m", "rnncourse.grading.kernel", "-f", CONNECTION_FILE]
        if (filter_program := seccomp.descriptor()) is not None:
            self.handed_over.append(filter_program)
            given += ["--seccomp", str(filter_program)]
        kwargs["cmd"] = command(kernel, given, FIRST_UID + (31 * os.getpid() + next(STARTED)) % NUM_UIDS)
        kwargs["pass_fds"] = self.handed_over
        kwargs["env"] = {}
        kwargs["cwd"] = "/"
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL  # students' bytes never reach the grader's terminal
        return kwargs

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        try:
            connection_info = await super().launch_kernel(cmd, **kwargs)
        finally:
            for descriptor in self.handed_over:
                os.close(descriptor)
        MemoryGuard(self.process).start()
        return connection_info

    def _open_sockets(self) -> dict[int, int]:
        """Port → descriptor of the kernel's sockets, made here: inside, no folder of this machine can be written to."""
        manager, descriptors = self.parent, {}
        for port in (getattr(manager, name) for name in port_names):
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            listener.bind(f"{manager.ip}-{port}")
            listener.listen()
            descriptors[port] = listener.detach()
        return descriptors

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart)
        shutil.rmtree(self.folder, ignore_errors=True)


class SandboxKernelManager(AsyncKernelManager):
    """A kernel manager for this Python in the sandbox, whatever kernel a notebook names."""

    context = Instance(zmq.asyncio.Context)
    provisioner_name = "rnncourse-sandbox"

    def _context_default(self) -> zmq.asyncio.Context:
        context = zmq.asyncio.Context()
        context.maxmsgsize = MAX_MESSAGE_BYTES  # a larger message closes the connection instead of filling memory
        context.rcvhwm = MAX_MESSAGES
        return context

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            interrupt_mode="message",  # a signal would reach bwrap and end the kernel
            metadata={"kernel_provisioner": {"provisioner_name": self.provisioner_name}},
        )


class UnsafeKernelManager(SandboxKernelManager):
    """The same without isolation: for a machine without bubblewrap, and only when told so in so many words."""

    provisioner_name = "local-provisioner"


@cache
def require_sandbox() -> None:
    """Check once that a sandbox can be made here.

    Raises:
        SandboxUnavailable: with what to install, or what bubblewrap said.
    """
    if shutil.which("bwrap") is None:
        raise SandboxUnavailable(
            "Grading runs students' code in a bubblewrap sandbox, and bwrap isn't installed: install the package "
            "`bubblewrap` (apt-get install bubblewrap), or pass --unsafe to run students' code unprotected."
        )
    trial = subprocess.run(command(["/bin/true"], [], FIRST_UID), capture_output=True, text=True)
    if trial.returncode:
        raise SandboxUnavailable(
            f"Grading runs students' code in a bubblewrap sandbox, and bwrap failed here: {trial.stderr.strip()}. "
            "Allow user namespaces, run as root, or pass --unsafe to run students' code unprotected."
        )


def command(argv: list[str], given: list[str], uid: int) -> list[str]:
    """The command line that runs ``argv`` in a sandbox; ``given`` are more of bubblewrap's options."""
    limits = ["prlimit", *(f"--{name}={value}" for name, value in LIMITS.items())]
    options = [*_isolation(), *_files(), *_environment(), *given, "--remount-ro", "/", "--chdir", "/tmp"]
    return ["bwrap", *options, "--", *_drop_to(uid), *limits, *argv]


def _isolation() -> list[str]:
    spaces = ["--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    if os.geteuid() != 0:
        spaces += ["--unshare-user", "--uid", "1000", "--gid", "1000"]
    return [*spaces, "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL", *_kept()]


def _kept() -> list[str]:
    """As root, what setpriv needs to become an ordinary user; it drops these too."""
    if os.geteuid() != 0:
        return []
    return [flag for name in ("SETUID", "SETGID", "SETPCAP") for flag in ("--cap-add", f"CAP_{name}")]


def _drop_to(uid: int) -> list[str]:
    if os.geteuid() != 0:
        return []
    identity = ["--reuid", str(uid), "--regid", str(uid), "--clear-groups"]
    return ["setpriv", *identity, "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]


def _files() -> list[str]:
    options = [
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--size",
        str(SCRATCH_BYTES),
        "--perms",
        "1777",
        "--tmpfs",
        "/dev/shm",
    ]
    options += ["--remount-ro", "/dev"]
    options += ["--size", str(SCRATCH_BYTES), "--perms", "1777", "--tmpfs", "/tmp"]
    for name in ("bin", "sbin", "lib", "lib64"):
        path = Path("/", name)
        options += ["--symlink", os.readlink(path), str(path)] if path.is_symlink() else ["--ro-bind-try", path, path]
    made = {Path("/"), Path("/tmp")}
    for path in _readable():
        options += [*_parents(path, made), "--ro-bind-try", str(path), str(path)]
        made.add(path)
    return [str(option) for option in options]


def _readable() -> list[Path]:
    """What Python needs: the system's libraries, this interpreter with its packages, and the course package."""
    system = [
        Path("/usr"),
        Path("/etc/ld.so.cache"),
        Path("/etc/localtime"),
        Path("/etc/fonts"),
        Path("/etc/alternatives"),
    ]
    python = [Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), PACKAGE]
    chosen: list[Path] = []
    for path in [*system, *python]:
        if not any(path.is_relative_to(other) for other in chosen):
            chosen.append(path)
    return chosen


def _parents(path: Path, made: set[Path]) -> list[str]:
    """Folders above a bind, made readable first: the host's own may be closed to other users."""
    missing = [parent for parent in reversed(path.parents) if parent not in made]
    made.update(missing)
    return [option for parent in missing for option in ("--perms", "0755", "--dir", str(parent))]


def _environment() -> list[str]:
    variables = {
        **ENVIRONMENT,
        "PATH": f"{Path(sys.prefix, 'bin')}:/usr/bin:/bin",
        "PYTHONPATH": str(PACKAGE.parent),  # where the grader itself found the package
    }
    return ["--clearenv", *(option for item in variables.items() for option in ("--setenv", *item))]
