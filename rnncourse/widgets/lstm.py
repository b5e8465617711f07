"""The explorers of lesson 04. Each has a static twin in the lesson, for readers without a running notebook."""

from __future__ import annotations

from collections.abc import Callable

import torch
from ipywidgets import HTML, Button, Checkbox, Dropdown, FloatSlider, GridBox, IntSlider, Layout, VBox
from torch import Tensor

from rnncourse.figures.lstm import PLACES, place_of, plot_lstm_run
from rnncourse.layers import where_returned
from rnncourse.widgets.core import WIDE, Drawn, explorer, panel, slider

Step = Callable[[Tensor, Tensor, Tensor, dict[str, Tensor]], tuple[Tensor, Tensor]]

ALPHABET = "·+R?"  # nothing, add, reset, ask
SEQUENCES = ("+·+?·R+··?", "+········?", "+++++++++?")
OPEN = 100.0  # added to a gate's sum: the gate is exactly 1


def counter_weights(forget_bias: float) -> dict[str, Tensor]:
    """One unit, made by hand: "+" adds a half, "R" closes the forget gate, "?" opens the output gate."""
    columns = {"f": [0, 0, -20, 0], "i": [0, 12, 0, 0], "o": [0, 0, 0, 12], "c": [0, 0.55, 0, 0]}
    biases = {"f": forget_bias, "i": -6, "o": -6, "c": 0}
    weights = {}
    for letter, column in columns.items():
        weights[f"W_x{letter}"] = torch.tensor([column], dtype=torch.float32)  # (1, 4)
        weights[f"W_h{letter}"] = torch.zeros(1, 1)
        weights[f"b_{letter}"] = torch.tensor([float(biases[letter])])
    return weights


