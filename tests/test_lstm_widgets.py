"""The explorers of the LSTM lesson, and the search for states that one of them stands on."""

from __future__ import annotations

import pytest
import torch
from examples.lstm import torch_step
from ipywidgets import Button, Checkbox, VBox
from torch import nn

from rnncourse.figures.lstm import PLACES, place_of
from rnncourse.layers import states_of_layers, where_returned
from rnncourse.widgets.lstm import ALPHABET, SEQUENCES, counter_weights, explore_layers, explore_lstm, lstm_run


def parts(grid_explorer: VBox) -> tuple[dict[str, Checkbox | Button], dict[str, Button], object]:
    """The controls and the states by their names, and the sentence."""
    _, controls, grid, sentence, _ = grid_explorer.children
    states = {child.tooltip: child for child in grid.children if isinstance(child, Button)}
    return {control.description: control for control in controls.children}, states, sentence


def colour(button: Button) -> str | None:
    return button.style.button_color


@pytest.mark.parametrize(
    ("name", "entries", "place"),
    [
        ("layer 3, t = 1", ["output[0, n]"], "output only"),
        ("layer 3, t = 4", ["output[3, n]", "h_n[2, n]"], "output and h_n"),
        ("layer 1, t = 4", ["h_n[0, n]"], "h_n only"),
        ("layer 2, t = 3", [], "neither"),
    ],
)
def test_a_click_says_where_a_state_is(name, entries, place):
    _, states, sentence = parts(explore_layers())
    assert len(states) == 12 and all(colour(button) is None for button in states.values())
    states[name].click()
    assert colour(states[name]) == PLACES[place]
    assert all(f"<code>{entry}</code>" in sentence.value for entry in entries)
    assert f"({name})" in sentence.value
    assert [other for other, button in states.items() if colour(button)] == [name]


def test_both_directions_and_batch_first_change_what_a_click_says():
    explorer = explore_layers()
    controls, _, _ = parts(explorer)
    controls["bidirectional"].value = True
    _, states, sentence = parts(explorer)
    assert len(states) == 24
    states["layer 3, t = 1, backward"].click()
    assert "output[0, n, Q:]" in sentence.value and "h_n[5, n]" in sentence.value
    controls["batch_first"].value = True
    _, states, sentence = parts(explorer)
    states["layer 3, t = 1, backward"].click()
    assert "output[n, 0, Q:]" in sentence.value and "h_n[5, n]" in sentence.value


def test_show_all_and_reset():
    explorer = explore_layers()
    controls, states, _ = parts(explorer)
    controls["Show all"].click()
    colours = [colour(button) for button in states.values()]
    assert [colours.count(PLACES[place]) for place in PLACES] == [1, 3, 2, 6]
    controls["Reset"].click()
    _, states, sentence = parts(explorer)
    assert not any(colour(button) for button in states.values())
    assert sentence.value == "Nothing clicked yet."
    assert [button.description for button in states.values()][:2] == ["h₁³", "h₂³"]


def test_a_place_is_told_without_colour():
    controls, states, _ = parts(explore_layers(num_layers=2, num_steps=2))
    controls["Show all"].click()
    assert [button.description for button in states.values()] == ["output", "both", "neither", "h_n"]
    controls, states, _ = parts(explorer := explore_layers(num_layers=1, num_steps=2))
    controls["bidirectional"].value = True
    controls, states, _ = parts(explorer)
    controls["Show all"].click()
    controls["Show all"].click()
    assert [button.description for button in states.values()] == ["output→", "both←", "both→", "output←"]


def test_two_grids_do_not_touch_each_other():
    one, other = explore_layers(), explore_layers()
    parts(one)[0]["Show all"].click()
    assert not any(colour(button) for button in parts(other)[1].values())


@pytest.mark.parametrize(("L", "T", "bidirectional"), [(1, 1, False), (1, 3, True), (3, 4, False), (2, 5, True)])
def test_a_state_is_found_once_in_each_tensor_that_holds_it(L, T, bidirectional):
    where = where_returned(L, T, bidirectional)
    directions = 1 + bidirectional
    assert len(where) == L * T * directions
    found = [entry for entries in where.values() for entry in entries]
    assert len(set(found)) == len(found) == (T + L) * directions  # nothing that is returned is left over
    assert where[L, T, False] == [f"output[{T - 1}, n{', :Q' * bidirectional}]", f"h_n[{(L - 1) * directions}, n]"]


def test_states_of_layers_are_those_of_the_lstm():
    torch.manual_seed(0)
    lstm, x = nn.LSTM(2, 3, 2, bidirectional=True, dtype=torch.float64), torch.randn(4, 5, 2, dtype=torch.float64)
    output, (h_n, _) = lstm(x)
    states = states_of_layers(lstm, x)
    for t in range(4):
        both = torch.cat([states[2, t + 1, False], states[2, t + 1, True]], dim=1)
        assert torch.allclose(both, output[t])
    ends = [states[1, 4, False], states[1, 1, True], states[2, 4, False], states[2, 1, True]]
    assert torch.allclose(torch.stack(ends), h_n)


@pytest.mark.parametrize(
    ("entries", "place"),
    [
        ([], "neither"),
        (["h_n[0, n]"], "h_n only"),
        (["output[0, n]"], "output only"),
        (["output[0, n]", "h_n[0, n]"], "output and h_n"),
    ],
)
def test_every_state_has_a_place(entries, place):
    assert place_of(entries) == place


def test_the_gates_that_are_found_are_those_of_the_equations():
    """With weights at random instead of by hand, and states that matter."""
    generator = torch.Generator().manual_seed(0)
    weights = {name: torch.randn(w.shape, generator=generator) for name, w in counter_weights(0).items()}
    run = lstm_run(torch_step, SEQUENCES[0], weights)
    x = torch.eye(4)[[ALPHABET.index(symbol) for symbol in SEQUENCES[0]]]
    for name, letter in (("f", "f"), ("i", "i"), ("g", "c"), ("o", "o")):
        total = x @ weights[f"W_x{letter}"][0] + run["h"][:-1] * weights[f"W_h{letter}"][0, 0] + weights[f"b_{letter}"]
        expected = total.tanh() if name == "g" else total.sigmoid()
        assert torch.allclose(run[name], expected, atol=1e-5)
    assert torch.allclose(run["c"][1:], run["f"] * run["c"][:-1] + run["i"] * run["g"], atol=1e-5)


def test_the_unit_made_by_hand_counts_shows_and_is_reset():
    run = lstm_run(torch_step, "++?R?", counter_weights(8))
    assert torch.allclose(run["c"], torch.tensor([0, 0.5, 1, 1, 0, 0]), atol=0.01)
    assert run["h"][3] > 0.7 and run["h"][[1, 2, 4, 5]].abs().max() < 0.01


def test_the_sentence_follows_the_steps():
    _, controls, sentence, _ = explore_lstm(torch_step).children
    step = controls.children[0]
    said = []
    for t in range(11):
        step.value = t
        said.append(sentence.value)
    assert len(set(said)) == 11
    assert "c<sub>0</sub> = h<sub>0</sub> = 0" in said[0] and "t = 6, “R”" in said[6]
