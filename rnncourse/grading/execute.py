"""Run a transplanted notebook in sandboxed kernels and put the hidden tests' scores into its check cells.

The hidden tests come after the last cell, so that nothing a cell prints can show what they asked. They see every name
as it was at the check cell of their question.

A cell that never ends or that kills its kernel costs only itself: a fresh kernel runs the cells before it once more
and goes on behind it.
"""

from __future__ import annotations

import contextlib
import copy
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from rnncourse.grading.judge import Judge
from rnncourse.grading.provisioner import SandboxKernelManager, WarmKernelManager
from rnncourse.grading.report import harmless, refuse_cell, score_cell
from rnncourse.grading.transplant import is_demo, is_graded, is_solution

MAX_NOTEBOOK_BYTES = 20 * 2**20  # of outputs that are kept
EXCEPTION = re.compile(r"[\w.]{1,60}")  # the name of one; a student chooses it
AGENT = "__import__('rnncourse.grading.agent', fromlist='agent')"  # leaves no name behind


class GraderError(RuntimeError):
    """Grading failed for a reason that isn't the student's: nothing may be recorded."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use, besides the sandbox's own limits."""

    cell_seconds: int = 30
    notebook_seconds: int = 600
    output_bytes: int = 2**20  # of one cell
    kernels: int = 6  # a notebook whose cells kill more of them is given up


class Stopped(Exception):
    """A cell ended its kernel, or had to be stopped; the text is the reason that its student reads."""


class Kernel:
    """One sandboxed kernel, with the cells that ran in it."""

    def __init__(self, limits: Limits, manager_class: type[SandboxKernelManager]) -> None:
        self.limits = limits
        self.client = _BoundedClient(
            nbformat.v4.new_notebook(),
            kernel_manager_class=manager_class,
            kernel_name="python3",
            timeout=limits.cell_seconds,
            allow_errors=True,
            record_timing=False,
            iopub_timeout=5,
            shutdown_kernel="immediate",
            on_cell_executed=self._executed,
        )
        self.client.output_limit = limits.output_bytes
        self.exit_asked = False
        self._context = self.client.setup_kernel()
        try:
            self._context.__enter__()
            self._check_agent()
        except Exception as error:  # whatever jupyter_client raises: no student's code has run yet
            raise GraderError(f"A kernel could not be started: {error}") from error

    @property
    def connection_file(self) -> Path:
        return Path(self.client.km.connection_file)

    def is_alive(self) -> bool:
        return self.client.km.provisioner.process.poll() is None

    def execute(self, cell: NotebookNode) -> None:
        """Run a cell and fill its outputs.

        Raises:
            Stopped: the kernel can't be used any more.
        """
        self.client.begin(cell)
        try:
            self.client.execute_cell(cell, 0)
        except CellTimeoutError:
            seconds = self.limits.cell_seconds
            raise Stopped(f"This cell was stopped after {seconds} seconds: does a loop in it ever end?") from None
        except DeadKernelError:
            raise Stopped("This cell ended the notebook's Python: exit, a crash, or too much memory.") from None
        except Exception as error:  # messages that no Jupyter kernel sends make nbclient fail in many ways
            raise Stopped(
                f"This cell broke the connection to the notebook's Python ({type(error).__name__})."
            ) from None
        if self.exit_asked:
            raise Stopped("This cell called exit(), which ends the notebook's Python.")

    def remember(self, question: str) -> None:
        """Keep every name as it is now for the hidden tests of a question.

        Raises:
            Stopped: the kernel can't be used any more.
        """
        self.execute(nbformat.v4.new_code_cell(f"{AGENT}.remember({question!r}, globals())"))

    def stop(self) -> None:
        self._context.__exit__(None, None, None)

    def _check_agent(self) -> None:
        """What the hidden tests need is there, before a student's code can be blamed for its absence."""
        cell = nbformat.v4.new_code_cell(f"{AGENT};")
        self.client.nb.cells = [cell]
        self.client.execute_cell(cell, 0, store_history=False)
        for output in cell.outputs:
            if output.output_type == "error":
                raise RuntimeError(f"{output.ename}: {output.evalue}")

    def _executed(self, execute_reply: dict, **_: Any) -> None:
        payload = execute_reply["content"].get("payload", [])
        self.exit_asked = any(isinstance(part, dict) and part.get("source") == "ask_exit" for part in payload)


class _BoundedClient(NotebookClient):
    """Keeps the first bytes of a cell's output and lets the rest go by."""

    output_limit = 0
    bytes_seen = 0

    def begin(self, cell: NotebookNode) -> None:
        """Before a cell. A display of an earlier one can't be updated any more: its outputs are kept elsewhere."""
        self.bytes_seen = 0
        self.nb.cells = [cell]
        self._display_id_map = {}

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        self.bytes_seen += _size(msg["content"])
        if msg["msg_type"] != "status" and self.bytes_seen > self.output_limit:
            return None
        if msg["msg_type"].startswith("comm"):  # widgets have no frontend here
            return None
        return super().process_message(msg, cell, cell_index)

    async def _async_poll_kernel_alive(self) -> None:
        with contextlib.suppress(AssertionError):  # nbclient's own, when a broken connection has ended the cell before
            await super()._async_poll_kernel_alive()


def _size(content: Any) -> int:
    if isinstance(content, dict):
        return sum(len(str(key)) + _size(value) for key, value in content.items())
    if isinstance(content, list):
        return sum(_size(value) for value in content)
    return len(content) if isinstance(content, str) else 8


