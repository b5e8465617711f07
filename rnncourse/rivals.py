"""The five networks that are compared on the sample problem: how each is made, and how it is trained.

Lesson 05 trains them once, ``benchmarks/sample_problem.py`` with several seeds, both with these settings.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from torch import Tensor, nn

from rnncourse.tasks import last_valid

NUM_SEQUENCES = 100_000
# For each the best of a grid from 1e-3 to 3e-1, on mixed negatives with this budget: `rnncourse.reference.tuning`.
LEARNING_RATES = {"Elman": 1e-2, "gated": 1e-2, "LSTM": 1e-1, "GRU": 3e-2, "TCN": 3e-3}
D, Q, C = 10, 50, 2


class LayerNet(nn.Module):
    """A recurrent layer of `torch.nn` and a linear one that reads its state at each sequence's own last step."""

    def __init__(self, layer: nn.RNNBase, dim_output: int) -> None:
        super().__init__()
        self.layer = layer
        self.readout = nn.Linear(layer.hidden_size, dim_output)

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        """x (T, N, D), lengths (N,) → logits (N, C)"""
        states, _ = self.layer(x)  # (T, N, Q)
        return self.readout(last_valid(states, lengths))


def rivals(
    GatedNet: type[nn.Module] | None, GRUNet: type[nn.Module] | None, TCN: type[nn.Module] | None
) -> dict[str, Callable[[], nn.Module]]:
    """What makes each of the five anew, by its label; a network that isn't written yet is None and left out."""
    makers = {
        "Elman": lambda: LayerNet(nn.RNN(D, Q, nonlinearity="relu"), C),
        "gated": GatedNet and partial(GatedNet, D, Q, C),
        "LSTM": lambda: LayerNet(nn.LSTM(D, Q), C),
        "GRU": GRUNet and partial(GRUNet, D, Q, C),
        "TCN": TCN and partial(TCN, D, 32, C),
    }
    return {label: make for label, make in makers.items() if make}
