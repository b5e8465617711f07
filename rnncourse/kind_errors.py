"""In a notebook, an answer that is not there yet is one sentence and not a stack of frames."""

from __future__ import annotations

import linecache
import re
import sys
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

STUB = re.compile(r"(\S+) is not written yet: replace this line with your code(?: \((.+)\))?\.")


def show_kindly() -> None:
    """From now on this notebook shows an answer that is unwritten or undefined as a sentence; other errors as ever."""
    ipython = sys.modules.get("IPython")  # what has not imported it is no notebook, such as a hidden test
    if ipython and (shell := ipython.get_ipython()):
        shell.set_custom_exc((NotImplementedError, NameError), _show)


def _show(
    shell: InteractiveShell,
    kind: type[BaseException],
    error: BaseException,
    frames: TracebackType,
    tb_offset: int | None = None,
) -> None:
    if sentence := _unwritten(error) or _undefined(error, frames):
        error._render_traceback_ = lambda: [f"✗ {sentence}"]
    shell.showtraceback((kind, error, frames), tb_offset=tb_offset, running_compiled_code=True)


def _unwritten(error: BaseException) -> str:
    """A stub of the student edition was called."""
    if not (stub := STUB.fullmatch(str(error))):
        return ""
    name, section = stub.groups()
    where = f"Its cell is in {section}" if section else "Its cell stands above"
    return f"{name} is not written yet. {where}: fill it in and run it, then run this cell again."


def _undefined(error: BaseException, frames: TracebackType) -> str:
    """A check was run, and there is no answer of its name: `check_elman_step(elman_step)`."""
    frame, number = list(walk_tb(frames))[-1]
    line = linecache.getline(frame.f_code.co_filename, number).strip()
    name = getattr(error, "name", None)
    if not name or line != f"check_{name}({name})":
        return ""
    return f"{name} is not defined. Run the cell above, which has to define just this name, then this check again."
