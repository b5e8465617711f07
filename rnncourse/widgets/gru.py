"""The explorer of lesson 05; the lesson shows two of its settings as a static twin."""

from __future__ import annotations

import torch
from ipywidgets import FloatSlider, VBox
from torch import Tensor, nn

from rnncourse.figures.gru import plot_two_forms
from rnncourse.widgets.core import Drawn, explorer, slider

NUM_STEPS, PULSES = 20, (2, 12)


def explore_reset_gate() -> VBox:
    """Two units under gates that are held fixed, in the lecture's form of the GRU and in torch's."""
    r_1, r_2, z = (
        slider(FloatSlider, name, value, min=0, max=1, step=0.05)
        for name, value in (("r of unit 1", 0.0), ("r of unit 2", 1.0), ("z of both", 0.6))
    )
    b_hh = slider(FloatSlider, "b_hh", 0.0, min=-1, max=1, step=0.1)

    def draw() -> Drawn:
        r = r_1.value, r_2.value
        inside, after = two_forms(r, z.value, b_hh.value)
        difference = float((inside - after).abs().max())
        same = ": both units have the same r, which can be taken out of the product" if r[0] == r[1] else ""
        sentence = f"Largest difference between the two forms: {difference:.2f}{same if not b_hh.value else ''}."
        title = f"r = ({r[0]:g}, {r[1]:g}), z = {z.value:g}"
        words = (
            f"States of two units over {NUM_STEPS} steps at {title}. The largest state of unit 1 is "
            f"{float(inside[:, 0].max()):.2f} in the lecture's form and {float(after[:, 0].max()):.2f} in torch's; "
            f"of unit 2, {float(inside[:, 1].max()):.2f} and {float(after[:, 1].max()):.2f}."
        )
        return plot_two_forms({title: (inside, after)}, PULSES), sentence, words

    return explorer(
        "Only unit 1 sees the input (at the dotted lines, +1 and −1); unit 2 hears of it from unit 1. Find settings at "
        "which both forms agree. Then set both r to 0: what does <b>b_hh</b> do in each form?",
        [r_1, r_2, z, b_hh],
        draw,
    )


@torch.no_grad()
def two_forms(r: tuple[float, float], z: float, b_hh: float = 0.0) -> tuple[Tensor, Tensor]:
    """The states (T, 2) of the lecture's form and of torch's, with constant gates.

    Both come from `nn.GRUCell`: a constant r inside the product is a change of W_hh's columns, with the gate open.
    """
    W_hh, reset = torch.tensor([[0.9, -0.6], [1.5, 0.6]]), torch.tensor(r)
    inside = _run(W_hh * reset, torch.ones(2), z, b_hh)
    after = _run(W_hh, reset, z, b_hh)
    return inside, after


def _run(W_hh: Tensor, r: Tensor, z: float, b_hh: float) -> Tensor:
    cell = nn.GRUCell(1, 2)
    for weights in cell.parameters():
        weights.zero_()
    cell.bias_ih[:2], cell.bias_ih[2:4] = r.logit(), torch.tensor(z).logit()
    cell.weight_ih[4], cell.weight_hh[4:], cell.bias_hh[4:] = 3.0, W_hh, b_hh
    h_t, states = torch.zeros(1, 2), []
    for t in range(1, NUM_STEPS + 1):
        x_t = (t == PULSES[0]) - (t == PULSES[1])
        h_t = cell(torch.tensor([[float(x_t)]]), h_t)
        states.append(h_t[0])
    return torch.stack(states)
