"""nbgrader's exchange for students who try things: nbgrader_config.py puts these in the place of nbgrader's own.

nbgrader's own collects what another student handed in under one's name, follows a student's link to any file that the
instructor can read (the lesson with its solutions, say), and believes the time that a submission says of itself.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseAssignment

from rnncourse.grading.arrival import STAMP
from rnncourse.grading.sandbox import SandboxUnavailable, require_out_of_sight
from rnncourse.grading.transplant import MAX_FILE_BYTES

SLACK = timedelta(minutes=5)  # between a student's clock and the file system's
REFUSED = {"username": "", "filename": "", "timestamp": datetime.min}


class ReleaseAssignment(ExchangeReleaseAssignment):
    """Releases nothing while other users of the machine can read the course."""

    def init_src(self) -> None:
        _require_hidden_exchange(self)
        root = Path(self.coursedir.root)
        if all(folder.stat().st_mode & stat.S_IXOTH for folder in (root, *root.parents)):
            self.fail(f"Everybody on this machine can read {root}, solutions and hidden tests: chmod o-rwx it first.")
        super().init_src()


class Collect(ExchangeCollect):
    """Collects what a student owns: plain files, with the time at which they came."""

    def init_src(self) -> None:
        _require_hidden_exchange(self)
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> dict:
        """As nbgrader's, with a name for nobody where nbgrader would stop or believe a stranger."""
        try:
            record, owner = super()._path_to_record(path), _user(os.lstat(path).st_uid)
        except (ExchangeError, ValueError, OverflowError, OSError):
            record, owner = REFUSED, ""
        if not record["username"].strip("."):  # ".." would be the course's own folder
            self.log.warning("Not collected: %s is not named as nbgrader names a submission.", path)
            return REFUSED
        if self.check_owner and record["username"] != owner:
            self.log.warning("Not collected: %s belongs to %s.", path, owner)
            return REFUSED
        return record

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        claimed = self._path_to_record(src)["timestamp"]
        folder = os.open(src, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            owner, arrived = os.fstat(folder).st_uid, claimed
            os.makedirs(dest)
            for name in sorted(set(os.listdir(folder)) - {STAMP}):
                came = _copy_own(folder, name, owner, Path(dest, name))
                if came is None:
                    self.log.warning("Not collected: %s in %s is no plain file of its student's.", name, src)
                else:
                    arrived = max(arrived, came)
        finally:
            os.close(folder)
        if arrived - claimed > SLACK:
            self.log.warning("%s says that it came at %s UTC, and came at %s UTC.", src, claimed, arrived)
            claimed = arrived
        Path(dest, STAMP).write_text(f"{claimed:%Y-%m-%d %H:%M:%S.%f} UTC")


def _require_hidden_exchange(exchange: ReleaseAssignment | Collect) -> None:
    try:
        require_out_of_sight(Path(exchange.root))
    except SandboxUnavailable as problem:
        exchange.fail(f"{problem} It is the exchange, with everybody's submissions: set c.Exchange.root.")


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"the unknown user {uid}"


def _copy_own(folder: int, name: str, owner: int, target: Path) -> datetime | None:
    """Copies a plain file that belongs to the owner; the time of its last change, which nobody can set back."""
    try:
        source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    try:
        found = os.fstat(source)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != owner or found.st_size > MAX_FILE_BYTES:
            return None
        with os.fdopen(source, "rb", closefd=False) as file, target.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        return datetime.fromtimestamp(found.st_ctime, UTC).replace(tzinfo=None)
    finally:
        os.close(source)
