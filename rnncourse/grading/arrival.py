"""What `nbgrader submit` puts beside a submission: when it was handed in, and the secret by which feedback is fetched.

The folder may be a student's own: neither a link nor a pipe in a file's place is followed or waited for.
"""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

STAMP, SECRET = "timestamp.txt", "submission_secret.txt"
LONGEST = 1000  # bytes; a time needs about 30, a secret 128
NO_TIME = f"Its {STAMP} holds no time, so it does not count as late."


def handed_in(folder: Path) -> tuple[datetime | None, str]:
    """The time in a submission's folder, as the gradebook has it: in UTC, without a zone.

    Returns:
        The time, and nothing to remark; or None, and why there is none, which is empty where there is no file.
    """
    text = read_beside(folder, STAMP)
    if text is None:
        return None, ""
    try:
        return parse_utc(text.decode().strip()), ""
    except (ValueError, OverflowError, TypeError):
        return None, NO_TIME


def read_beside(folder: Path, name: str) -> bytes | None:
    """The beginning of a file, empty if it isn't a plain file; None without one."""
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError:
        return b""
    try:
        return os.read(descriptor, LONGEST) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    finally:
        os.close(descriptor)
