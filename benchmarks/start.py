"""From the request to a kernel that is ready in its sandbox, torch imported: cold, and warm."""

from __future__ import annotations

import statistics
import time

from nbformat.v4 import new_code_cell

from rnncourse.grading.execute import Kernel, Limits
from rnncourse.grading.provisioner import SandboxKernelManager, WarmKernelManager

ROUNDS = 10


def seconds(manager_class: type[SandboxKernelManager]) -> float:
    begin = time.perf_counter()
    kernel = Kernel(Limits(), manager_class)
    kernel.execute(new_code_cell("import torch"))
    elapsed = time.perf_counter() - begin
    kernel.stop()
    return elapsed


def rows(rounds: int = ROUNDS) -> list[tuple[str, str, str, str]]:
    seconds(WarmKernelManager)  # the first one starts the process that the others are forked from
    warm, cold = [], []
    for _ in range(rounds):
        warm.append(seconds(WarmKernelManager))
        cold.append(seconds(SandboxKernelManager))
    ours, theirs = statistics.median(warm), statistics.median(cold)
    what = "a sandboxed kernel with torch: forked, against started (seconds)"
    return [(what, f"{ours:.2f}", f"{theirs:.2f}", f"{theirs / ours:.1f}")]


if __name__ == "__main__":
    from table import show

    show(rows())
