"""A student's speed: padded batches against one sequence at a time, and cells written by hand against `torch.nn`.

The networks and cells are the reference answers of lessons 01 to 05. One thread, CPU time.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
from table import Row, show
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from rnncourse import training
from rnncourse.borrow import borrow
from rnncourse.rivals import LEARNING_RATES, C, D, Q
from rnncourse.tasks import HalvesTask

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NETWORKS = {
    "Elman": ("02_elman", "ElmanNet", (D, Q, C)),
    "gated": ("03_gating", "GatedNet", (D, Q, C)),
    "LSTM": ("04_lstm", "LSTMNet", (D, Q, 1, C)),
    "GRU": ("05_gru", "GRUNet", (D, Q, C)),
    "TCN": ("01_temporal_convolution", "TCN", (D, 32, C)),
}
SIZES = ((20, 64, 50), (100, 64, 128))  # T, N, Q


def rows(rounds: int = 5, num_sequences: int = 25_600, num_single: int = 250) -> list[Row]:
    """
    Args:
        num_sequences: of one training in batches. With this many, `fit` spends on its evaluations what it spends in a
            training of 250,000; the other way gets none.
        num_single: of one training with one sequence at a time.
    """
    torch.set_num_threads(1)
    return [*_of_training(rounds, num_sequences, num_single), *_of_cells(rounds)]


def in_batches(make: Callable[[], nn.Module], task: HalvesTask, num_sequences: int, lr: float) -> None:
    """As the lessons train."""
    training.fit(make(), task, num_sequences, lr=lr, num_evaluations=1, progress=False)


def one_at_a_time(make: Callable[[], nn.Module], task: HalvesTask, num_sequences: int) -> None:
    """As the lecture trains: an update after every sequence, which has no padding."""
    net = make()
    batch = task.sample(num_sequences, torch.Generator().manual_seed(0))
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    for n, length in enumerate(batch.lengths.tolist()):
        alone = slice(n, n + 1)
        loss = cross_entropy(net(batch.x[:length, alone], batch.lengths[alone]), batch.targets[alone])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def _of_training(rounds: int, num_sequences: int, num_single: int) -> list[Row]:
    task = HalvesTask(near_fraction=0.5)
    found = []
    for label, (lesson, name, sizes) in NETWORKS.items():
        make = partial(borrow(lesson, name, NOTEBOOKS), *sizes)
        batches, alone = _side_by_side(
            partial(in_batches, make, task, num_sequences, LEARNING_RATES[label]),
            partial(one_at_a_time, make, task, num_single),
            rounds,
        )
        ours, other = num_sequences / batches, num_single / alone
        per_second = "{:,.0f} / CPU s".format
        what = f"{label}: sequences that it learns from, in padded batches and one at a time"
        found.append((what, per_second(ours), per_second(other), f"{ours / other:.0f} × as many"))
    return found


def _of_cells(rounds: int) -> list[Row]:
    found = []
    for layer_class, run in ((nn.RNN, _elman()), (nn.LSTM, _lstm()), (nn.GRU, _gru())):
        for T, N, size in SIZES:
            options = {"nonlinearity": "relu"} if layer_class is nn.RNN else {}
            layer, x = layer_class(D, size, **options), torch.rand(T, N, D)
            torch.testing.assert_close(run(layer, x), _of_torch(layer, x))
            by_hand, of_torch = _side_by_side(
                partial(_forward_backward, run, layer, x), partial(_forward_backward, _of_torch, layer, x), 2 * rounds
            )
            name = layer_class.__name__
            what = f"{name} cell by hand and `nn.{name}`: forward and backward, T = {T}, N = {N}, Q = {size}"
            milliseconds = (f"{1000 * seconds:.1f} ms" for seconds in (by_hand, of_torch))
            found.append((what, *milliseconds, f"{by_hand / of_torch:.1f} × as long"))
    return found


def _forward_backward(run: Callable, layer: nn.RNNBase, x: Tensor) -> None:
    run(layer, x).sum().backward()


def _of_torch(layer: nn.RNNBase, x: Tensor) -> Tensor:
    return layer(x)[0]


def _side_by_side(ours: Callable, other: Callable, rounds: int) -> tuple[float, float]:
    """The median CPU seconds of each; they take turns, after one turn that isn't counted."""
    turns = [(_seconds(ours), _seconds(other)) for _ in range(1 + rounds)]
    return tuple(statistics.median(column) for column in zip(*turns[1:], strict=True))


def _seconds(work: Callable) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _elman() -> Callable[[nn.RNN, Tensor], Tensor]:
    step = borrow("02_elman", "elman_step", NOTEBOOKS)

    def run(layer: nn.RNN, x: Tensor) -> Tensor:
        W_xh, W_hh, b_xh, b_hh = layer.parameters()
        return _unroll(lambda x_t, h: step(x_t, h, W_xh, W_hh, b_xh + b_hh), x, layer.hidden_size)

    return run


def _lstm() -> Callable[[nn.LSTM, Tensor], Tensor]:
    step = borrow("04_lstm", "lstm_step", NOTEBOOKS)
    convert = borrow("04_lstm", "lecture_weights", NOTEBOOKS)

    def run(layer: nn.LSTM, x: Tensor) -> Tensor:
        weights = convert(*layer.parameters())
        h_t = c_t = x.new_zeros(x.shape[1], layer.hidden_size)
        states = []
        for x_t in x:
            h_t, c_t = step(x_t, h_t, c_t, weights)
            states.append(h_t)
        return torch.stack(states)

    return run


def _gru() -> Callable[[nn.GRU, Tensor], Tensor]:
    step = borrow("05_gru", "torch_gru_step", NOTEBOOKS)
    convert = borrow("05_gru", "convert_gru", NOTEBOOKS)

    def run(layer: nn.GRU, x: Tensor) -> Tensor:
        weights = convert(dict(layer.named_parameters()))
        return _unroll(lambda x_t, h: step(x_t, h, **weights), x, layer.hidden_size)

    return run


def _unroll(step: Callable, x: Tensor, size: int) -> Tensor:
    h_t, states = x.new_zeros(x.shape[1], size), []
    for x_t in x:
        h_t = step(x_t, h_t)
        states.append(h_t)
    return torch.stack(states)


if __name__ == "__main__":
    show(rows())
