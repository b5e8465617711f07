"""Which system calls a student's kernel may not make, as a filter program for the Linux kernel.

Namespaces and limits bound nearly everything. What is left: memory that no process seems to have (limits and the
memory guard count what processes map), and processors that belong to another submission.
"""

from __future__ import annotations

import os
import platform
import struct

# (AUDIT_ARCH of linux/audit.h, system call numbers of asm/unistd.h)
ARCHITECTURES = {
    "x86_64": (
        0xC000003E,
        {
            "memfd_create": 319,
            "memfd_secret": 447,
            "shmget": 29,
            "msgget": 68,
            "sched_setaffinity": 203,
            "io_uring_setup": 425,
            "userfaultfd": 323,
            "perf_event_open": 298,
            "bpf": 321,
            "keyctl": 250,
            "add_key": 248,
            "ptrace": 101,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "memfd_create": 279,
            "memfd_secret": 447,
            "shmget": 194,
            "msgget": 186,
            "sched_setaffinity": 122,
            "io_uring_setup": 425,
            "userfaultfd": 282,
            "perf_event_open": 241,
            "bpf": 280,
            "keyctl": 219,
            "add_key": 217,
            "ptrace": 117,
        },
    ),
}
# BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K
LOAD, JUMP_IF_EQUAL, JUMP_IF_NOT_LESS, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE = 0, 4  # where struct seccomp_data has them
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # the latter: errno EPERM
X32 = 0x40000000  # x86-64's second numbering of the same calls


def program() -> bytes | None:
    """The filter as an array of struct sock_filter, or None on an architecture whose numbers aren't known here."""
    if platform.machine() not in ARCHITECTURES:
        return None
    architecture, numbers = ARCHITECTURES[platform.machine()]
    refused = sorted(numbers.values())
    to_refuse = [(JUMP_IF_EQUAL, len(refused) - i, 0, number) for i, number in enumerate(refused)]
    instructions = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, len(refused) + 3, architecture),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_NOT_LESS, len(refused) + 1, 0, X32),
        *to_refuse,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def descriptor() -> int | None:
    """A file descriptor from which bubblewrap can read the program."""
    content = program()
    if content is None:
        return None
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    return reading
