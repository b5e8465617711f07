"""The explorer of the sample problem; its static twin is `figures.comparison.plot_reading`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from ipywidgets import Dropdown, Layout, Text, VBox
from torch import Tensor, nn

from rnncourse.figures.comparison import plot_reading
from rnncourse.rivals import D
from rnncourse.tasks import last_valid
from rnncourse.widgets.core import WIDE, Drawn, explorer

MOST = 40  # symbols of a sequence


def explore_sample_problem(nets: Mapping[str, nn.Module]) -> VBox:
    """Type a sequence, and see what each network says after every step and what one of them has in its state.

    Args:
        nets: trained networks by their names, each `net(x, lengths) -> logits` with a linear layer at its end.
    """
    typed = Text(description="Sequence", value="3141531415", style=WIDE, layout=Layout(width="420px"))
    shown = Dropdown(description="State of", options=list(nets), style=WIDE)

    def draw() -> Drawn:
        symbols = [int(character) for character in typed.value if character in "0123456789"][:MOST] or [0]
        read = {name: read_along(net, symbols) for name, net in nets.items()}
        answers = {name: answer for name, (answer, _) in read.items()}
        right = right_answers(symbols)
        figure = plot_reading(symbols, answers, right, read[shown.value][1])
        return figure, _verdict(symbols, answers, right[-1]), _in_words(answers, right, shown.value)

    return explorer(
        "Type digits: any half, then the same half again. At which step does each network make up its mind? Change one "
        "digit of a pair that all of them get right, then make it longer than the 20 steps that they were trained on.",
        [typed, shown],
        draw,
    )


def right_answers(symbols: Sequence[int]) -> list[int]:
    """After each step, 1 if what has been read is two identical halves, else 0."""
    return [int(t % 2 == 0 and symbols[: t // 2] == symbols[t // 2 : t]) for t in range(1, len(symbols) + 1)]


@torch.no_grad()
def read_along(net: nn.Module, symbols: Sequence[int]) -> tuple[Tensor, Tensor]:
    """P(class 1) after each step, (T,), and what the network's last linear layer read for it, (T, Q).

    The first symbol, the first two, and so on are the sequences of one batch. So this works for any network, whatever
    its code calls its states.
    """
    T = len(symbols)
    lengths = torch.arange(1, T + 1)
    x = torch.eye(D)[torch.tensor(symbols)][:, None] * (torch.arange(T)[:, None, None] < lengths[:, None])  # (T, T, D)
    inputs: list[Tensor] = []
    hooks = [
        module.register_forward_pre_hook(lambda _, arguments: inputs.append(arguments[0]))
        for module in net.modules()
        if isinstance(module, nn.Linear)
    ]
    try:
        answers = net(x, lengths).softmax(1)[:, 1]
    finally:
        for hook in hooks:
            hook.remove()
    states = inputs[-1]
    return answers, last_valid(states, lengths) if states.dim() == 3 else states


def _verdict(symbols: Sequence[int], answers: Mapping[str, Tensor], right: int) -> str:
    said = {name: float(answer[-1]) for name, answer in answers.items()}
    agree = ", ".join(f"{name} {p:.0%}" for name, p in said.items() if (p > 0.5) == right)
    differ = ", ".join(f"{name} {p:.0%}" for name, p in said.items() if (p > 0.5) != right)
    odd = " (its length is odd, which no training sequence's was)" if len(symbols) % 2 else ""
    return (
        f"{' '.join(map(str, symbols))} is <b>class {right}</b>{odd}. P(class 1) of those who are right: "
        f"<b>{agree or 'nobody'}</b>; of those who are wrong: <b>{differ or 'nobody'}</b>."
    )


def _in_words(answers: Mapping[str, Tensor], right: Sequence[int], shown: str) -> str:
    def numbers(values: Sequence[float]) -> str:
        return ", ".join(f"{100 * value:.0f}" for value in values)

    curves = "; ".join(f"{name} {numbers(answer.tolist())}" for name, answer in answers.items())
    return (
        f"P(class 1) in per cent after each step: {curves}; right would be {numbers(right)}. Below, the state of "
        f"{shown} over {len(right)} steps, as colours."
    )