class Execution:
    """A notebook of one student on its way through as many kernels as it needs."""

    def __init__(
        self,
        nb: NotebookNode,
        tests: Path,
        seed: int,
        limits: Limits,
        manager_class: type[SandboxKernelManager] = WarmKernelManager,
    ) -> None:
        """
        Args:
            nb: a transplanted notebook; its outputs are replaced.
            tests: the folder with the lesson's hidden tests.
            seed: of the hidden tests' random inputs.
        """
        self.nb = nb
        self.tests = tests
        self.seed = seed
        self.limits = limits
        self.manager_class = manager_class
        self.kernel: Kernel | None = None
        self.judge: Judge | None = None
        self.kernels_left = limits.kernels
        self.done: list[NotebookNode] = []
        self.reasons: list[str] = []
        self.bytes_kept = 0
        self.deadline = 0.0

    def run(self) -> None:
        """Execute every cell but demonstrations, and score every check cell.

        Raises:
            GraderError: the grader itself failed, so no score may be recorded.
        """
        self.deadline = time.monotonic() + self.limits.notebook_seconds
        try:
            for cell in self.nb.cells:
                if cell.cell_type != "code":
                    continue
                cell.outputs, cell.execution_count = [], None
                if is_graded(cell) or not is_demo(cell):
                    self._step(self._execute, cell)
            for cell in filter(is_graded, self.nb.cells):
                self._step(self._score, cell)
        finally:
            self._stop_kernel()

    def _step(self, step: Callable[[NotebookNode], None], cell: NotebookNode) -> None:
        if self._is_late() or self.kernels_left < 0:
            self._give_up(cell)
        else:
            step(cell)

    def _is_late(self) -> bool:
        return time.monotonic() > self.deadline

    def _execute(self, cell: NotebookNode) -> None:
        kernel = self._ready_kernel()
        if kernel is None:
            return
        try:
            _run(kernel, cell)
        except Stopped as stopped:
            self._stop_kernel()
            self._note(f"{_name(cell)}: {stopped}")
            cell.outputs = [*harmless(cell.outputs), _stopped_output(str(stopped))]
        else:
            self.done.append(cell)
            self._note_error(cell)
            if kernel.client.bytes_seen > self.limits.output_bytes:
                self._note(f"{_name(cell)} printed {kernel.client.bytes_seen >> 20} MB; only the beginning is kept.")
            self._keep_outputs(cell)

    def _keep_outputs(self, cell: NotebookNode) -> None:
        """Harmless, and all together not too large to be shown. A cell's number is whatever its kernel said it is."""
        cell.outputs = harmless(cell.outputs)
        if type(cell.execution_count) is not int:
            cell.execution_count = None
        self.bytes_kept += _size(cell.outputs)
        if self.bytes_kept > MAX_NOTEBOOK_BYTES:
            cell.outputs = []
            self._note("The notebook's outputs are too large: only the first ones are kept.")

    def _score(self, cell: NotebookNode) -> None:
        kernel = self._ready_kernel()
        if kernel is None:
            self._give_up(cell)
            return
        question = _question(cell)
        if self.judge is None:
            self.judge = Judge(self.tests, kernel.connection_file, self.seed)
        verdict = self.judge.verdict(question, kernel.is_alive)
        if not verdict.results:
            raise GraderError(f"{self.tests} has no hidden test that runs for the question {question!r}.")
        if verdict.kernel_lost:
            self._stop_kernel()
        score_cell(cell, verdict)

    def _give_up(self, cell: NotebookNode) -> None:
        reason = "The notebook took too long, or its cells ended Python too often, to be graded up to here."
        self._note(reason)
        if is_graded(cell):
            refuse_cell(cell, reason)

    def _ready_kernel(self) -> Kernel | None:
        """The running kernel, or a fresh one in which all earlier cells have run; None after too many kernels."""
        while self.kernel is None and self.kernels_left >= 0:
            self.kernels_left -= 1
            self.kernel = Kernel(self.limits, self.manager_class)
            for cell in list(self.done):
                if self._is_late():
                    self._stop_kernel()
                    return None
                try:
                    _run(self.kernel, copy.deepcopy(cell))
                except Stopped:
                    self.done.remove(cell)
                    self._stop_kernel()
                    break
        return self.kernel

    def _stop_kernel(self) -> None:
        if self.judge is not None:
            self.judge.close()
        self.judge = None
        if self.kernel is not None:
            self.kernel.stop()
        self.kernel = None

    def _note(self, reason: str) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)

    def _note_error(self, cell: NotebookNode) -> None:
        for output in cell.outputs:
            if output.output_type == "error" and is_solution(cell) and output.get("ename") != "NotImplementedError":
                name = str(output.get("ename"))
                self._note(f"{_name(cell)} raised {name if EXCEPTION.fullmatch(name) else 'an error'}.")


def _run(kernel: Kernel, cell: NotebookNode) -> None:
    if is_graded(cell):
        kernel.remember(_question(cell))
    else:
        kernel.execute(cell)


def _question(check: NotebookNode) -> str:
    return check.metadata.nbgrader.grade_id.removeprefix("check_")


def _name(cell: NotebookNode) -> str:
    return f"The cell of `{cell.metadata.nbgrader.grade_id}`" if is_solution(cell) else "A cell"


def _stopped_output(reason: str) -> NotebookNode:
    return nbformat.v4.new_output("error", ename="Stopped", evalue=reason, traceback=[reason])
