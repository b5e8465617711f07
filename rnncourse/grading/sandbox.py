"""The bubblewrap sandbox in which students' code runs.

No network, a read-only system with Python and the course package only, private bounded scratch space, no view of
other processes, an unprivileged user, and limits on memory, processes, file size and CPU time. Nothing of the
course folder is visible inside: no hidden test, no other submission, no gradebook.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import rnncourse

LIMITS = {
    "as": 8 * 2**30,  # bytes of address space; torch alone reserves about 2
    "data": 8 * 2**30,
    "nproc": 64,  # threads count too
    "fsize": 64 * 2**20,
    "nofile": 256,  # with nproc, what a kernel may hold that Linux counts for a user: watches, files on their way
    "cpu": 900,  # seconds
    "core": 0,
}
SCRATCH_BYTES = 64 * 2**20
PACKAGE = Path(rnncourse.__file__).resolve().parent
READ_ONLY = ["--remount-ro", "/", "--chdir", "/tmp"]
FIRST_UID, NUM_UIDS = 61_000, 4000
OWN_NAMESPACES = [  # as `linux.enter_own_namespaces` makes them
    "unshare",
    *("--user", "--map-current-user", "--mount", "--pid", "--ipc", "--net", "--uts", "--cgroup"),
    *("--fork", "--mount-proc", "/bin/true"),
]
STARTED = itertools.count()  # sandboxes of this process
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
    if problem := _failure(command(["/bin/true"], [])):
        raise SandboxUnavailable(
            f"Grading runs students' code in a bubblewrap sandbox, and bwrap failed here: {problem}. "
            "Allow user namespaces, run as root, start a container with the options that its Containerfile names, "
            "or pass --unsafe to run students' code unprotected."
        )


@cache
def require_warm_start() -> None:
    """Check once that a process in a sandbox can isolate the kernels that it forks.

    Raises:
        SandboxUnavailable: there is no sandbox, or none inside of it; with what Linux said.
    """
    require_sandbox()
    if problem := _failure(zygote_command([*_drop_to(next_uid()), *OWN_NAMESPACES], [])):
        raise SandboxUnavailable(
            f"Grading warm forks kernels into namespaces of their own, and Linux refused these here: {problem}. "
            "Allow user namespaces, or pass --cold: then each notebook has a sandbox that needs none of them."
        )


def _failure(argv: list[str]) -> str:
    trial = subprocess.run(argv, capture_output=True, text=True)
    return (trial.stderr.strip() or f"exit status {trial.returncode}") if trial.returncode else ""


def require_out_of_sight(folder: Path) -> None:
    """A course's folder must not be among what students' code can read.

    Raises:
        SandboxUnavailable: it is; with where it lies.
    """
    for path in readable():
        if folder.resolve().is_relative_to(path.resolve()):
            raise SandboxUnavailable(
                f"{folder} lies in {path}, which students' code can read: move the course's folder to another place."
            )


def command(argv: list[str], given: list[str]) -> list[str]:
    """The command line that runs ``argv`` in a sandbox; ``given`` are more of bubblewrap's options."""
    limits = ["prlimit", *(f"--{name}={value}" for name, value in LIMITS.items())]
    options = [*_isolation(), "--proc", "/proc", *_files(), *_environment(), *given, *READ_ONLY]
    return ["bwrap", *options, "--", *_drop_to(next_uid()), *limits, *argv]


def zygote_command(argv: list[str], given: list[str]) -> list[str]:
    """The same for a process that forks kernels, each of which gets its limits, a /proc and as root a user of its own.

    Linux lets a process mount its own /proc only where it already sees a whole one, and as root bubblewrap covers
    parts of it. They are read-only for the unprivileged user anyway. To change into other users, it stays root.
    """
    if os.geteuid() != 0:
        options = [*_isolation(), "--proc", "/proc", *_files(), *_environment(), *given, *READ_ONLY]
        return ["bwrap", *options, "--", *argv]
    options = [*_isolation(), "--cap-add", "CAP_SYS_ADMIN", "--dir", "/proc", *_files(), *_environment(), *given]
    mount = ["sh", "-c", 'mount -t proc -o nosuid,nodev,noexec proc /proc && exec "$@"', "sh"]
    return ["bwrap", *options, *READ_ONLY, "--", *mount, *argv]


def next_uid() -> int:
    """A user for one sandbox: much is counted for each user, such as what it has on its way through sockets."""
    return FIRST_UID + (31 * os.getpid() + next(STARTED)) % NUM_UIDS


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
    scratch = ["--size", SCRATCH_BYTES, "--perms", "1777", "--tmpfs"]
    options = ["--dev", "/dev", *scratch, "/dev/shm", "--remount-ro", "/dev", *scratch, "/tmp"]
    for name in ("bin", "sbin", "lib", "lib64"):
        path = Path("/", name)
        options += ["--symlink", os.readlink(path), str(path)] if path.is_symlink() else ["--ro-bind-try", path, path]
    made = {Path("/"), Path("/tmp")}
    for path in readable():
        options += [*_parents(path, made), "--ro-bind-try", str(path), str(path)]
        made.add(path)
    return [str(option) for option in options]


def readable() -> list[Path]:
    """What Python needs: the system's libraries, this interpreter with its packages, and the course package."""
    system = [
        Path("/usr"),
        Path("/etc/ld.so.cache"),
        Path("/etc/localtime"),
        Path("/etc/fonts"),
        Path("/etc/alternatives"),
    ]
    prefixes = [Path(sys.base_prefix), Path(sys.prefix)]
    python = [*(prefix.resolve() for prefix in prefixes), *prefixes, PACKAGE]  # a prefix may be a link
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
