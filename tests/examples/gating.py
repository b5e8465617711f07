"""Lesson 03."""

import torch

from rnncourse.figures import gating
from rnncourse.widgets import gating as widgets

UNIT = widgets.one_unit(torch.lerp, 0.05, 0.9, (4, 20))
GATES = torch.linspace(0, 1, 200).reshape(20, 10)
LATCH = torch.stack([torch.rand(60), (torch.arange(60) == 8).float()], dim=1)
HALF_LIVES = {
    "as initialised": torch.linspace(0.5, 1.5, 50),
    "trained, on average": torch.logspace(-1, 2, 50),
    "trained, most of the time": torch.logspace(-1, 5, 50),
}


def explore_gate():
    """With a pass-through of the tests' own, since the lesson's is the reader's."""
    return widgets.explore_gate(lambda z, h_prev, h_bar: torch.lerp(h_bar, h_prev, z), lambda z: 1 / (1.01 - z))


FIGURES = {
    "two steps": gating.plot_two_steps,
    "one unit": lambda: gating.plot_one_unit(*UNIT, start=4, half_life=13.5),
    "one unit, nothing lost": lambda: gating.plot_one_unit(*UNIT, start=4, half_life=torch.inf),
    "half-lives": lambda: gating.plot_half_lives(
        {z: z ** torch.arange(61.0) for z in (0.5, 0.9, 0.95, 0.98)}, {0.5: 1, 0.9: 6.6, 0.95: 13.5, 0.98: 34.3}
    ),
    "latch": lambda: gating.plot_latch(LATCH, {"gated": torch.rand(60), "Elman": torch.rand(60)}),
    "learning rates": lambda: gating.plot_learning_rates(
        {"Elman": {1e-3: 0.4, 5e-3: 0.3}, "gated": {5e-3: 0.3, 2e-2: 0.1, 8e-2: 0.5}}
    ),
    "gates": lambda: gating.plot_gates({"a": GATES, "b": GATES}, {"a": range(20), "b": range(20)}),
    "units": lambda: gating.plot_units(HALF_LIVES, longest=1000),
}
DRAWINGS = {"two steps"}

EXPLORERS = {explore_gate: {"z, keeping": 0.9, "z, writing": 0.3, "Write at step": 14, "And at step": 30}}

UNSEEN = {"pass_through__detached", "gated_step__gate_detached"}

SENTENCES = [
    ("pass_through__exchanged", "something else than h_prev for z = 1, where everything is kept"),
    ("pass_through__one_gate_for_all", "each unit of each sequence has its own z"),
    ("half_life__minus_infinity", "returned 0, -inf for z = 0 and z = 1"),
    ("half_life__time_constant", "for z = 0.5 the half-life is 1"),
    ("gated_step__exchanged", "must be an Elman step for a very negative b_z|must return h_prev for a very large b_z"),
    ("gated_step__gate_ignores_the_state", "right for z = 0 and z = 1 but not in between"),
    ("bias_for_half_life__chrono", "must be 1/2, and with your b it is"),
    ("GatedNet__four_biases", "that the equations do not have: fc_h2h.bias, fc_h2z.bias"),
    ("GatedNet__after_the_padding", r"right for equal lengths and wrong for lengths \[3, 6, 1\]"),
    ("GatedNet__detached", "is the state detached between two steps"),
    ("GatedNet__gate_ignores_the_state", "compare the equations of z_t and h_t"),
]
