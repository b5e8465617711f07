"""Which system calls a student's kernel may not make, as a filter program for the Linux kernel.

Namespaces and limits bound nearly everything. What is left: memory that no process seems to have (limits and the
memory guard count what processes map), processors that belong to another submission, and the parts of Linux that only
who has namespaces of their own can reach, in which most ways out of a sandbox have been found.
"""

from __future__ import annotations

import errno
import os
import platform
import struct

# name → its number in asm/unistd.h of x86-64 and ARM 64
REFUSED = {
    # memory that belongs to no process
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    # another submission's processor
    "sched_setaffinity": (203, 122),
    # new namespaces, and what can be done in them
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    # large parts of Linux that no notebook needs
    "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "bpf": (321, 280),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "open_by_handle_at": (304, 265),
}
CLONE, CLONE3 = (56, 220), (435, 435)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH of linux/audit.h
# BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_JMP|JSET|K, BPF_RET|K
LOAD, JUMP_IF_EQUAL, JUMP_IF_NOT_LESS, JUMP_IF_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # where struct seccomp_data has them
ALLOW, EPERM, ENOSYS = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
X32 = 0x40000000  # x86-64's second numbering of the same calls
CLONE_NEWUSER = 0x10000000


def program() -> bytes | None:
    """The filter as an array of struct sock_filter, or None on an architecture whose numbers aren't known here."""
    if platform.machine() not in ARCHITECTURES:
        return None
    column, architecture = ARCHITECTURES[platform.machine()]
    numbers = sorted(call[column] for call in REFUSED.values())
    # A jump's distances, if true and if false, count the instructions in between.
    instructions = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, EPERM),
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_NOT_LESS, 0, 1, X32),
        (RETURN, 0, 0, EPERM),
        # clone3 hides its flags in memory, where no filter looks: without it, libraries use clone.
        (JUMP_IF_EQUAL, 0, 1, CLONE3[column]),
        (RETURN, 0, 0, ENOSYS),
        *[(JUMP_IF_EQUAL, len(numbers) - i + 3, 0, number) for i, number in enumerate(numbers)],
        (JUMP_IF_EQUAL, 1, 0, CLONE[column]),
        (RETURN, 0, 0, ALLOW),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_IF_ANY_BIT, 0, 1, CLONE_NEWUSER),
        (RETURN, 0, 0, EPERM),
        (RETURN, 0, 0, ALLOW),
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
