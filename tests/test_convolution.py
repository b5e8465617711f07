"""What lesson 01's explorer measures, and what its picture shows."""

from __future__ import annotations

import pytest

from rnncourse.figures.convolution import plot_field
from rnncourse.widgets.convolution import GROWTH, changed_lags, explore_receptive_field


@pytest.mark.parametrize(
    ("kernel_size", "dilations", "lags"),
    [
        (1, (1, 2), [0]),
        (2, (1,), [0, 1, 2]),
        (2, (1, 4), [0, 1, 2, 4, 5, 6, 8, 9, 10]),
        (3, (2,), [0, 2, 4, 6, 8]),
        (2, (1, 3, 9), list(range(27))),
    ],
)
def test_measured_lags_are_the_sums_of_the_steps_back(kernel_size, dilations, lags):
    assert changed_lags(kernel_size, dilations) == lags


def test_the_largest_field_of_the_explorer_is_measured_whole():
    growth = max(GROWTH.values())
    assert changed_lags(5, tuple(growth**i for i in range(4)))[-1] == 2 * 4 * (1 + 4 + 16 + 64)


@pytest.mark.parametrize(("kernel_size", "dilations", "step"), [(2, (1, 2, 4), 32), (2, (1, 4), 9), (3, (1, 3), 20)])
def test_the_picture_shows_the_inputs_that_were_measured(kernel_size, dilations, step):
    (axes,) = plot_field(kernel_size, dilations, step).axes
    shown = [set(line.get_xdata()) for line in axes.lines if set(line.get_ydata()) == {0}]
    reached = {step - lag for lag in changed_lags(kernel_size, dilations) if lag < step}
    assert shown == [set(range(1, 33)) - reached, reached]


def test_the_sentence_tells_formula_holes_and_beginning():
    _, controls, sentence, _ = explore_receptive_field(lambda kernel_size, dilations: 99).children
    control = {control.description: control for control in controls.children}
    assert sentence.value == (
        "Your formula: 99. Measured: a changed input changes outputs up to 14 steps later, so the field is 15."
    )
    control["Dilations"].value, control["Output step t"].value = "1, 4, 16, …", 30
    assert "the field is 43, with 16 holes in it." in sentence.value
    assert "At t = 30 a part of it lies before x<sub>1</sub>." in sentence.value
