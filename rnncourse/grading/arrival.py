"""When a submission was handed in: the timestamp.txt that `nbgrader submit` and `nbgrader collect` put beside it."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

STAMP = "timestamp.txt"
LONGEST = 100  # bytes; a time needs fewer
NO_TIME = f"Its {STAMP} holds no time, so it does not count as late."


def handed_in(folder: Path) -> tuple[datetime | None, str]:
    """The time in a submission's folder, as the gradebook has it: in UTC, without a zone.

    The folder may be a student's own: neither a link nor a pipe in the file's place is followed or waited for.

    Returns:
        The time, and nothing to remark; or None, and why there is none, which is empty where there is no file.
    """
    try:
        descriptor = os.open(folder / STAMP, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None, ""
    except OSError:
        return None, NO_TIME
    try:
        text = os.read(descriptor, LONGEST) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    finally:
        os.close(descriptor)
    try:
        return parse_utc(text.decode().strip()), ""
    except (ValueError, OverflowError, TypeError):
        return None, NO_TIME
