"""The explorer of lesson 01. It has a static twin in the lesson, for readers without a running notebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import torch
from ipywidgets import Dropdown, IntSlider, VBox
from matplotlib.figure import Figure
from torch import Tensor, nn

from rnncourse.figures.convolution import plot_field
from rnncourse.widgets.core import WIDE, explorer, slider

NUM_STEPS = 32
GROWTH = {"1, 1, 1, …": 1, "1, 2, 4, …": 2, "1, 3, 9, …": 3, "1, 4, 16, …": 4}


def explore_receptive_field(receptive_field: Callable[[int, list[int]], int]) -> VBox:
    """Which inputs reach an output, for any kernel size and stack of blocks: counted, and by the reader's formula."""
    kernel_size = slider(IntSlider, "Kernel size k", 2, min=1, max=5)
    num_blocks = slider(IntSlider, "Blocks", 3, min=1, max=4)
    dilations = Dropdown(description="Dilations", options=list(GROWTH), value="1, 2, 4, …", style=WIDE)
    step = slider(IntSlider, "Output step t", NUM_STEPS, min=1, max=NUM_STEPS)

    def draw() -> tuple[Figure, str]:
        of_blocks = [GROWTH[dilations.value] ** i for i in range(num_blocks.value)]
        figure = plot_field(kernel_size.value, of_blocks, step.value, NUM_STEPS)
        formula = f"Your formula: {receptive_field(kernel_size.value, of_blocks)}."
        return figure, f"{formula} {_measured(kernel_size.value, of_blocks, step.value)}"

    return explorer(
        "With the fewest convolutions, let x₁ reach the output at t = 32. Then look for settings that leave holes: "
        "inputs inside the field that do not reach the output.",
        [kernel_size, num_blocks, dilations, step],
        draw,
    )


def _measured(kernel_size: int, dilations: Sequence[int], step: int) -> str:
    reached = reaching_inputs(kernel_size, tuple(dilations), step).nonzero().flatten() + 1
    first = int(reached[0])
    field = step - first + 1
    holes = field - len(reached)
    return (
        f"Measured by changing one input at a time: {field}, from x<sub>{first}</sub> to x<sub>{step}</sub>"
        + (f", with {holes} hole{'s' if holes > 1 else ''} between them" if holes else "")
        + (" (there is no earlier input)." if first == 1 else ".")
    )


@lru_cache(maxsize=256)
def reaching_inputs(kernel_size: int, dilations: tuple[int, ...], step: int) -> Tensor:
    """Change each input of a network in turn: does its output at `step` change?

    Args:
        dilations: one for each block of two convolutions.
        step: 1..NUM_STEPS.

    Returns:
        (NUM_STEPS,) of truth values.
    """
    x = torch.cat([torch.zeros(1, NUM_STEPS), torch.eye(NUM_STEPS)])[:, None].double()  # as it is, and each changed
    for dilation in dilations:
        for _ in range(2):
            reach = (kernel_size - 1) * dilation
            ones = torch.ones(1, 1, kernel_size, dtype=x.dtype)
            x = nn.functional.conv1d(x, ones, dilation=dilation, padding=reach)[..., :NUM_STEPS]
    outputs = x[:, 0, step - 1]
    return outputs[1:] != outputs[0]
