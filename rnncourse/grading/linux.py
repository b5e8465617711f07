"""System calls of Linux that Python has no name for, for a process that is about to run a student's code."""

from __future__ import annotations

import ctypes
import os
import signal

NEW_NAMESPACES = (
    0x10000000  # user
    | 0x00020000  # mounts
    | 0x20000000  # processes
    | 0x08000000  # IPC
    | 0x40000000  # network
    | 0x04000000  # host name
    | 0x02000000  # cgroups
)
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC = 2, 4, 8, 4096, 16384
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522

MAX_FILES = 20_000  # of a scratch space: an empty file takes memory, too, and no process seems to have it

LIBC = ctypes.CDLL(None, use_errno=True)


def become(user: int) -> None:
    """From root to an ordinary user in a group of its own, without a way back."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _prctl(PR_SET_DUMPABLE, 1)  # or else a process's own files in /proc belong to root


def enter_own_namespaces() -> None:
    """Move this process into namespaces of its own, as the same user; the next child is the first in its process space.

    The user namespace gives all capabilities inside of it: `drop_privileges` before a stranger's code runs.
    """
    user, group = os.geteuid(), os.getegid()
    _call("unshare", NEW_NAMESPACES)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount_scratch(path: str, size: int, kept: list[str]) -> None:
    """An empty file system in memory of at most ``size`` bytes; what is mounted below it and ``kept`` stays visible."""
    below = {name: os.open(name, os.O_PATH) for name in kept if name.startswith(f"{path}/")}
    options = f"size={size},nr_inodes={MAX_FILES},mode=1777".encode()
    _call("mount", b"tmpfs", path.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, options)
    for name, descriptor in below.items():
        os.makedirs(name)
        _call("mount", f"/proc/self/fd/{descriptor}".encode(), name.encode(), None, MS_BIND | MS_REC, None)
        os.close(descriptor)


def mount_processes() -> None:
    """/proc as this process's own process space sees it."""
    _call("mount", b"proc", b"/proc", b"proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, None)


def end_with_parent() -> None:
    """Be killed when the parent process ends, however it ends."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def drop_privileges() -> None:
    """No capability now, none to be gained."""
    for capability in range(_last_capability() + 1):
        _prctl(PR_CAPBSET_DROP, capability)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _prctl(PR_SET_DUMPABLE, 1)  # or else a process's own files in /proc belong to root


def filter_system_calls(program: bytes) -> None:
    """Install a filter, an array of struct sock_filter, for this process and all that it starts."""

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(Program(len(program) // 8, program)))


def _last_capability() -> int:
    with open("/proc/sys/kernel/cap_last_cap") as file:
        return int(file.read())


def _prctl(option: int, value: int, more: object = 0) -> None:
    _call("prctl", option, ctypes.c_ulong(value), more, 0, 0)


def _call(name: str, *arguments: object) -> None:
    if getattr(LIBC, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
