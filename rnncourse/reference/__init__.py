"""What the project measured beforehand, with several seeds, so that a reader's single run can be laid over it.

``benchmarks/sample_problem.py`` writes `sample_problem.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rnncourse.tasks import HalvesTask
from rnncourse.training import History

PATH = Path(__file__).with_name("sample_problem.json")


@dataclass(frozen=True)
class Measurement:
    """Every network trained with several seeds, on one task with one budget."""

    task: HalvesTask
    num_sequences: int
    seeds: list[int]
    learning_rates: dict[str, float]
    num_parameters: dict[str, int]
    cost: dict[str, float]  # CPU seconds of a training run, as multiples of the Elman network's
    histories: dict[str, list[History]]  # one for each seed, without losses
    by_length: dict[str, list[dict[int, float]]]  # test error by length, one for each seed


def sample_problem(name: str, path: Path = PATH) -> Measurement:
    """One of the stored measurements.

    Args:
        name: "mixed", "random", or "mixed, 250k".

    Raises:
        FileNotFoundError: there is no file.
        ValueError: the file cannot be read, or holds no measurement of that name.
    """
    measurements = _stored("measurements", path)
    if name not in measurements:
        raise ValueError(f"no measurement {name!r} in {path.name}; there are {sorted(measurements)}")
    try:
        return _measurement(**measurements[name])
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(path) from error


def tuning(path: Path = PATH) -> dict[str, dict[float, list[float]]]:
    """For each network its final errors on mixed negatives by learning rate, one for each seed; raises as above."""
    return {label: {float(lr): e for lr, e in by_rate.items()} for label, by_rate in _stored("tuning", path).items()}


def _stored(part: str, path: Path) -> dict:
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is missing: benchmarks/sample_problem.py measures and writes it")
    try:
        return json.loads(path.read_text(encoding="utf-8"))[part]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> ValueError:
    return ValueError(f"{path.name} is damaged: measure again with benchmarks/sample_problem.py")


def _measurement(
    near_fraction: float, num_sequences: int, seeds: list[int], seen: list[int], networks: dict
) -> Measurement:
    def each(part: str) -> dict:
        return {label: network[part] for label, network in networks.items()}

    return Measurement(
        task=HalvesTask(near_fraction=near_fraction),
        num_sequences=num_sequences,
        seeds=seeds,
        learning_rates=each("learning_rate"),
        num_parameters=each("num_parameters"),
        cost=each("cost"),
        histories={label: [History(seen, error) for error in runs] for label, runs in each("errors").items()},
        by_length={
            label: [{int(length): error for length, error in run.items()} for run in runs]
            for label, runs in each("by_length").items()
        },
    )
