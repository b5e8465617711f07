"""The sample problem with five networks and several seeds: writes rnncourse/reference/sample_problem.json.

The lessons draw a reader's single run over these ranges. The gated network, the GRU and the temporal convolution are
the reference answers of their lessons. One thread; about twelve minutes of CPU time:

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
    "random": (0.0, NUM_SEQUENCES, range(5)),
    "mixed, 250k": (0.5, 250_000, range(3)),
}


def measure(near_fraction: float, num_sequences: int, seeds: Iterable[int], networks: dict[str, Callable]) -> dict:
    task, seeds = HalvesTask(near_fraction=near_fraction), list(seeds)
    runs = {
        label: [one_run(make, task, num_sequences, label, seed) for seed in seeds] for label, make in networks.items()
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


def one_run(make: Callable[[], nn.Module], task: HalvesTask, num_sequences: int, label: str, seed: int) -> dict:
    torch.manual_seed(seed)
    net = make()
    start = time.process_time()
    history = fit(net, task, num_sequences, lr=LEARNING_RATES[label], seed=seed, progress=False)
    seconds = time.process_time() - start
    print(
        f"{task.near_fraction=} {num_sequences=} {label} {seed=}: {history.error[-1]:.2%}, {seconds:.0f} s", flush=True
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
    measurements = {}
    for name, settings in MEASUREMENTS.items():
        measurements[name] = measure(*settings, networks)
        text = json.dumps({"torch": torch.__version__, "measurements": measurements})
        PATH.write_text(
            re.sub('(?="(learning_rate|errors|by_length)")', "\n", text) + "\n"
        )  # lines that a diff can show


if __name__ == "__main__":
    main()
