"""The explorers of lesson 02. Each has a static twin in the lesson, for readers without a running notebook."""

from __future__ import annotations

from functools import lru_cache

import torch
from ipywidgets import Dropdown, FloatSlider, IntSlider, VBox
from torch import Generator, Tensor, nn

from rnncourse.figures.elman import plot_one_decay, plot_unrolled_run
from rnncourse.gradients import gradient_decay
from rnncourse.widgets.core import WIDE, Drawn, explorer, slider

SYMBOLS = (2, 0, 1, 2, 0, 1)


def explore_unrolled_network() -> VBox:
    """Step through a small network: forward to the last state, then backward with the loss's gradient."""
    T = len(SYMBOLS)
    moment = slider(IntSlider, "Step", 0, min=0, max=2 * T)
    radius = Dropdown(description="Spectral radius", options=[0.5, 1.0, 1.5], value=1.0, style=WIDE)

    def draw() -> Drawn:
        states, gradients = small_run(radius.value)
        figure = plot_unrolled_run(SYMBOLS, states, gradients, moment.value)
        return figure, _what_happens(moment.value, T), _run_in_words(states, gradients, moment.value)

    return explorer(
        "Move <b>Step</b> with the arrow keys: to the middle it goes forward in time, then the gradient comes back. "
        "Then choose another spectral radius of W<sub>hh</sub>: what does it do to the gradient that reaches h₁?",
        [moment, radius],
        draw,
    )


def _what_happens(moment: int, T: int) -> str:
    if moment == 0:
        return "Before the first symbol: h<sub>0</sub> = 0."
    if moment <= T:
        return f"Forward, t = {moment}: h<sub>{moment}</sub> from x<sub>{moment}</sub> and h<sub>{moment - 1}</sub>."
    t = 2 * T + 1 - moment
    source = "from the loss" if t == T else f"through step {t + 1}, multiplied by the transposed W<sub>hh</sub>"
    return f"Backward, t = {t}: the gradient arrives at h<sub>{t}</sub> {source}."


def _run_in_words(states: Tensor, gradients: Tensor, moment: int) -> str:
    T = len(states) - 1
    t = min(moment, T)
    words = f"A table of numbers, a column for each step. The states up to h_{t} = {_numbers(states[t])}."
    if moment > T:
        t = 2 * T + 1 - moment
        words += f" Below them the gradients from step {T} back to step {t}, where it is {_numbers(gradients[t])}."
    return words


def _numbers(values: Tensor) -> str:
    return "(" + ", ".join(f"{value:.2f}" for value in values.tolist()) + ")"


@lru_cache
def small_run(radius: float = 1.0) -> tuple[Tensor, Tensor]:
    """A network with three units reads `SYMBOLS` and is told that the answer is class 1.

    Args:
        radius: the spectral radius of W_hh.

    Returns:
        states (T + 1, Q), h_0 first, and the gradient of the loss with respect to each, (T + 1, Q).
    """
    generator = Generator().manual_seed(163)
    cell, readout = nn.RNNCell(3, 3, nonlinearity="relu"), nn.Linear(3, 2)
    with torch.no_grad():
        for weights in (*cell.parameters(), *readout.parameters()):
            weights.normal_(std=0.6, generator=generator)
        cell.weight_hh.copy_(_with_radius(cell.weight_hh, radius))
    states = [torch.zeros(1, 3, requires_grad=True)]
    for x_t in torch.eye(3)[list(SYMBOLS)]:
        states.append(cell(x_t[None], states[-1]))
    loss = nn.functional.cross_entropy(readout(states[-1]), torch.tensor([1]))
    return torch.cat(states).detach(), torch.cat(torch.autograd.grad(loss, states))


def explore_vanishing_gradient() -> VBox:
    """How much of a gradient is left after k steps, for any spectral radius of W_hh."""
    kind = Dropdown(description="Weights", options=["uniform", "orthogonal", "identity"], style=WIDE)
    radius = slider(FloatSlider, "Spectral radius", 0.9, min=0.1, max=2.0, step=0.05)
    k = slider(IntSlider, "Steps back k", 10, min=0, max=50)

    def draw() -> Drawn:
        norms = decay(kind.value, radius.value)
        text = f"‖∂h<sub>T</sub>/∂h<sub>T−{k.value}</sub>‖ = {norms[k.value]:.2g}"
        words = (
            f"The norm of the gradient after k steps back, {kind.value} weights with spectral radius {radius.value:g}, "
            f"on a logarithmic scale: from {norms[0]:.2g} at k = 0 to {norms[-1]:.2g} at k = {len(norms) - 1}. "
            f"The mark is at k = {k.value}, {norms[k.value]:.2g}."
        )
        return plot_one_decay(norms, radius.value, k.value), text, words

    return explorer(
        "Look for a spectral radius at which 50 steps neither lose nor explode the gradient; then change the weights.",
        [kind, radius, k],
        draw,
    )


@lru_cache(maxsize=256)
def decay(kind: str, radius: float, num_steps: int = 51) -> Tensor:
    """The norms of ∂h_T/∂h_{T-k} in a network of 50 units that reads random symbols, in float64.

    Args:
        kind: of W_hh, "uniform" as `torch.nn` draws it, "orthogonal" or "identity" (without a bias).
        radius: the spectral radius to which W_hh is scaled.
    """
    generator = Generator().manual_seed(0)
    cell = nn.RNNCell(10, 50, nonlinearity="relu").double()
    with torch.no_grad():
        for weights in cell.parameters():
            weights.uniform_(-(50**-0.5), 50**-0.5, generator=generator)
        cell.bias_hh.zero_()
        if kind == "orthogonal":
            nn.init.orthogonal_(cell.weight_hh, generator=generator)
        elif kind == "identity":
            nn.init.eye_(cell.weight_hh)
            cell.bias_ih.zero_()
        cell.weight_hh.copy_(_with_radius(cell.weight_hh, radius))
    symbols = torch.randint(10, (num_steps,), generator=generator)
    return gradient_decay(cell, torch.eye(10, dtype=torch.float64)[symbols])[1]


def _with_radius(W: Tensor, radius: float) -> Tensor:
    return W * radius / torch.linalg.eigvals(W).abs().max()
