"""Lesson 02."""

import torch

from rnncourse.figures import elman
from rnncourse.widgets.elman import explore_unrolled_network, explore_vanishing_gradient

DISTANCES = {"radius 0.5": 0.4 ** torch.arange(51.0).double(), "radius 1.5": torch.ones(51)}
STATES = torch.linspace(0, 2, 21).reshape(7, 3)

FIGURES = {
    "unrolled": lambda: elman.plot_unrolled_network(4),
    "unrolled, gradients": lambda: elman.plot_unrolled_network(3, gradients=True),
    "forgetting": lambda: elman.plot_forgetting(DISTANCES),
    "states": lambda: elman.plot_states(torch.rand(20, 50), length=6),
    "truncation": lambda: elman.plot_truncation({"spectral radius 0.5": 0.5 ** torch.arange(20)}),
    "run": lambda: elman.plot_unrolled_run(range(6), STATES, STATES - 1),
    "run, on its way": lambda: elman.plot_unrolled_run(range(6), STATES, STATES - 1, 8),
    "one decay": lambda: elman.plot_one_decay(DISTANCES["radius 0.5"], 0.9, 10),
    "updates": lambda: elman.plot_updates({"a": [1, 9, 1e5], "b": [1] * 300}, {"a": [1, 9, 1e6], "b": [2] * 300}, 1),
}
DRAWINGS = {"unrolled", "unrolled, gradients"}

EXPLORERS = {
    explore_unrolled_network: {"Step": 12, "Spectral radius": 1.5},
    explore_vanishing_gradient: {"Weights": "orthogonal", "Spectral radius": 1.4, "Steps back k": 30},
}

UNSEEN = {
    "elman_step__detached",
    "unroll__detached",
    "ElmanNet__detached",
    "ElmanNet__keeps_the_state",
    "elman_backward__autograd_outside",
    "elman_backward__full_autograd",
    "elman_step__float32",
    "unroll__float32_buffer",
    "unroll__max_len",
}
