"""The explorer of lesson 03."""

from __future__ import annotations

from collections.abc import Callable

import torch
from ipywidgets import FloatSlider, IntSlider, VBox
from torch import Tensor

from rnncourse.figures.gating import plot_one_unit
from rnncourse.widgets.core import Drawn, explorer, slider

PULSES = {4: 1.0, 14: 0.5, 24: 0.8}  # step → input
NUM_STEPS = 40
Step = Callable[[Tensor, Tensor, Tensor], Tensor]  # z_t, h_prev, h_bar → h_t


def explore_gate(pass_through: Step, half_life: Callable[[Tensor], Tensor]) -> VBox:
    """One unit that keeps its state, except at two steps at which it takes in what is there.

    Args:
        pass_through, half_life: the student's own; every number of the picture comes from them.
    """
    keeping = slider(FloatSlider, "z, keeping", 0.95, min=0, max=1, step=0.01)
    writing = slider(FloatSlider, "z, writing", 0.1, min=0, max=1, step=0.05)
    first = slider(IntSlider, "Write at step", 4, min=1, max=NUM_STEPS)
    second = slider(IntSlider, "And at step", 20, min=1, max=NUM_STEPS)

    def draw() -> Drawn:
        x, z, h = one_unit(pass_through, keeping.value, writing.value, (first.value, second.value))
        steps = float(half_life(torch.tensor([keeping.value])))
        text = (
            f"After the write of step {first.value} the state is {float(h[first.value - 1]):.2f}. "
            f"z = {keeping.value:g} has a half-life of {steps:.3g} steps. At the end {float(h[-1]):.2f} is there."
        )
        words = (
            f"Input, gate and state of one unit over {NUM_STEPS} steps. The gate is {keeping.value:g}, except at steps "
            f"{first.value} and {second.value}, where it is {writing.value:g}. The state is largest, "
            f"{float(h.max()):.2f}, at step {int(h.argmax()) + 1}, and {float(h[-1]):.2f} at the end."
        )
        return plot_one_unit(x, z, h, first.value, steps), text, words

    return explorer(
        "Store the first pulse and keep as much of it as you can to the end, whatever else comes in. Then let the unit "
        "forget it at step 30 and store nothing new. At last try with one z for keeping and writing alike.",
        [keeping, writing, first, second],
        draw,
    )


def one_unit(
    pass_through: Step, keeping: float, writing: float, writes: tuple[int, ...]
) -> tuple[Tensor, Tensor, Tensor]:
    """The input pulses, the gate and the state of one unit whose full update is its input, each (T,)."""
    x, z = torch.zeros(NUM_STEPS), torch.full((NUM_STEPS,), keeping)
    for step, value in PULSES.items():
        x[step - 1] = value
    z[torch.tensor(writes) - 1] = writing
    h, states = torch.zeros(1, 1), []
    for z_t, x_t in zip(z, x, strict=True):
        h = pass_through(z_t.reshape(1, 1), h, x_t.reshape(1, 1))
        states.append(h)
    return x, z, torch.cat(states)[:, 0]
