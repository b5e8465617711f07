"""The sample problem with five networks and several seeds: writes rnncourse/reference/sample_problem.json.

The lessons draw a reader's single run over these ranges, and show how each learning rate was chosen. The gated
network, the GRU and the temporal convolution are the reference answers of their lessons. One thread; about twenty
minutes of CPU time:

    nice -n 19 .venv/bin/python benchmarks/sample_problem.py
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import torch
from torch import nn

from rnncourse.borrow import borrow
from rnncourse.reference import PATH
from rnncourse.rivals import LEARNING_RATES, NUM_SEQUENCES, rivals
from rnncourse.tasks import HalvesTask
from rnncourse.training import error_by_length, fit

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
MEASUREMENTS = {
    "mixed": (0.5, NUM_SEQUENCES, range(5)),
    "random": (0.0, NUM_SEQUENCES, range(3)),
    "mixed, 250k": (0.5, 250_000, range(3)),
}
LEARNING_RATE_GRID = (1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1)


def tune(networks: dict[str, Callable]) -> dict[str, dict[float, list[float]]]:
    """The final errors on mixed negatives for each learning rate, with three seeds."""
    task = HalvesTask(near_fraction=0.5)

    def errors(make: Callable, lr: float) -> list[float]:
        return [one_run(make, task, NUM_SEQUENCES, lr, seed)["error"][-1] for seed in range(3)]

    return {label: {lr: errors(make, lr) for lr in LEARNING_RATE_GRID} for label, make in networks.items()}


def measure(near_fraction: float, num_sequences: int, seeds: Iterable[int], networks: dict[str, Callable]) -> dict:
    task, seeds = HalvesTask(near_fraction=near_fraction), list(seeds)
    runs = {
        label: [one_run(make, task, num_sequences, LEARNING_RATES[label], seed) for seed in seeds]
        for label, make in networks.items()
    }
    seconds = {label: statistics.median(run["seconds"] for run in of_label) for label, of_label in runs.items()}
    return {
        "near_fraction": near_fraction,
        "num_sequences": num_sequences,
        "seeds": seeds,
        "seen": runs["Elman"][0]["seen"],
        "networks": {
            label: {
                "learning_rate": LEARNING_RATES[label],
                "num_parameters": of_label[0]["num_parameters"],
                "cost": round(seconds[label] / seconds["Elman"], 2),
                "errors": [run["error"] for run in of_label],
                "by_length": [run["by_length"] for run in of_label],
            }
            for label, of_label in runs.items()
        },
    }


def one_run(make: Callable[[], nn.Module], task: HalvesTask, num_sequences: int, lr: float, seed: int) -> dict:
    torch.manual_seed(seed)
    net = make()
    start = time.process_time()
    history = fit(net, task, num_sequences, lr=lr, seed=seed, progress=False)
    seconds = time.process_time() - start
    print(
        f"{type(net).__name__} {task.near_fraction=} {num_sequences=} {lr=} {seed=}: "
        f"{history.error[-1]:.2%}, {seconds:.0f} s",
        flush=True,
    )
    return {
        "seconds": seconds,
        "num_parameters": sum(weights.numel() for weights in net.parameters()),
        "seen": history.seen,
        "error": [round(error, 4) for error in history.error],
        "by_length": {length: round(error, 4) for length, error in error_by_length(net, task).items()},
    }


def main() -> None:
    torch.set_num_threads(1)
    networks = rivals(
        borrow("03_gating", "GatedNet", NOTEBOOKS),
        borrow("05_gru", "GRUNet", NOTEBOOKS),
        borrow("01_temporal_convolution", "TCN", NOTEBOOKS),
    )
    measurements = {name: measure(*settings, networks) for name, settings in MEASUREMENTS.items()}
    write(tune(networks), measurements)


def write(tuning: dict, measurements: dict) -> None:
    text = json.dumps({"torch": torch.__version__, "tuning": tuning, "measurements": measurements})
    PATH.write_text(re.sub('(?="(measurements|learning_rate|errors|by_length)")', "\n", text) + "\n")


if __name__ == "__main__":
    main()
