"""The explorer of lesson 01. It has a static twin in the lesson, for readers without a running notebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import torch
from ipywidgets import Dropdown, IntSlider, VBox
from torch import nn

from rnncourse.figures.convolution import plot_field
from rnncourse.widgets.core import WIDE, Drawn, explorer, slider

NUM_STEPS = 32
GROWTH = {"1, 1, 1, …": 1, "1, 2, 4, …": 2, "1, 3, 9, …": 3, "1, 4, 16, …": 4}


def explore_receptive_field(receptive_field: Callable[[int, list[int]], int]) -> VBox:
    """Which inputs reach an output, for any kernel size and stack of blocks: counted, and by the reader's formula."""
    kernel_size = slider(IntSlider, "Kernel size k", 2, min=1, max=5)
    num_blocks = slider(IntSlider, "Blocks", 3, min=1, max=4)
    dilations = Dropdown(description="Dilations", options=list(GROWTH), value="1, 2, 4, …", style=WIDE)
    step = slider(IntSlider, "Output step t", NUM_STEPS, min=1, max=NUM_STEPS)

    def draw() -> Drawn:
        of_blocks = [GROWTH[dilations.value] ** i for i in range(num_blocks.value)]
        figure = plot_field(kernel_size.value, of_blocks, step.value, NUM_STEPS)
        formula = f"Your formula: {receptive_field(kernel_size.value, of_blocks)}."
        sentence = f"{formula} {_measured(kernel_size.value, of_blocks, step.value)}"
        return figure, sentence, _in_words(kernel_size.value, of_blocks, step.value)

    return explorer(
        "With the fewest convolutions, let x₁ reach the output at t = 32. Then look for settings that leave holes: "
        "inputs inside the field that do not reach the output.",
        [kernel_size, num_blocks, dilations, step],
        draw,
    )


def _measured(kernel_size: int, dilations: Sequence[int], step: int) -> str:
    lags = changed_lags(kernel_size, tuple(dilations))
    field = lags[-1] + 1
    holes = field - len(lags)
    return (
        f"Measured: a changed input changes outputs up to {lags[-1]} steps later, so the field is {field}"
        + (f", with {holes} hole{'s' if holes > 1 else ''} in it." if holes else ".")
        + (f" At t = {step} a part of it lies before x<sub>1</sub>." if field > step else "")
    )


def _in_words(kernel_size: int, dilations: Sequence[int], step: int) -> str:
    lags = changed_lags(kernel_size, tuple(dilations))
    reaching = [step - lag for lag in reversed(lags) if lag < step]
    return (
        f"A graph of {2 * len(dilations)} convolutions over {NUM_STEPS} steps, kernel size {kernel_size}, dilations of "
        f"the blocks {', '.join(map(str, dilations))}. Receptive field {lags[-1] + 1}. {len(reaching)} inputs have a "
        f"way to the output at step {step}: those of {_spans(reaching)}."
    )


def _spans(steps: Sequence[int]) -> str:
    """Rising numbers as a person says them: "1, 4 to 6"."""
    starts = [t for t in steps if t - 1 not in steps]
    ends = [t for t in steps if t + 1 not in steps]
    return ", ".join(f"{a} to {b}" if a < b else f"{a}" for a, b in zip(starts, ends, strict=True))


@lru_cache(maxsize=256)
def changed_lags(kernel_size: int, dilations: tuple[int, ...], num_steps: int = 700) -> list[int]:
    """Change the first input of a network: which outputs change, counted in steps after it?

    Args:
        dilations: one for each block of two convolutions.
        num_steps: looked at; the field must be shorter.
    """
    x = torch.zeros(2, 1, num_steps, dtype=torch.float64)  # as it is, and changed
    x[1, 0, 0] = 1
    ones = torch.ones(1, 1, kernel_size, dtype=x.dtype)
    for dilation in dilations:
        for _ in range(2):
            x = nn.functional.conv1d(x, ones, dilation=dilation, padding=(kernel_size - 1) * dilation)[..., :num_steps]
    return (x[0, 0] != x[1, 0]).nonzero().flatten().tolist()