def lstm_run(step: Step, symbols: str, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """What one unit does: its states, and its gates, which a step doesn't return.

    A gate shows itself when the gates around it are held open or shut and the cell state is known.

    Args:
        step: (x_t, h_prev, c_prev, weights) → (h_t, c_t).

    Returns:
        f, i, g, o (T,) and c, h (T + 1,), which begin with zeros.
    """

    def held(**by: float) -> dict[str, Tensor]:
        return weights | {f"b_{letter}": weights[f"b_{letter}"] + amount for letter, amount in by.items()}

    zero, one = torch.zeros(1, 1), torch.ones(1, 1)
    h_t, c_t = zero, zero
    rows: dict[str, list[Tensor]] = {"f": [], "i": [], "g": [], "o": [], "c": [c_t], "h": [h_t]}
    for x_t in torch.eye(len(ALPHABET))[[ALPHABET.index(symbol) for symbol in symbols]]:
        x_t = x_t[None]
        rows["f"].append(step(x_t, h_t, one, held(i=-OPEN))[1])
        rows["i"].append(step(x_t, h_t, zero, held(c=OPEN))[1])
        rows["g"].append(step(x_t, h_t, zero, held(i=OPEN))[1])
        rows["o"].append(step(x_t, h_t, OPEN * one, held(f=OPEN))[0])
        h_t, c_t = step(x_t, h_t, c_t, weights)
        rows["c"].append(c_t)
        rows["h"].append(h_t)
    return {name: torch.cat(row)[:, 0] for name, row in rows.items()}


def explore_lstm(step: Step) -> VBox:
    """All gates and states of one unit over time, one step after the other, computed by the reader's own step."""
    T = len(SEQUENCES[0])
    moment = slider(IntSlider, "Step", T, min=0, max=T)
    forget_bias = slider(FloatSlider, "Forget bias", 4.0, min=-2.0, max=8.0, step=0.5)
    symbols = Dropdown(description="Sequence", options=SEQUENCES, style=WIDE)

    def draw() -> Drawn:
        run = lstm_run(step, symbols.value, counter_weights(forget_bias.value))
        figure = plot_lstm_run(symbols.value, run, moment.value)
        return figure, _what_happens(run, symbols.value, moment.value), _in_words(run, symbols.value, moment.value)

    return explorer(
        "Put <b>Step</b> to 0 and go forward with the arrow keys; guess each c<sub>t</sub> and h<sub>t</sub> before "
        "you see it. “+” is to add, “R” to reset, “?” to put out. Which forget bias does the second sequence need?",
        [moment, forget_bias, symbols],
        draw,
    )


def _what_happens(run: dict[str, Tensor], symbols: str, t: int) -> str:
    if t == 0:
        return "Before the first symbol: c<sub>0</sub> = h<sub>0</sub> = 0."
    f, i, g, o = (run[name][t - 1].item() for name in "figo")
    c_prev, c, h = run["c"][t - 1].item(), run["c"][t].item(), run["h"][t].item()
    return (
        f"t = {t}, “{symbols[t - 1]}”: c<sub>{t}</sub> = {f:.2f} · {c_prev:.2f} + {i:.2f} · {g:.2f} = <b>{c:.2f}</b>, "
        f"h<sub>{t}</sub> = {o:.2f} · tanh({c:.2f}) = <b>{h:.2f}</b>."
    )


def _in_words(run: dict[str, Tensor], symbols: str, t: int) -> str:
    def numbers(row: Tensor) -> str:
        return ", ".join(f"{value + 0:.2f}" for value in row.round(decimals=2).tolist())

    return (
        f"A table of numbers, a column for each step, with the rows input, gates, cell and output. Read so far: "
        f"{symbols[:t] or 'nothing'}. Cell: {numbers(run['c'][: t + 1])}. Output: {numbers(run['h'][: t + 1])}."
    )


def explore_layers(num_layers: int = 3, num_steps: int = 4) -> VBox:
    """A button for each state of a stacked LSTM: a click shows which entries of output and h_n hold it."""
    bidirectional = Checkbox(description="bidirectional", indent=False, layout=Layout(width="150px"))
    batch_first = Checkbox(description="batch_first", indent=False, layout=Layout(width="150px"))
    reveal = Button(description="Show all", tooltip="What every button would show")
    reset = Button(description="Reset", tooltip="All covered again")
    grid, sentence = GridBox(), HTML()
    shown: dict[tuple[int, int, bool], Callable[[], None]] = {}

    def rebuild(_: object = None) -> None:
        where = where_returned(num_layers, num_steps, bidirectional.value, batch_first.value)
        directions = (False, True)[: 1 + bidirectional.value]
        shown.clear()
        rows = []
        for layer in range(num_layers, 0, -1):
            rows.append(HTML(f"layer {layer}"))
            for t in range(1, num_steps + 1):
                for backward in directions:
                    button = _state_button(layer, t, backward, bidirectional.value)
                    shown[layer, t, backward] = lambda b=button, p=(layer, t, backward): _uncover(b, where[p])
                    button.on_click(lambda b, p=(layer, t, backward): answer(b, p, where[p]))
                    rows.append(button)
        times = (
            HTML(f"t = {t}") if not backward else HTML() for t in range(1, num_steps + 1) for backward in directions
        )
        grid.children = [*rows, HTML(), *times]
        columns = f"70px repeat({num_steps * len(directions)}, auto)"
        grid.layout = Layout(grid_template_columns=columns, width="fit-content", max_width="100%", overflow="auto")
        sentence.value = "Nothing clicked yet."

    def answer(button: Button, place: tuple[int, int, bool], entries: list[str]) -> None:
        _uncover(button, entries)
        found = " and ".join(f"<code>{entry}</code>" for entry in entries) or "in neither of the two"
        sentence.value = f"h<sub>{place[1]}</sub><sup>{place[0]}</sup> ({button.tooltip}): {found}."

    def uncover_all(_: Button) -> None:
        for show in shown.values():
            show()

    bidirectional.observe(rebuild, "value")
    batch_first.observe(rebuild, "value")
    reveal.on_click(uncover_all)
    reset.on_click(rebuild)
    rebuild()
    legend = HTML(
        " &nbsp; ".join(
            f'<span style="background:{colour};color:black;padding:1px 6px">{place}</span>'
            for place, colour in PLACES.items()
        )
    )
    return panel(
        "Each button is the state of one layer at one time, for sequence n of a batch. Before you click: is it in "
        "<code>output</code>, in <code>h_n</code>, in both or in neither? <code>c_n</code> is laid out as "
        "<code>h_n</code>.",
        VBox([bidirectional, batch_first, reveal, reset]),
        grid,
        sentence,
        legend,
    )


def _state_button(layer: int, t: int, backward: bool, bidirectional: bool) -> Button:
    words = f"layer {layer}, t = {t}" + (", backward" if backward else ", forward") * bidirectional
    name = "h" + "₀₁₂₃₄₅₆₇₈₉"[t] + "⁰¹²³⁴⁵⁶⁷⁸⁹"[layer] + ("←" if backward else "→") * bidirectional
    return Button(description=name, tooltip=words, layout=Layout(width="80px"))


def _uncover(button: Button, entries: list[str]) -> None:
    place = place_of(entries)
    button.style.button_color = PLACES[place]
    direction = button.description[-1] if button.description[-1] in "→←" else ""
    button.description = {"output and h_n": "both"}.get(place, place.removesuffix(" only")) + direction
